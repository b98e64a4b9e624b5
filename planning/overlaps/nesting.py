"""Segments within segments, as pairs of numbers that many contacts can be looked up in at once."""

from collections.abc import Collection
from typing import Self

import numpy as np
from numpy.typing import NDArray

from planning.journey.values import Journey
from planning.overlaps.spans import repeated
from planning.portfolio.columns import Ints


class Nesting:
    """Which segments each segment is within: itself and all that it is part of."""

    def __init__(self, lineages: dict[int, tuple[int, ...]]) -> None:
        self.lineages = lineages
        self._ids = np.array(sorted(lineages), np.int64)
        self._counts = np.array([len(lineages[id]) for id in self._ids.tolist()], np.intp)
        self._first = np.cumsum(self._counts) - self._counts
        self._within = np.array([one for id in self._ids.tolist() for one in lineages[id]], np.int64)

    @classmethod
    def of(cls, journey: Journey) -> Self:
        """The nesting of a journey's segments."""
        return cls(journey.lineages())

    def outward(self, segments: Ints) -> tuple[NDArray[np.intp], Ints]:
        """Each place of `segments` once for each segment that the one there is within; and those segments."""
        known = np.flatnonzero(np.isin(segments, self._ids))
        rows = np.searchsorted(self._ids, segments[known])
        at, step = repeated(self._counts[rows])
        return known[at], self._within[self._first[rows][at] + step]

    def up_to(self, segments: Collection[int]) -> "Nesting":
        """The same, but only as far as it leads to some segments."""
        kept = {id: tuple(one for one in line if one in segments) for id, line in self.lineages.items()}
        return Nesting({id: line for id, line in kept.items() if line})
