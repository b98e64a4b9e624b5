"""What an administrator does to an installation: take it away, revoke its token, add it to teams."""

from bot.sandbox.control import Body
from bot.sandbox.errors import Refused
from bot.sandbox.leaving import Farewell, change_teams, end
from bot.sandbox.provider.state import Provider
from bot.sandbox.standing import REVOKED, UNINSTALLED
from bot.sandbox.state import Workspace


class Uninstall(Body):
    """Take the app away; which of the two events comes first, and whether the other comes at all."""

    workspace: str
    first: Farewell = "app_uninstalled"
    only: bool = False


class Revoke(Body):
    """Make the token no good any more."""

    workspace: str


class Presence(Body):
    """Add the app to a team of an organisation, or take it away there."""

    workspace: str
    team: str
    present: bool


def uninstall(provider: Provider, order: Uninstall) -> None:
    """Take the app away."""
    other: Farewell = "tokens_revoked" if order.first == "app_uninstalled" else "app_uninstalled"
    told: tuple[Farewell, ...] = (order.first,) if order.only else (order.first, other)
    end(_installed(provider, order.workspace), told, UNINSTALLED)


def revoke(provider: Provider, order: Revoke) -> None:
    """Make the token no good any more; the app is told of just that."""
    end(_installed(provider, order.workspace), ("tokens_revoked",), REVOKED)


def set_presence(provider: Provider, order: Presence) -> None:
    """Add the app to a team, or take it away there."""
    workspace = _installed(provider, order.workspace)
    installation = workspace.standing.installation
    if installation is None or not installation.is_org_wide or provider.team(workspace, order.team) is None:
        raise Refused("Only an app that the whole organisation installed is added to its workspaces.")
    change_teams(workspace, order.team, present=order.present)


def _installed(provider: Provider, key: str) -> Workspace:
    workspace = provider.find(key)
    if workspace is None:
        raise Refused("There is no such workspace.")
    if workspace.standing.installation is None:
        raise Refused("The app is not installed there.")
    return workspace
