"""Metrics: shared measures of a stage or a hand-off, and which of them pull against each other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Which way a metric moves; for a metric itself: which way is better."""

    UP = "up"
    DOWN = "down"


class Cadence(StrEnum):
    """How often a metric is read."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def days(self) -> int:
        """The longest time from one reading to the next."""
        return _DAYS[self]

    @property
    def every(self) -> str:
        """The same as it is said: every week, month, quarter, year."""
        return _EVERY[self]


_DAYS = {Cadence.WEEKLY: 7, Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92, Cadence.YEARLY: 366}
_EVERY = {
    Cadence.WEEKLY: "every week",
    Cadence.MONTHLY: "every month",
    Cadence.QUARTERLY: "every quarter",
    Cadence.YEARLY: "every year",
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure of a stage, of a segment, or (where a hand-off names it) of a hand-off.

    `baseline` and `target` are in its unit; `stage`, `segment`, `owner` and `feeds` (a metric) are ids.
    """

    id: int
    name: str
    unit: str = ""
    direction: Direction = Direction.UP
    stage: int | None = None
    baseline: float | None = None
    target: float | None = None
    target_on: date | None = None
    owner: int | None = None
    feeds: int | None = None
    segment: int | None = None
    baseline_on: date | None = None
    """The day on which it stood at its baseline; the way to the target begins there."""
    cadence: Cadence | None = None
    source: str = ""
    """Where its readings come from, in words."""
    financial: bool = False
    """Whether it is money: the end of a chain of metrics that feed each other."""

    def off_target(self, stands: float) -> bool:
        """Whether a value is on the wrong side of its target."""
        if self.target is None:
            return False
        return stands < self.target if self.direction is Direction.UP else stands > self.target


@dataclass(frozen=True, slots=True)
class Tension:
    """Two metrics (ids, the smaller first) of which pushing one the better way costs the other, and why."""

    first: int
    second: int
    why: str = ""

    @property
    def key(self) -> int:
        """The two as one number, by which menus and the audit log name them."""
        return self.first << 32 | self.second

    def other(self, metric: int) -> int:
        """The one of the two that is not the metric given."""
        return self.first + self.second - metric
