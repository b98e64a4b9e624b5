"""Metrics: shared measures of a stage or a hand-off, and which of them pull against each other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Which way a metric moves; for a metric itself: which way is better."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure; `baseline` and `target` are in its unit, `stage`, `owner` and `feeds` (a metric) are ids."""

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

    @property
    def off_target(self) -> bool:
        """Whether it is known to stand on the wrong side of its target."""
        if self.baseline is None or self.target is None:
            return False
        return self.baseline < self.target if self.direction is Direction.UP else self.baseline > self.target


@dataclass(frozen=True, slots=True)
class Tension:
    """Two metrics (ids, the smaller first) of which pushing one the better way costs the other, and why."""

    first: int
    second: int
    why: str = ""
