"""Logistic regression with weights that are not negative, fitted to judged pairs, each set counting the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from planning.overlaps.weights import Evidence
from tests.benchmarks.gold import Pool
from tests.benchmarks.measures import Flags, Numbers

PRECISION = 0.8
"""Of five alerts four must be right."""
RIDGE = 1e-4
"""Keeps a weight finite where a piece of evidence settles every pair that has it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights in the order of Evidence, and the bias."""

    weights: Numbers
    bias: float

    def probabilities(self, pool: Pool, *, alone: bool = False) -> Numbers:
        """The probability of each pair; `alone`: without that both name one problem, as leads are told by it."""
        counted = np.array([not (alone and piece == "problem") for piece in Evidence._fields])
        result: Numbers = 1 / (1 + np.exp(-self.bias - weighed(pool) @ (self.weights * counted)))
        return result


def weighed(pool: Pool) -> Numbers:
    """What the weights multiply, (pairs, pieces): the evidence, its cosine by the cube, as `probability` has it."""
    result: Numbers = pool.evidence ** np.array([3 if piece == "cosine" else 1 for piece in Evidence._fields])
    return result


def fitted(pools: Sequence[Pool]) -> Fit:
    """The most likely weights that are not negative (L-BFGS-B; deterministic)."""
    rows = np.vstack([weighed(pool) for pool in pools])
    evidence = np.column_stack([rows, np.ones(len(rows))])
    signs = np.concatenate([np.where(pool.positive, 1.0, -1.0) for pool in pools])
    shares = np.concatenate([np.full(len(pool.grades), 1 / len(pool.grades) / len(pools)) for pool in pools])

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins, ridge = signs * (evidence @ weights), RIDGE * np.append(weights[:-1], 0)
        slopes = -shares * signs / (1 + np.exp(margins))
        value = float(shares @ np.logaddexp(0, -margins) + ridge @ weights / 2)
        return value, evidence.T @ slopes + ridge

    bounds = [(0, None)] * rows.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(evidence.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fit(found.x[:-1], float(found.x[-1]))


def left_out(pools: Sequence[Pool], *, alone: bool = False) -> dict[str, Numbers]:
    """Set → the probabilities of its pairs by the weights fitted on the other sets."""
    return {pool.name: fitted(others(pools, pool)).probabilities(pool, alone=alone) for pool in pools}


def others(pools: Sequence[Pool], pool: Pool) -> list[Pool]:
    """All but this one."""
    return [each for each in pools if each is not pool]


def least_right(probabilities: Numbers, positive: Flags) -> float:
    """The least probability from which on PRECISION of the pairs are positive; above 1 where there is none."""
    order = np.argsort(-probabilities, kind="stable")
    shares = np.cumsum(positive[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= PRECISION)
    return float(probabilities[order][good[-1]]) if good.size else 2.0


def threshold(pools: Sequence[Pool]) -> float:
    """The least probability that gives PRECISION over all pairs, each scored by weights fitted on the other sets."""
    scores = left_out(pools, alone=True)
    return least_right(joined(scores, pools), np.concatenate([pool.positive for pool in pools]))


def joined(scores: Mapping[str, Numbers], pools: Iterable[Pool]) -> Numbers:
    """The scores of several sets, one after the other."""
    return np.concatenate([scores[pool.name] for pool in pools])
