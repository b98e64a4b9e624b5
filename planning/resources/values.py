"""Resource pools: teams or skills with a capacity in person-weeks a week, less leave."""

from dataclasses import dataclass
from datetime import date, timedelta

from planning.window import Window, working_days

_WEEK = timedelta(days=6)
_WORKING = 5


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which a share of a pool's people (0 to 1) is away."""

    window: Window
    share: float


@dataclass(frozen=True, slots=True)
class Pool:
    """A team or skill; `capacity` is in person-weeks a week before leave."""

    id: int
    name: str
    capacity: float
    leave: tuple[Leave, ...] = ()

    def available(self, monday: date) -> float:
        """Person-weeks of the week that begins on a Monday, leave on working days taken off; never negative."""
        week = Window(monday, monday + _WEEK)
        away = sum(leave.share * _working_days_shared(leave.window, week) / _WORKING for leave in self.leave)
        return max(0.0, self.capacity * (1 - away))


def _working_days_shared(one: Window, other: Window) -> int:
    shared = one.shared_with(other)
    return working_days(shared.start.toordinal(), shared.end.toordinal()) if shared else 0
