"""Measures of a ranking of judged pairs. Weights say how often each pair counts: one row of them per resample."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

DRAWS = 1000
SEED = 20261121
LIST = 3
"""As many registered initiatives as a registrant is shown."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A measure with its 95 % bootstrap interval; nan where nothing can be measured."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def average_precision(positive: Flags, scores: Numbers, weights: Numbers) -> Numbers:
    """Mean precision at each positive, going down the scores; pairs of one score are taken together."""
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)
    told = weights[..., order].cumsum(-1)[..., last]
    right = (weights * positive)[..., order].cumsum(-1)[..., last]
    gained = np.diff(right, axis=-1, prepend=0)
    result: Numbers = _share((_share(right, told, 0) * gained).sum(-1), right[..., -1])
    return result


def precision(positive: Flags, told: Flags, weights: Numbers) -> Numbers:
    """The share of the pairs told of that are positive."""
    return _share((weights * (positive & told)).sum(-1), (weights * told).sum(-1))


def recall(positive: Flags, told: Flags, weights: Numbers) -> Numbers:
    """The share of the positive pairs that are told of."""
    return _share((weights * (positive & told)).sum(-1), (weights * positive).sum(-1))


def _share(part: Numbers, whole: Numbers, otherwise: float = np.nan) -> Numbers:
    result: Numbers = np.divide(part, whole, out=np.full(np.shape(part), float(otherwise)), where=np.asarray(whole) > 0)
    return result


def found_before_saving(pairs: NDArray[np.intp], positive: Flags, scores: Numbers) -> Numbers:
    """For each initiative that has a positive pair and more than LIST pairs: 1 where one of its positives is shown.

    Shown are its LIST pairs of the pool that score highest; among equal scores the positive one comes last.
    """
    rows = (np.flatnonzero((pairs == each).any(axis=1)) for each in np.unique(pairs))
    asked = [mine for mine in rows if len(mine) > LIST and positive[mine].any()]
    ahead = [np.sum(~positive[mine] & (scores[mine] >= scores[mine][positive[mine]].max())) for mine in asked]
    return np.array([count < LIST for count in ahead], dtype=float)


def drawn_pairs(pairs: NDArray[np.intp], name: str) -> Numbers:
    """Weights (DRAWS, pairs) of resamples of the initiatives: a pair counts as often as both its ends were drawn.

    Pairs share initiatives and are not independent, so initiatives are resampled (Efron 1979; for data with two
    crossed factors Owen 2007, “The pigeonhole bootstrap”), which gives wider intervals than resampling pairs.
    """
    names, ends = np.unique(pairs, return_inverse=True)
    ends = ends.reshape(pairs.shape)
    counts = drawn(len(names), name)
    weights: Numbers = counts[:, ends[:, 0]] * counts[:, ends[:, 1]]
    return weights


def drawn(size: int, name: str) -> Numbers:
    """How often each of so many things is drawn in each of DRAWS resamples with replacement (Efron 1979).

    Each name has draws of its own, the same in every run.
    """
    random = np.random.default_rng([SEED, crc32(name.encode())])
    return random.multinomial(size, np.full(size, 1 / size), DRAWS).astype(float) if size else np.zeros((DRAWS, 0))


def interval(measure: Callable[[Numbers], Numbers], weights: Numbers) -> Interval:
    """The measure of all that was judged, and the middle 95 % of what the resamples give."""
    value = float(measure(np.ones(weights.shape[-1])))
    return Interval(value, *spread(measure(weights)))


def spread(values: Numbers) -> tuple[float, float]:
    """The middle 95 % of the values that are numbers."""
    there = values[~np.isnan(values)]
    if not there.size:
        return float("nan"), float("nan")
    low, high = np.percentile(there, [2.5, 97.5])
    return float(low), float(high)
