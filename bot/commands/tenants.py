"""`concord workspaces` and `concord connect`. Tokens are never printed, nor even opened."""

import re
from typing import Any

from bot.commands.opening import Fault, opened
from bot.printing import Screen, counted
from bot.settings import Settings
from db.directory import Directory
from planning.installations.scopes import missing
from planning.installations.values import Installation
from planning.workspace.values import Workspace

_SLACK_ID = re.compile(r"[TE][A-Z0-9]{2,30}")
_DAY = "%Y-%m-%d"


def run_workspaces(settings: Settings, *, as_json: bool) -> None:
    """Print every workspace with how it stands."""
    screen = Screen()
    with opened(settings) as database:
        known = database.workspaces()
        installed = {one.workspace: one for one in Directory(database.everywhere).all()}
    if as_json:
        screen.json([_told(workspace, installed.get(workspace.id)) for workspace in known])
        return
    screen.line(counted(len(known), "workspace"), style="bold")
    for workspace in known:
        _print(screen, workspace, installed.get(workspace.id))


def run_connect(settings: Settings, workspace: str, slack_id: str) -> None:
    """A workspace that only an import made is the one of a team or an organisation in Slack."""
    if not _SLACK_ID.fullmatch(slack_id):
        raise Fault(f"“{slack_id}” is not the id of a team (T…) or of an organisation (E…) in Slack.")
    with opened(settings) as database:
        Directory(database.everywhere).connect(workspace, slack_id)
    Screen().line(f"{workspace} belongs to {slack_id}. Who installs Concord there finds what it has.")


def _print(screen: Screen, workspace: Workspace, installation: Installation | None) -> None:
    where = f" {workspace.slack_id}" if workspace.slack_id else ""
    screen.line(f"{workspace.id}  {workspace.name}{where}")
    screen.line(_standing(workspace, installation), style="dim", indent=2)
    if installation is not None and installation.is_live and (lacking := missing(installation.scopes)):
        screen.line(f"not given: {', '.join(lacking)}; `concord doctor` says what is off", style="dim", indent=2)


def _standing(workspace: Workspace, installation: Installation | None) -> str:
    if workspace.left_at is not None and workspace.deletes_at is not None:
        return (
            f"left on {workspace.left_at:{_DAY}}; everything is deleted on {workspace.deletes_at:{_DAY}}. "
            f"Until then: concord export --workspace {workspace.id}"
        )
    if installation is not None:
        kind = "an organisation" if installation.is_organisation else "a team"
        return f"installed on {installation.installed_at:{_DAY}}, for {kind}"
    return "connected by `concord run`" if workspace.slack_id else "not connected to Slack"


def _told(workspace: Workspace, installation: Installation | None) -> dict[str, Any]:
    return {
        "id": workspace.id,
        "name": workspace.name,
        "slack_id": workspace.slack_id,
        "organisation": installation is not None and installation.is_organisation,
        "installed_at": installation and installation.installed_at.isoformat(),
        "ended": installation and installation.ending and str(installation.ending),
        "left_at": workspace.left_at and workspace.left_at.isoformat(),
        "deletes_at": workspace.deletes_at and workspace.deletes_at.isoformat(),
        "scopes_not_given": [*missing(installation.scopes)] if installation else [],
    }
