"""When somebody can be told something: in their own hours, and not at all of what they switched off."""

from datetime import datetime

from planning.alerts.preferences import Notice, Preferences
from planning.register import Register
from planning.workspace.hours import Hours, at_work
from planning.workspace.values import Person


def when(register: Register, person: Person, notice: Notice, now: datetime) -> datetime | None:
    """The first moment at which the person may be told; None when they switched it off, left, or are not in Slack."""
    return reached(person, register.preferences.of(person.id), notice, now)


def reached(person: Person, wanted: Preferences, notice: Notice, now: datetime) -> datetime | None:
    """The same, of what is known of the person already."""
    if not person.reachable or notice in wanted.muted:
        return None
    return at_work(now, Hours.of(person, wanted))
