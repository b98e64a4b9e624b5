"""When and of what a person wants to hear."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from planning.window import Window


class Notice(StrEnum):
    """What Concord says to a person of its own accord; each can be switched off."""

    OVERLAPS = "overlaps"
    JOINED = "joined"
    QUESTIONS = "questions"
    REMINDERS = "reminders"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wants; hours and days are those of the person's own zone, weekday 0 is Monday."""

    person: int
    muted: frozenset[Notice] = frozenset()
    begins: time = time(9)
    ends: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    off: tuple[Window, ...] = ()
    """Days off, such as holidays."""
    quiet_until: date | None = None
    """Nothing is sent before that day."""
