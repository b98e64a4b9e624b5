"""Which pairs of initiatives may be the same work: all that can be ruled out by arrays never reaches Python.

The cosines are computed in tiles that fit the processor's cache, and only of the upper triangle. What no other
evidence could bring to the threshold is dropped at once, and the rest piece by piece, the heaviest evidence first.
"""

from collections.abc import Iterator
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from planning.overlaps.evidence import least_cosine, needed
from planning.overlaps.weights import UNSAID, WEIGHTS, Evidence
from planning.portfolio.columns import UNKNOWN, Rows
from planning.portfolio.holdings import Holdings

HEIGHT = 1024
TILE = 1 << 21
"""Cosines in a tile and its greatest height: 8 MiB."""
_ROUNDING = np.float32(1e-4)
"""The sieve adds in single precision; it errs on the side of keeping."""
_UNSAID = np.float32(UNSAID)

Places = NDArray[np.intp]
Values = NDArray[np.float32]


class Pairs(NamedTuple):
    """Pairs of rows of the holdings, and the cosine of their texts."""

    first: Places
    second: Places
    cosines: NDArray[np.float32]

    def where(self, kept: NDArray[np.bool_]) -> Self:
        """Those that are kept."""
        return type(self)(self.first[kept], self.second[kept], self.cosines[kept])


class Wanted(NamedTuple):
    """Which pairs are looked for: those with one of `rows`, of one department or else of two."""

    rows: Places
    least: float
    same_department: bool = False


def likely(holdings: Holdings, wanted: Wanted) -> Iterator[Pairs]:
    """Pairs, each once, that may reach the probability `least` without naming the same problem."""
    columns = holdings.columns.rows
    for pairs in _near(holdings, wanted.rows, least_cosine(wanted.least, same_problem=False)):
        yield _by_department(columns, _reaching(columns, pairs, wanted.least), wanted)


def of_one_problem(holdings: Holdings, wanted: Wanted) -> Iterator[Pairs]:
    """Pairs, each once, that name the same problem."""
    columns = holdings.columns.rows
    asked = _marked(wanted.rows, len(columns.of))
    named = np.unique(columns.problems[wanted.rows])
    naming = np.flatnonzero(np.isin(columns.problems, named[named != UNKNOWN]))
    naming = naming[np.argsort(columns.problems[naming], kind="stable")]
    starts = np.flatnonzero(np.diff(columns.problems[naming])) + 1
    for group in np.split(naming, starts):
        yield _by_department(columns, _once(_each_with_each(holdings, group[asked[group]], group), asked), wanted)


def _near(holdings: Holdings, rows: Places, bar: float) -> Iterator[Pairs]:
    """Pairs with a cosine of at least `bar`, tile by tile."""
    size = len(holdings.initiatives)
    whole = len(rows) == size
    asked = _marked(rows, size)
    holdings = holdings.consolidated() if whole else holdings
    for start in range(0, len(rows), HEIGHT):
        block = rows[start : start + HEIGHT]
        width = TILE // len(block)
        for left in range(start if whole else 0, size, width):
            across = slice(left, min(left + width, size))
            cosines = holdings.cosines(slice(start, start + len(block)) if whole else block, across)
            yield _once(_above(cosines, block, left, bar), asked)


def _above(cosines: NDArray[np.float32], block: Places, left: int, bar: float) -> Pairs:
    flat = cosines.ravel()
    at = np.flatnonzero(flat >= np.float32(bar) - _ROUNDING) if bar > 0 else np.arange(flat.size)
    down = at // cosines.shape[1]
    return Pairs(block[down], at - down * cosines.shape[1] + left, flat[at])


def _each_with_each(holdings: Holdings, rows: Places, others: Places) -> Pairs:
    cosines = holdings.cosines(rows, others)
    return Pairs(np.repeat(rows, len(others)), np.tile(others, len(rows)), cosines.ravel())


def _marked(rows: Places, size: int) -> NDArray[np.bool_]:
    marked = np.zeros(size, bool)
    marked[rows] = True
    return marked


def _once(pairs: Pairs, asked: NDArray[np.bool_]) -> Pairs:
    """Without a row beside itself, and of two rows that are both asked for only the one order."""
    return pairs.where((pairs.second > pairs.first) | ~asked[pairs.second])


def _by_department(columns: Rows, pairs: Pairs, wanted: Wanted) -> Pairs:
    same = columns.departments[pairs.first] == columns.departments[pairs.second]
    return pairs.where(same == wanted.same_department)


def _reaching(columns: Rows, pairs: Pairs, least: float) -> Pairs:
    """Without those that cannot reach it, judged by one piece of evidence after the other."""
    best = sum(WEIGHTS) - WEIGHTS.cosine - WEIGHTS.problem
    reach = np.maximum(pairs.cosines, 0) ** 3 * WEIGHTS.cosine + best
    for kind in _PIECES:
        reach -= getattr(WEIGHTS, kind) * (1 - _evidence(kind, columns, pairs))
        kept = reach >= needed(least) - _ROUNDING
        pairs, reach = pairs.where(kept), reach[kept]
    return pairs


_BITS = {"stages": "stage_bits", "segments": "segment_bits", "touchpoints": "touchpoint_bits", "metrics": "metric_bits"}
_PIECES = sorted({*Evidence._fields} - {"cosine", "problem"}, key=lambda kind: -getattr(WEIGHTS, kind))


def _evidence(kind: str, columns: Rows, pairs: Pairs) -> Values:
    """At least what `evidence_of` says of each pair: different things may share a bit."""
    if kind == "days":
        return _together(columns, pairs)
    bits = getattr(columns, _BITS[kind])
    one, other = bits[pairs.first], bits[pairs.second]
    return np.where((one == 0) | (other == 0), _UNSAID, (one & other) != 0)


def _together(columns: Rows, pairs: Pairs) -> Values:
    starts, ends = columns.starts, columns.ends
    one, other = pairs.first, pairs.second
    unsaid = (starts[one] == UNKNOWN) | (starts[other] == UNKNOWN)
    return np.where(unsaid, _UNSAID, (starts[one] <= ends[other]) & (starts[other] <= ends[one]))
