"""How far a reading may lie from the truth by chance alone, because only some customers were asked."""

from collections.abc import Sequence
from math import sqrt

from planning.metrics.readings import Reading
from planning.metrics.trending import line_through
from planning.metrics.values import Metric
from planning.shares import wilson
from planning.student import student

LEAST_FREEDOM = 3
"""From five readings on, their scatter says something of the next one."""


def noise(metric: Metric, readings: Sequence[Reading]) -> float | None:
    """How far the truth may lie from the last reading, with 95 %, in its unit; None where nothing can be said.

    A share of those who answered, in %, has the score interval, and of its two sides the wider one counts.
    Any other mean scatters as the readings do around their own line, the less the more have answered; what moves
    off the line for good counts as scatter too, so that this is rather too much than too little.
    """
    last = readings[-1]
    if not last.respondents:
        return None
    if is_share(metric) and 0 <= last.value <= 100:
        return 100 * _of_share(last.value / 100, last.respondents)
    if not all(reading.respondents for reading in readings):
        return None
    line = line_through(readings)
    if line is None or line.freedom < LEAST_FREEDOM:
        return None
    return student(line.freedom) * line.scatter / sqrt(last.respondents)


def is_share(metric: Metric) -> bool:
    """Whether its unit says that it is a share in hundredths; percentage points are a difference of two."""
    unit = metric.unit.strip().casefold()
    return unit.startswith(("%", "percent", "per cent")) and "point" not in unit


def _of_share(share: float, respondents: int) -> float:
    low, high = wilson(share * respondents, respondents)
    return max(high - share, share - low)
