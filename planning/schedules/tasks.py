"""What a scheduled task is given, and what it says of itself afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from planning.register import Register
from planning.schedules.values import Occurrence, Schedule
from planning.similarity import Encoder


@dataclass(frozen=True, slots=True)
class Task:
    """One occurrence to be done, in a transaction that is kept only together with the word that it is done."""

    register: Register
    schedule: Schedule
    occurrence: Occurrence
    encoder: Encoder
    now: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; `content` is what was made of it, as JSON."""

    content: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """There was nothing to do, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It cannot be done yet: look again then. After its grace it is skipped with this reason."""

    until: datetime
    reason: str


Result = Done | Skipped | Wait
Do = Callable[[Task], Result]
