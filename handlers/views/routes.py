"""Who is told, and when, before anything is sent."""

from collections.abc import Sequence
from datetime import datetime

from planning.alerts.foreseeing import Outlook
from planning.alerts.routing import Audience, Route
from planning.alerts.values import Reason
from planning.text import clip
from planning.window import said
from planning.workspace.hours import zone_of

SHOWN = 8
NAME = 60
_SOON = 7


def outlook_lines(outlook: Outlook, now: datetime, zone: str) -> list[str]:
    """Who is told of it on saving, each with when in their own zone; `zone` is that of the one who reads."""
    saving = _sorted_out(outlook.saving)
    more, _ = _sorted_out(outlook.coordinating)
    told, untold = saving
    if not (told or untold or more):
        return ["Saving tells nobody else."]
    lines = [f"Saving tells {_listed(told, outlook.audience, now, zone) or 'nobody else'}."]
    lines += [f"“Coordinate” also tells {_listed(more, outlook.audience, now, zone)}."] if more else []
    return [*lines, *([f"Not told: {_missed(untold, outlook.audience)}."] if untold else [])]


def _sorted_out(routes: Sequence[Route]) -> tuple[list[Route], list[Route]]:
    told = [route for route in routes if route.address is not None and route.due_at is not None]
    return told, [route for route in routes if route not in told]


def _listed(routes: Sequence[Route], audience: Audience, now: datetime, zone: str) -> str:
    named = [_told(route, audience, now, zone) for route in routes[:SHOWN]]
    hidden = len(routes) - SHOWN
    return "; ".join([*named, *([f"…and {hidden} more"] if hidden > 0 else [])])


def _told(route: Route, audience: Audience, now: datetime, zone: str) -> str:
    if route.person is None:
        department = audience.departments[route.department or 0]
        return f"#{clip(department.channel.name if department.channel else department.name, NAME)}, now"
    theirs = audience.people[route.person].zone
    return f"{_whom(route, audience)}, {_when(route.due_at or now, now, theirs, zone)}"


def _whom(route: Route, audience: Audience) -> str:
    person = audience.people[route.person or 0]
    department = audience.departments.get(route.department or 0)
    leads = f" (leads {clip(department.name, NAME)})" if department and route.reason is Reason.LEADS else ""
    return f"{clip(person.name, NAME)}{leads}"


def _when(at: datetime, now: datetime, theirs: str, zone: str) -> str:
    if at <= now:
        return "now"
    local, today = at.astimezone(zone_of(theirs)), now.astimezone(zone_of(theirs)).date()
    day = f"{local:%A}" if (local.date() - today).days < _SOON else said(local.date())
    whose = "" if theirs == zone else " their time"
    return f"{day if local.date() != today else 'today'} {local.hour}:{local:%M}{whose}"


def _missed(routes: Sequence[Route], audience: Audience) -> str:
    named = [f"{_whom(route, audience)}, {_why(route)}" for route in routes[:SHOWN]]
    hidden = len(routes) - SHOWN
    return "; ".join([*named, *([f"…and {hidden} more"] if hidden > 0 else [])])


def _why(route: Route) -> str:
    return "who cannot be found in Slack" if route.address is None else "who switched alerts off"
