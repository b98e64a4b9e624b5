"""One change of a sequence, done alike to all that run beside each other: few large copies, whatever its length."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Splice:
    """The runs of which the result is made, in order: each of the old (False) or of the new (True)."""

    runs: tuple[tuple[bool, slice], ...]

    @classmethod
    def of(cls, size: int, out: Collection[int], at: Sequence[int]) -> Self:
        """Of `size` places without those `out`, and with new ones before the places `at`, which ascend.

        Both are places of the sequence as it was.
        """
        gone, coming = set(out), Counter(at)
        runs, start, done = [], 0, 0
        for place in sorted(gone | coming.keys()):
            runs += [(False, slice(start, place)), (True, slice(done, done + coming[place]))]
            start, done = place + (place in gone), done + coming[place]
        runs.append((False, slice(start, size)))
        return cls(tuple(run for run in runs if run[1].start < run[1].stop))

    def arrays(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """The array that results; the old one itself where all of it stays and nothing comes."""
        parts = [(new if fresh else old)[which] for fresh, which in self.runs]
        if len(parts) == 1 and len(parts[0]) == len(old):
            return parts[0]
        return np.concatenate(parts) if parts else old[:0]

    def tuples(self, old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
        """The tuple that results."""
        return tuple(chain.from_iterable((new if fresh else old)[which] for fresh, which in self.runs))
