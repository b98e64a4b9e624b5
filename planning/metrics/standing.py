"""Where a metric stands: against the straight path to its target, and which way it moves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.metrics.readings import Reading
from planning.metrics.values import Direction


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
    """Half of the 95 % interval of the last reading, in its unit; None when the respondents are not known."""
    trend: Trend | None = None
    stale_since: date | None = None
    """The day from which on a new reading was due; None while it is fresh or nobody promised any."""
