"""Readings: the dated values of a metric, which are amended and never overwritten."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Via(StrEnum):
    """How a reading came in."""

    FORM = "form"
    FILE = "file"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a metric (its id) stood at on a day, in its unit; `respondents` is how many answers are behind it, if known.

    An amendment is the next `version` of the same day: the highest counts, the others stay on record.
    """

    metric: int
    on: date
    value: float
    respondents: int | None = None
    recorded_at: datetime | None = None
    by: int | None = None
    """A person's id; None when a program sent it."""
    via: Via = Via.FORM
    version: int = 1
