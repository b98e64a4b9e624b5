"""Concord's score beside what a team would use instead, on pools of judged pairs.

The other tools have no threshold of their own: they are allowed as many alerts in a set as Concord raises there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from planning.overlaps.weights import ALERT
from planning.similarity.training.measures import (
    DRAWS,
    SEED,
    Flags,
    Interval,
    Numbers,
    average_precision,
    drawn,
    drawn_pairs,
    found_before_saving,
    interval,
    precision,
    recall,
    spread,
)
from tests.benchmarks.baselines import baselines_of
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import left_out

OURS, LEFT_OUT, UNTAUGHT = "Concord", "Concord, left out", "Concord before learning"


class Scores(NamedTuple):
    """One of Concord's scores of each pair, and that by which leads are told."""

    all: Numbers
    telling: Numbers


@dataclass(frozen=True, slots=True)
class Quality:
    """How one method fares on one set."""

    average_precision: Interval
    recall_before_saving: Interval
    alerts: int
    alert_precision: Interval
    alert_recall: Interval


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much Concord's average precision is above that of the best other on the set, resampled together."""

    other: str
    difference: Interval

    @property
    def loses(self) -> bool:
        """Whether Concord is worse by more than the interval."""
        return self.difference.high < 0


@dataclass(frozen=True, slots=True)
class SetReport:
    """One set: its size and how each method fares."""

    pairs: int
    positive: int
    methods: Mapping[str, Quality]
    margin: Margin
    without_shared_problem: Quality
    """Concord on the pairs that do not name the same customer problem."""


@dataclass(frozen=True, slots=True)
class Report:
    """All sets, and each method's average precision over them."""

    sets: Mapping[str, SetReport]
    mean_average_precision: Mapping[str, Interval]
    new_to_encoder: bool
    """Whether the cosines of each set are of an encoder that is known not to have been taught with it."""
    threshold: float = ALERT
    draws: int = DRAWS
    seed: int = SEED


def measured(found: Sequence[Pool]) -> Report:
    """The report on these pools."""
    ours = ours_of(found)
    scores = {pool.name: baselines_of(pool) | {name: it.all for name, it in ours[pool.name].items()} for pool in found}
    weights = {pool.name: drawn_pairs(pool.pairs, pool.name) for pool in found}
    reports = {
        pool.name: set_report(pool, scores[pool.name], _telling(ours[pool.name]), weights[pool.name]) for pool in found
    }
    means = {name: _mean(found, name, scores, weights) for name in next(iter(scores.values()), {})}
    return Report(reports, means, all(pool.before is not None for pool in found))


def ours_of(found: Sequence[Pool]) -> dict[str, dict[str, Scores]]:
    """Set → Concord's scores: as it is and, of several sets, by weights fitted on the others, after and before."""
    ours = {pool.name: {OURS: Scores(pool.probabilities, pool.alone)} for pool in found}
    for name, pools in _left_out_of(found):
        everything, telling = left_out(pools), left_out(pools, alone=True)
        for pool in pools:
            ours[pool.name][name] = Scores(everything[pool.name], telling[pool.name])
    return ours


def _left_out_of(found: Sequence[Pool]) -> Iterator[tuple[str, list[Pool]]]:
    if len(found) > 1:
        yield LEFT_OUT, list(found)
        before = [replace(pool, cosines=pool.before) for pool in found if pool.before is not None]
        if len(before) == len(found):
            yield UNTAUGHT, before


def _telling(ours: Mapping[str, Scores]) -> dict[str, Numbers]:
    return {name: it.telling for name, it in ours.items()}


def set_report(
    pool: Pool, scores: Mapping[str, Numbers], deciding: Mapping[str, Numbers], weights: Numbers
) -> SetReport:
    """How each method fares on the set; `deciding` are the scores by which leads are told."""
    told = {
        name: deciding[name] >= ALERT if name in deciding else _as_many(each, pool) for name, each in scores.items()
    }
    unshared = ~pool.same_problem
    bare = pool.only(unshared)
    return SetReport(
        pairs=len(pool.grades),
        positive=int(pool.positive.sum()),
        methods={name: quality(pool, each, told[name], weights) for name, each in scores.items()},
        margin=margin(pool, scores, weights),
        without_shared_problem=quality(bare, scores[OURS][unshared], told[OURS][unshared], weights[:, unshared]),
    )


def _as_many(scores: Numbers, pool: Pool) -> Flags:
    """The highest ones, as many as Concord tells of."""
    told = np.zeros(len(scores), dtype=bool)
    told[np.argsort(-scores, kind="stable")[: int((pool.alone >= ALERT).sum())]] = True
    return told


def quality(pool: Pool, scores: Numbers, told: Flags, weights: Numbers) -> Quality:
    """How the scores fare on the pool."""
    found = found_before_saving(pool.pairs, pool.positive, scores)
    return Quality(
        interval(partial(average_precision, pool.positive, scores), weights),
        interval(lambda counts: _average(found, counts), drawn(len(found), pool.name)),
        int(told.sum()),
        interval(partial(precision, pool.positive, told), weights),
        interval(partial(recall, pool.positive, told), weights),
    )


def _average(values: Numbers, counts: Numbers) -> Numbers:
    result: Numbers = (counts @ values) / max(len(values), 1) if len(values) else np.full(counts.shape[:-1], np.nan)
    return result


def margin(pool: Pool, scores: Mapping[str, Numbers], weights: Numbers) -> Margin:
    """Concord against the best of the others on this set, on the same resamples."""
    once = np.ones(len(pool.grades))
    exact = {name: float(average_precision(pool.positive, each, once)) for name, each in scores.items()}
    best = max((name for name in scores if name not in (OURS, LEFT_OUT, UNTAUGHT)), key=lambda name: exact[name])
    drawn_ours, drawn_best = (average_precision(pool.positive, scores[name], weights) for name in (OURS, best))
    return Margin(best, Interval(exact[OURS] - exact[best], *spread(drawn_ours - drawn_best)))


def _mean(
    found: Sequence[Pool], name: str, scores: Mapping[str, Mapping[str, Numbers]], weights: Mapping[str, Numbers]
) -> Interval:
    """The mean average precision over the sets; a set without a positive says nothing."""
    sets = [pool for pool in found if pool.positive.any()]
    of_set = [partial(average_precision, pool.positive, scores[pool.name][name]) for pool in sets]
    exact = [float(each(np.ones(len(pool.grades)))) for pool, each in zip(sets, of_set, strict=True)]
    resampled = [each(weights[pool.name]) for pool, each in zip(sets, of_set, strict=True)]
    return Interval(float(np.mean(exact)), *spread(np.mean(resampled, axis=0))) if sets else Interval(*[np.nan] * 3)
