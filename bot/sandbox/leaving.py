"""The end of an installation: the app is shut out, its token is good no more, and it is told so in either order."""

from collections.abc import Sequence
from typing import Literal

from bot.sandbox.errors import Json
from bot.sandbox.events import deliver
from bot.sandbox.payloads import plain_callback
from bot.sandbox.standing import UNINSTALLED, Installation
from bot.sandbox.state import Workspace

Farewell = Literal["app_uninstalled", "tokens_revoked"]


def end(workspace: Workspace, told: Sequence[Farewell], word: str = UNINSTALLED) -> None:
    """Shut the app out and tell it, one event after the other."""
    installation = workspace.standing.installation
    workspace.standing.end(word)
    if installation is not None:
        wanted = [each for each in told if each in workspace.manifest.events]
        payloads = [_farewell(workspace, installation, each) for each in wanted]
        workspace.background.start(_tell(workspace, payloads))
    workspace.screens.tell_all({"type": "conversation"})


def change_teams(workspace: Workspace, team: str, *, present: bool) -> None:
    """Add the app to a team of the organisation or take it away there, and tell it."""
    old = workspace.standing.installation
    if old is None:
        return
    teams = old.teams | {team} if present else old.teams - {team}
    workspace.standing.install(Installation(old.token, old.scopes, teams, old.is_org_wide, old.by))
    kind = "team_access_granted" if present else "team_access_revoked"
    if teams != old.teams and kind in workspace.manifest.events:
        event = {"type": kind, "team_ids": [team], "event_ts": workspace.clock.stamp()}
        workspace.background.start(deliver(workspace, {**plain_callback(workspace, event), **_place(workspace, old)}))
    workspace.screens.tell_all({"type": "conversation"})


async def _tell(workspace: Workspace, payloads: Sequence[Json]) -> None:
    for payload in payloads:
        await deliver(workspace, payload)


def _farewell(workspace: Workspace, installation: Installation, kind: Farewell) -> Json:
    tokens = {"tokens": {"oauth": [], "bot": [workspace.bot_user]}} if kind == "tokens_revoked" else {}
    event = {"type": kind, **tokens, "event_ts": workspace.clock.stamp()}
    return {**plain_callback(workspace, event), **_place(workspace, installation)}


def _place(workspace: Workspace, installation: Installation) -> Json:
    """What is told of a whole organisation names no team, and who is told has no authorisation to name any more."""
    enterprise = workspace.file.enterprise
    organisation = {"enterprise_id": enterprise.id} if enterprise else {}
    return organisation if installation.is_org_wide else {"team_id": min(installation.teams), **organisation}
