"""How well the encoder does on sets that it was not taught with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from planning.similarity.encoder import Floats
from planning.similarity.training.measures import (
    Flags,
    Interval,
    Numbers,
    average_precision,
    drawn_pairs,
    interval,
    spread,
)
from planning.similarity.training.texts import POSITIVE, Judged

PRECISION = 0.8
"""Of five pairs told of four must be right."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Average precision of the cosines of each set, the mean over the sets, and the recall at PRECISION of each set."""

    sets: Mapping[str, Interval]
    mean: Interval
    recall: Mapping[str, float]


def related(sets: Sequence[Judged]) -> list[list[Judged]]:
    """The sets in groups: two that have an initiative's title in common are never apart."""
    groups: list[list[Judged]] = []
    for judged in sets:
        touching = [group for group in groups if any(_share_a_title(judged, other) for other in group)]
        rest = [group for group in groups if group not in touching]
        groups = [*rest, [*(other for group in touching for other in group), judged]]
    return groups


def _share_a_title(first: Judged, second: Judged) -> bool:
    one, other = ({told.title.casefold() for told in judged.told} for judged in (first, second))
    return not one.isdisjoint(other)


def figures(sets: Sequence[Judged], vectors: Mapping[str, Floats]) -> Figures:
    """What the cosines of these vectors, a row for each initiative of a set, are worth."""
    measured = dict(_measured(sets, vectors))
    exact = [float(measure(np.ones(draws.shape[1]))) for measure, draws in measured.values()]
    resampled = np.mean([measure(draws) for measure, draws in measured.values()], axis=0)
    return Figures(
        {name: interval(measure, draws) for name, (measure, draws) in measured.items()},
        Interval(float(np.mean(exact)), *spread(resampled)),
        {judged.name: recall_at(PRECISION, *scored(judged, vectors[judged.name])) for judged in sets},
    )


def _measured(
    sets: Sequence[Judged], vectors: Mapping[str, Floats]
) -> Iterator[tuple[str, tuple[partial[Numbers], Numbers]]]:
    for judged in sets:
        measure = partial(average_precision, *scored(judged, vectors[judged.name]))
        yield judged.name, (measure, drawn_pairs(judged.pairs, judged.name))


def scored(judged: Judged, vectors: Floats) -> tuple[Flags, Numbers]:
    """Of each judged pair whether it is worth telling, and the cosine of its vectors."""
    first, second = judged.pairs.T
    cosines = np.einsum("ij,ij->i", vectors[first], vectors[second]).astype(float)
    return judged.grades[first, second] >= POSITIVE, cosines


def recall_at(least: float, positive: Flags, scores: Numbers) -> float:
    """The greatest share of the positives that can be told of with this precision."""
    right = positive[np.argsort(-scores, kind="stable")].cumsum()
    good = right >= least * np.arange(1, len(right) + 1)
    return float((right[good].max(initial=0)) / max(right[-1], 1))


def in_order(families: Sequence[Judged], vectors: Sequence[Floats]) -> float:
    """Of a pair worth telling and one that is not, both of one family, how often the first is nearer; 0.5 by chance."""
    shares = [_nearer(*scored(family, rows)) for family, rows in zip(families, vectors, strict=True)]
    return float(np.mean(np.concatenate(shares)))


def _nearer(positive: Flags, cosines: Numbers) -> Flags:
    result: Flags = (cosines[positive][:, None] > cosines[~positive]).ravel()
    return result
