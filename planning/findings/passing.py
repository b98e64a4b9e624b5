"""The nightly pass: thresholds follow the verdicts, then everything is found anew, as if nothing were on record."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planning.alerts.announcing import announce
from planning.audit.values import Entry
from planning.findings.learning import learnt
from planning.findings.refreshing import Changes, refresh
from planning.overlaps.telling import DEFAULT_LEAST
from planning.portfolio.recording import measure
from planning.register import Register

BEGINS = timedelta(hours=3)
"""The time of day, in the workspace's zone."""


def night(zone: str, now: datetime) -> date:
    """The day whose pass has begun last."""
    return (now.astimezone(ZoneInfo(zone)) - BEGINS).date()


def nightly_pass(register: Register, now: datetime) -> Changes | None:
    """Learn, find everything, tell of what is new, measure, note the day; None when that was done already."""
    day, passed_on = night(register.workspaces.current().zone, now), register.workspaces.passed_on()
    if passed_on is not None and passed_on >= day:
        return None
    learn(register, now)
    changes = refresh(register, now)
    announce(register, changes, None, now)
    measure(register, now)
    register.workspaces.save_pass(day)
    return changes


def learn(register: Register, now: datetime) -> None:
    """Move the thresholds to where the verdicts put them; they are in force for whatever is found from then on."""
    lessons = learnt(register.findings.decided())
    least = {rule: lesson.least for rule, lesson in lessons.items() if lesson.least != DEFAULT_LEAST[rule]}
    if least != register.workspaces.least():
        register.workspaces.save_least(least)
        details: dict[str, object] = {str(rule): round(score, 3) for rule, score in sorted(least.items())}
        register.audit.add(Entry(now, "thresholds.moved", "workspace", details=details))
