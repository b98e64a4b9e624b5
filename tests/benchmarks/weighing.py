"""Logistic regression with weights that are not negative, fitted to judged pairs, each set counting the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from planning.overlaps.weights import UNSAID, Evidence
from planning.similarity.training.evaluating import PRECISION
from planning.similarity.training.measures import Flags, Numbers
from tests.benchmarks.gold import Pool

RIDGE = 1e-4
"""Keeps a weight finite where a piece of evidence settles every pair that has it."""
Form = Callable[[Numbers], Numbers]
"""Cosines (pairs,) → what the weights multiply (pairs, parts), no part falling as the cosine rises."""
PIECES = Evidence._fields[1:]
"""The evidence beside the text."""
PROBLEM = PIECES.index("problem") - len(PIECES)


def counted(cosines: Numbers) -> Numbers:
    """The cosine as `planning.overlaps.evidence.probability` counts it."""
    result: Numbers = np.maximum(cosines, 0)[:, None] ** 3
    return result


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of the parts of the form and then of PIECES, and the bias."""

    weights: Numbers
    bias: float
    form: Form = counted

    def probabilities(self, pool: Pool, *, alone: bool = False) -> Numbers:
        """The probability of each pair; `alone`: without that both name one problem, as leads are told by it."""
        weights = self.weights.copy()
        weights[PROBLEM] *= not alone
        result: Numbers = 1 / (1 + np.exp(-self.bias - weighed(pool, self.form) @ weights))
        return result

    def from_text(self, pool: Pool) -> Numbers:
        """The probability of each pair if the two said nothing beside their texts."""
        nothing = np.full(len(PIECES), UNSAID)
        nothing[PROBLEM] = 0
        parts = self.form(pool.cosines)
        known = self.bias + nothing @ self.weights[parts.shape[1] :]
        result: Numbers = 1 / (1 + np.exp(-known - parts @ self.weights[: parts.shape[1]]))
        return result


Learning = Callable[[Sequence[Pool]], Fit]
"""How weights are made of judged pairs."""


def weighed(pool: Pool, form: Form = counted) -> Numbers:
    """What the weights multiply, (pairs, parts and PIECES)."""
    return np.column_stack([form(pool.cosines), pool.evidence[:, 1:]])


def fitted(pools: Sequence[Pool], form: Form = counted) -> Fit:
    """The most likely weights that are not negative (L-BFGS-B; deterministic)."""
    rows = np.vstack([weighed(pool, form) for pool in pools])
    evidence = np.column_stack([rows, np.ones(len(rows))])
    signs = np.concatenate([np.where(pool.positive, 1.0, -1.0) for pool in pools])
    shares = shares_of(pools)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins, ridge = signs * (evidence @ weights), RIDGE * np.append(weights[:-1], 0)
        slopes = -shares * signs / (1 + np.exp(margins))
        value = float(shares @ np.logaddexp(0, -margins) + ridge @ weights / 2)
        return value, evidence.T @ slopes + ridge

    bounds = [(0, None)] * rows.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(evidence.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fit(found.x[:-1], float(found.x[-1]), form)


def shares_of(pools: Sequence[Pool]) -> Numbers:
    """How much each pair counts: each set the same, all together 1."""
    return np.concatenate([np.full(len(pool.grades), 1 / len(pool.grades) / len(pools)) for pool in pools])


def left_out(pools: Sequence[Pool], *, alone: bool = False, learn: Learning = fitted) -> dict[str, Numbers]:
    """Set → the probabilities of its pairs by the weights fitted on the other sets."""
    return {pool.name: learn(others(pools, pool)).probabilities(pool, alone=alone) for pool in pools}


def others(pools: Sequence[Pool], pool: Pool) -> list[Pool]:
    """All but this one."""
    return [each for each in pools if each is not pool]


def least_right(probabilities: Numbers, positive: Flags) -> float:
    """The least probability from which on PRECISION of the pairs are positive; above 1 where there is none."""
    order = np.argsort(-probabilities, kind="stable")
    shares = np.cumsum(positive[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= PRECISION)
    return float(probabilities[order][good[-1]]) if good.size else 2.0


def threshold(pools: Sequence[Pool], learn: Learning = fitted) -> float:
    """The least probability that gives PRECISION over all pairs, each scored by weights fitted on the other sets."""
    scores = left_out(pools, alone=True, learn=learn)
    return least_right(joined(scores, pools), np.concatenate([pool.positive for pool in pools]))


def joined(scores: Mapping[str, Numbers], pools: Iterable[Pool]) -> Numbers:
    """The scores of several sets, one after the other."""
    return np.concatenate([scores[pool.name] for pool in pools])
