"""Spans of days as numbers (ordinals; weeks counted from Monday 1 January of year 1), many at once."""

from datetime import date
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from planning.portfolio.columns import Ints

_WEEK = 7
_BITS = 22
"""The last day of year 9999 has a number of 22 bits."""
EVER = (1, (1 << _BITS) - 1)
"""The first and last day of what has no days of its own."""

_Number = TypeVar("_Number", int, Ints)


class Spans(NamedTuple):
    """Days from `starts` to `ends`, both included; only spans of the same group (0 or more) can meet."""

    groups: Ints
    starts: Ints
    ends: Ints


def meeting(one: Spans, other: Spans) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each pair (place in `one`, place in `other`) of the same group with a day in common, once.

    Two spans meet when the second begins within the first or the first begins within the second, after its first day.
    """
    later = _beginning(one.groups, one.starts, one.ends, other)
    earlier = _beginning(other.groups, other.starts + 1, other.ends, one)
    return np.concatenate([later[0], earlier[1]]), np.concatenate([later[1], earlier[0]])


def _beginning(groups: Ints, first: Ints, last: Ints, other: Spans) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs in which the other begins from the first day to the last: found by sorting, not by comparing all."""
    begins = other.groups << _BITS | other.starts
    order = np.argsort(begins, kind="stable")
    low = np.searchsorted(begins, groups << _BITS | first, side="left", sorter=order)
    high = np.searchsorted(begins, groups << _BITS | last, side="right", sorter=order)
    at, step = repeated(np.maximum(high - low, 0))
    return at, order[low[at] + step]


def repeated(counts: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each place as often as its count says, and 0, 1, 2, … within each."""
    at = np.repeat(np.arange(len(counts)), counts)
    return at, np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)


def weekly(starts: Ints, ends: Ints, today: date) -> tuple[NDArray[np.intp], Ints]:
    """Each span once for each week that it touches and that is not over: its place, and the week's number."""
    first = np.maximum(week(starts), week(today.toordinal()))
    at, step = repeated(np.maximum(week(ends) - first + 1, 0))
    return at, first[at] + step


def week(day: _Number) -> _Number:
    """The number of the week of a day."""
    return (day - 1) // _WEEK


def monday(week: int) -> date:
    """The first day of a week."""
    return date.fromordinal(first_day(week))


def first_day(week: _Number) -> _Number:
    """The number of the Monday of a week."""
    return week * _WEEK + 1


def runs(weeks: list[int]) -> list[list[int]]:
    """Ascending weeks, parted where one is missing."""
    parted: list[list[int]] = []
    for one in weeks:
        if parted and parted[-1][-1] == one - 1:
            parted[-1].append(one)
        else:
            parted.append([one])
    return parted
