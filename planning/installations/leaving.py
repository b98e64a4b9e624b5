"""Workspaces that get Concord, lose it, and get it again before everything of them is deleted."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.audit.values import Entry
from planning.installations.notices import AccessNotice
from planning.installations.scopes import missing
from planning.installations.values import Ending, Installation
from planning.register import Register
from planning.schedules.defaults import add_usual
from planning.schedules.values import NextDue
from planning.workspace.values import Workspace


def join(register: Register, installation: Installation, actor: int | None, now: datetime, next_due: NextDue) -> None:
    """Concord is installed there, newly or again: nothing is deleted, and what every workspace has is there."""
    workspace = stay(register)
    add_usual(register, now, next_due)
    scopes: dict[str, object] = {"scopes": sorted(installation.scopes), "not_given": [*missing(installation.scopes)]}
    register.audit.add(Entry(now, "installation.made", f"workspace:{workspace.id}", actor, scopes))


def stay(register: Register) -> Workspace:
    """It is there, also where it had left: nothing of it is deleted."""
    workspace = register.workspaces.current()
    if workspace.left_at is not None:
        register.workspaces.save(replace(workspace, left_at=None, deletes_at=None))
    return workspace


def leave(register: Register, ending: Ending, now: datetime, kept: timedelta) -> None:
    """Concord is not there any more: from now on nothing is done for it, and after a while everything is deleted."""
    workspace = register.workspaces.current()
    deletes_at = now + kept
    register.workspaces.save(replace(workspace, left_at=now, deletes_at=deletes_at))
    details: dict[str, object] = {"how": str(ending), "deletes_at": deletes_at.isoformat()}
    register.audit.add(Entry(now, "installation.ended", f"workspace:{workspace.id}", None, details))


def note_access(register: Register, notice: AccessNotice, now: datetime) -> None:
    """Keep that teams of the organisation got Concord, or lost it."""
    verb = "installation.teams_granted" if notice.granted else "installation.teams_revoked"
    subject = f"workspace:{register.workspaces.current().id}"
    register.audit.add(Entry(now, verb, subject, None, {"teams": [*notice.teams]}))
