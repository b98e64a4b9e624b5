"""When something is due after its time or zone was changed: never twice on one local day."""

from datetime import datetime, timedelta

from planning.register import Register
from planning.schedules.values import NextDue, OccurrenceState, Schedule
from planning.workspace.hours import day_in, zone_named

LOOKED_AT = 9
"""Of its due times the last ones, for some may have been out of turn."""
INSTANT = timedelta(microseconds=1)


def due_again(register: Register, wanted: Schedule, old: Schedule, now: datetime, next_due: NextDue) -> datetime:
    """Its next due time, but not on the day of the last one: who goes west meets the same nine o'clock again."""
    due_at, last = next_due(wanted, now), _last(register, old, next_due)
    again = last is not None and day_in(wanted.zone, last) == day_in(wanted.zone, due_at)
    return next_due(wanted, due_at) if again else due_at


def _last(register: Register, schedule: Schedule, next_due: NextDue) -> datetime | None:
    """The last of its regular due times that was not left out; what was sent out of turn does not count.

    None as well where nobody knows its zone, and so which ones were regular.
    """
    if zone_named(schedule.zone) is None:
        return None
    known = register.schedules.history(schedule.id, LOOKED_AT).items
    done = (one.due_at for one in known if one.state is not OccurrenceState.SKIPPED)
    return next((due_at for due_at in done if next_due(schedule, due_at - INSTANT) == due_at), None)
