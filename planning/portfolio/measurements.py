"""Measures of the whole portfolio on record, quarter by quarter."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Measure(StrEnum):
    """What is measured of the whole portfolio; each from 0 to 1."""

    COMPLETENESS = "completeness"
    """Of the problems that say what a complete fix needs, the share whose fix is there or under way."""
    DABBLING = "dabbling"
    """Of the live initiatives that name such a problem, the share whose problem's fix still lacks a part."""
    MIRROR = "mirror"
    """How strongly the portfolio splits along departments."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measure as it stood last in a quarter (its first day); `low` and `high` are its 95 % interval, where known."""

    measure: Measure
    quarter: date
    value: float
    measured_at: datetime
    low: float | None = None
    high: float | None = None
    details: dict[str, object] = field(default_factory=dict)
    """JSON values, such as the initiatives that bridge."""


def quarter_of(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
