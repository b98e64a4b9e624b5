"""Where a metric stands: against the straight path to its target, and which way it moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planning.metrics.noise import noise
from planning.metrics.readings import Reading
from planning.metrics.trending import line_through
from planning.metrics.values import Direction, Metric

_ROUNDING = 1e-9
"""As much as the same number, computed twice, may differ, as a share of it."""


class Status(StrEnum):
    """Green, amber, red, or not to be said."""

    ON_TRACK = "on_track"
    """At or beyond the path."""
    BEHIND = "behind"
    """Short of the path, by little or by no more than the noise of its sample."""
    OFF_TRACK = "off_track"
    UNKNOWN = "unknown"
    """Without a reading, or without a target to hold it against."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The straight line through the readings: units a year with the 95 % interval; `way` is None while it may be level.

    `better` says whether that way is the better one; None without a way.
    """

    yearly: float
    low: float
    high: float
    way: Direction | None = None
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A metric on a day: its last reading, what the path wants on the day of that reading, and the trend."""

    status: Status
    last: Reading | None = None
    expected: float | None = None
    noise: float | None = None
    """How far the truth may lie from the last reading, with 95 %, in its unit; None when that cannot be said."""
    trend: Trend | None = None
    stale_since: date | None = None
    """The day from which on a new reading was due; None while it is fresh or nobody promised any."""


TENTH = 0.1
"""Short of the path by no more than this share of the whole way is behind, and not yet off."""


def standing(metric: Metric, readings: Sequence[Reading], today: date) -> Standing:
    """Where the metric stands by all its readings that count (by day, ascending).

    On track is at the path or beyond it on the day of the last reading. Behind is short of it by no more than the
    noise of that reading, or by no more than a tenth of the way. Anything worse is off track.
    """
    late = late_since(metric, readings[-1] if readings else None, today)
    if not readings:
        return Standing(Status.UNKNOWN, stale_since=late)
    last, chance = readings[-1], noise(metric, readings)
    expected = expected_on(metric, readings[0], last.on)
    status = Status.UNKNOWN if expected is None else _held_against(metric, readings[0], last, expected, chance)
    return Standing(status, last, expected, chance, trend(metric, readings), late)


def expected_on(metric: Metric, first: Reading, day: date) -> float | None:
    """What the straight path wants on a day; None without a target.

    The path begins at the baseline on its day; without that day, on the day of the first reading; without a baseline,
    at the first reading itself. Without a day for the target, the target is wanted from the start.
    """
    if metric.target is None:
        return None
    begins_on, begins = _begin(metric, first)
    if metric.target_on is None or day >= metric.target_on or begins_on >= metric.target_on:
        return metric.target
    share = max(0, (day - begins_on).days) / (metric.target_on - begins_on).days
    return begins + share * (metric.target - begins)


def trend(metric: Metric, readings: Sequence[Reading]) -> Trend | None:
    """Which way the readings go; None of fewer than three."""
    line = line_through(readings)
    if line is None:
        return None
    if line.low <= 0 <= line.high:
        return Trend(line.yearly, line.low, line.high)
    way = Direction.UP if line.yearly > 0 else Direction.DOWN
    return Trend(line.yearly, line.low, line.high, way, way is metric.direction)


def late_since(metric: Metric, last: Reading | None, today: date) -> date | None:
    """The day on which a reading was due that has not come, once a quarter of the cadence has passed since.

    Before the first reading, the day of the baseline counts in its place. Who promised no cadence is never late.
    """
    read_on = last.on if last else metric.baseline_on
    if metric.cadence is None or read_on is None:
        return None
    due = read_on + timedelta(days=metric.cadence.days)
    return due if due + timedelta(days=metric.cadence.days // 4) < today else None


def _begin(metric: Metric, first: Reading) -> tuple[date, float]:
    """Where the path begins."""
    if metric.baseline is None:
        return first.on, first.value
    return metric.baseline_on or first.on, metric.baseline


def _held_against(metric: Metric, first: Reading, last: Reading, expected: float, chance: float | None) -> Status:
    short = expected - last.value if metric.direction is Direction.UP else last.value - expected
    rounding = _ROUNDING * max(abs(expected), abs(last.value))
    if short <= rounding:
        return Status.ON_TRACK
    way = abs((metric.target or 0.0) - _begin(metric, first)[1])
    return Status.BEHIND if short <= max(chance or 0.0, TENTH * way) + rounding else Status.OFF_TRACK
