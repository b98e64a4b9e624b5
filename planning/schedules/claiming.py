"""From schedule to occurrence: each due time becomes one row, whoever looks and however often."""

from collections import deque
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.register import Register
from planning.schedules.values import GRACE, NextDue, Occurrence, OccurrenceState, Schedule
from planning.text import clip
from planning.workspace.hours import zone_named

OVERTAKEN = "Concord was not running, and a later one was due as well."
TOO_LATE = "Concord was not running, and by now it is too late for this one."
UNWANTED = "Somebody wanted this one left out."
UNKNOWN_ZONE = (
    "Concord does not know the time zone “{zone}”, and paused this. Press Change… to choose another, then Resume."
)
AT_ONCE = 100
"""So many schedules are looked at in one transaction, while the workspace's other writers wait."""
ZONE_SHOWN = 60
REMEMBERED = 30
"""Missed due times that are recorded one by one; after a year without Concord, nobody asks for the others."""


def take_due(register: Register, now: datetime, next_due: NextDue) -> int:
    """Write what has become due: the latest time of each schedule is to be done, earlier ones are skipped.

    Returns how many schedules were due; where there were AT_ONCE, more may be.
    """
    due = register.schedules.due(now, AT_ONCE)
    for schedule in due:
        if zone_named(schedule.zone) is None:
            _set_aside(register, schedule, now)
        else:
            _take(register, schedule, now, next_due)
    return len(due)


def call_back(register: Register, now: datetime, next_due: NextDue) -> int:
    """After a clock stood in the future: what is due later than its next time is due then; how many are.

    What was done of the time in between is known, and is not done again. One whose zone nobody knows has no next time;
    it is set aside when it is due.
    """
    known = [one for one in register.schedules.due_after(now) if zone_named(one.zone) is not None]
    strays = [one for one in known if one.next_due_at > next_due(one, now)]
    for schedule in strays:
        register.schedules.save(replace(schedule, next_due_at=next_due(schedule, now)))
    return len(strays)


def _take(register: Register, schedule: Schedule, now: datetime, next_due: NextDue) -> None:
    *earlier, latest = _missed(schedule, now, next_due)
    for due_at in earlier:
        _skip(register, schedule, due_at, now, UNWANTED if due_at == schedule.skips_at else OVERTAKEN)
    ahead = schedule.skips_at if schedule.skips_at and schedule.skips_at > now else None
    register.schedules.save(replace(schedule, next_due_at=next_due(schedule, now), skips_at=ahead))
    if latest == schedule.skips_at:
        _skip(register, schedule, latest, now, UNWANTED)
    elif now - latest > GRACE[schedule.kind]:
        _skip(register, schedule, latest, now, TOO_LATE)
    else:
        register.schedules.occur(Occurrence(0, schedule.id, latest, OccurrenceState.DUE, now))


def _set_aside(register: Register, schedule: Schedule, now: datetime) -> None:
    """Pause what nobody can say the times of: the others of its workspace are not to wait for it."""
    why = UNKNOWN_ZONE.format(zone=clip(schedule.zone, ZONE_SHOWN))
    register.schedules.occur(Occurrence(0, schedule.id, schedule.next_due_at, OccurrenceState.FAILED, now, reason=why))
    register.schedules.save(replace(schedule, paused=True, skips_at=None))
    details: dict[str, object] = {"why": "unknown zone"}
    register.audit.add(Entry(now, "schedule.paused", f"schedule:{schedule.id}", None, details))


def _missed(schedule: Schedule, now: datetime, next_due: NextDue) -> deque[datetime]:
    """The due times up to now that were neither done nor skipped, oldest first."""
    missed = deque([schedule.next_due_at], maxlen=REMEMBERED)
    while (following := next_due(schedule, missed[-1])) <= now:
        missed.append(following)
    return missed


def _skip(register: Register, schedule: Schedule, due_at: datetime, now: datetime, reason: str) -> None:
    register.schedules.occur(Occurrence(0, schedule.id, due_at, OccurrenceState.SKIPPED, now, reason=reason))
