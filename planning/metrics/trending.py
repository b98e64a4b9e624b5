"""The straight line through the readings of a metric, and how sure one can be of its slope.

Weighted least squares (Draper and Smith, Applied Regression Analysis, 1998, chapter 9): each reading weighs as many
as answered, because the variance of a mean falls with their number; where that is not known of every reading, all weigh
the same. The interval of the slope is Student's, on two degrees of freedom fewer than there are readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

import numpy as np

from planning.metrics.readings import Reading
from planning.student import student

LEAST_READINGS = 3
WITHIN = timedelta(days=3 * 366)
"""What was longer before the last reading says little of where it goes now."""
YEAR = 365.25
_ROUNDING = 1e-9
"""As much as the same number, computed twice, may differ, as a share of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Units a year with the 95 % interval; `scatter` is the standard deviation of one answer, or of one reading."""

    yearly: float
    low: float
    high: float
    scatter: float
    freedom: int


def line_through(readings: Sequence[Reading]) -> Line | None:
    """The line through the readings (by day, ascending) of the last three years; None of fewer than three."""
    recent = [reading for reading in readings if readings[-1].on - reading.on <= WITHIN]
    if len(recent) < LEAST_READINGS:
        return None
    weights = np.array(weights_of(recent), float)
    years = np.array([(reading.on - recent[0].on).days / YEAR for reading in recent])
    values = np.array([reading.value for reading in recent])
    scale = float(np.abs(values).max()) or 1.0
    years, values = years - np.average(years, weights=weights), (values - np.average(values, weights=weights)) / scale
    spread = float(weights @ years**2)
    slope = float(weights @ (years * values)) / spread
    slope = 0.0 if abs(slope) < _ROUNDING else slope
    freedom = len(recent) - 2
    scatter = sqrt(float(weights @ (values - slope * years) ** 2) / freedom)
    reach = student(freedom) * scatter / sqrt(spread)
    return Line(slope * scale, (slope - reach) * scale, (slope + reach) * scale, scatter * scale, freedom)


def weights_of(readings: Sequence[Reading]) -> list[int]:
    """How much each counts: as many as answered where that is known of all, otherwise the same."""
    counts = [reading.respondents for reading in readings]
    known = [count for count in counts if count]
    return known if len(known) == len(counts) else [1] * len(counts)
