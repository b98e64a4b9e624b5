"""What Slack tells of the installation itself; whom it is about is not asked, for nobody may do anything any more."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext

from planning.installations.notices import AccessNotice, EndNotice, Notices
from planning.installations.values import Ending

Next = Callable[[], object]


def register(app: App) -> None:
    """Listen to ends of installations, and to teams that get Concord from their organisation or lose it.

    They are noted before Slack is answered, so that it sends again what could not be noted: nothing else tells of it.
    """
    app.event("app_uninstalled", middleware=[note_uninstalled])(answer)
    app.event("tokens_revoked", middleware=[note_revoked])(answer)
    app.event("team_access_granted", middleware=[note_granted])(answer)
    app.event("team_access_revoked", middleware=[note_lost])(answer)


def answer() -> None:
    """It is noted by now."""


def note_uninstalled(body: Mapping[str, Any], context: BoltContext, notices: Notices | None, next_: Next) -> None:
    """Concord is gone from there."""
    if notices is not None:
        notices.end(_end(body, context, Ending.UNINSTALLED))
    next_()


def note_revoked(body: Mapping[str, Any], context: BoltContext, notices: Notices | None, next_: Next) -> None:
    """Tokens are no longer good; Concord has only those of its bots."""
    bots = frozenset(body["event"].get("tokens", {}).get("bot") or ())
    if notices is not None and bots:
        notices.end(_end(body, context, Ending.REVOKED, bots))
    next_()


def note_granted(event: Mapping[str, Any], context: BoltContext, notices: Notices | None, next_: Next) -> None:
    """Teams of an organisation got Concord."""
    _tell_access(event, context, notices, granted=True)
    next_()


def note_lost(event: Mapping[str, Any], context: BoltContext, notices: Notices | None, next_: Next) -> None:
    """Teams of an organisation lost Concord."""
    _tell_access(event, context, notices, granted=False)
    next_()


def _tell_access(event: Mapping[str, Any], context: BoltContext, notices: Notices | None, *, granted: bool) -> None:
    if notices is not None and context.enterprise_id and event["team_ids"]:
        notices.access(AccessNotice(context.enterprise_id, tuple(event["team_ids"]), granted))


def _end(
    body: Mapping[str, Any], context: BoltContext, ending: Ending, bots: frozenset[str] | None = None
) -> EndNotice:
    at = datetime.fromtimestamp(body["event_time"], UTC)
    whole = bool(context.is_enterprise_install)
    return EndNotice(ending, at, context.team_id, context.enterprise_id, whole, bots)
