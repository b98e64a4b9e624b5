"""Days and spans of days."""

from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

_Ordinals = TypeVar("_Ordinals", int, NDArray[np.int64])


LONGEST = 1096
"""As many days as a contact or a request may last: three years."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Whole days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a window ends on or after the day it starts")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def shared_with(self, other: Self) -> "Window | None":
        """The days that both windows have, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start <= end else None

    def __str__(self) -> str:
        return said_between(self.start, self.end)


def working_days(first: _Ordinals, last: _Ordinals) -> _Ordinals:
    """How many Mondays to Fridays there are from one day to another (ordinals, or arrays of them), both included."""
    return _until(last) - _until(first - 1)


def _until(day: _Ordinals) -> _Ordinals:
    """The working days of all days up to this one: day 1 is a Monday, and every sixth and seventh is none."""
    rest = day % 7
    return 5 * (day // 7) + rest - rest // 6


def said(day: date) -> str:
    """A day in words, such as 5 March 2027."""
    return f"{day.day} {day:%B %Y}"


def said_between(start: date, end: date) -> str:
    """A span in as few words as stay clear: 3–5 March 2027, 28 February – 3 March 2027."""
    if start == end:
        return said(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{said(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {said(end)}"
    return f"{said(start)} – {said(end)}"
