"""Fits the weights of duplicate effort to judged pairs: `python -m tests.benchmarks.fitting`.

What is reported of a set comes from weights, and where it says so from a threshold, that were chosen without that set;
its cosines are of an encoder that was not taught with it (`tests.benchmarks.default`). How far the probabilities hold
is told by `tests.benchmarks.reliability`, and how the cosine counts best by `tests.benchmarks.forms`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planning.overlaps.weights import ALERT, SHOWN, Evidence
from planning.similarity.training.evaluating import PRECISION
from planning.similarity.training.measures import (
    LIST,
    Flags,
    Interval,
    Numbers,
    average_precision,
    drawn_pairs,
    interval,
    precision,
    recall,
)
from tests.benchmarks.default import default_pools
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import Learning, fitted, left_out, others, threshold

CANDIDATES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
"""Bars for what a registrant is shown, looked at side by side."""


def is_company(pool: Pool) -> bool:
    """Whether its initiatives say more than their text and dates."""
    return any(initiative.draft.stages for initiative in pool.initiatives)


def grouped(pools: Sequence[Pool]) -> dict[str, list[Pool]]:
    """Each set, then the real ones, the companies and all together."""
    groups = {pool.name: [pool] for pool in pools}
    groups["real"] = [pool for pool in pools if not is_company(pool)]
    groups["companies"] = [pool for pool in pools if is_company(pool)]
    return {name: group for name, group in (groups | {"all": list(pools)}).items() if group}


@dataclass(frozen=True, slots=True)
class Told:
    """What alerts are worth: how many, and the share that is right and the share of the positives found."""

    alerts: int
    positive: int
    precision: Interval
    recall: Interval


def told_of(group: Sequence[Pool], alerts: Mapping[str, Flags]) -> Told:
    """How good the alerts of these sets are; each set's initiatives are resampled."""
    told = np.concatenate([alerts[pool.name] for pool in group])
    positive = np.concatenate([pool.positive for pool in group])
    weights = np.hstack([drawn_pairs(pool.pairs, pool.name) for pool in group])
    return Told(
        int(told.sum()),
        int(positive.sum()),
        interval(lambda weights: precision(positive, told, weights), weights),
        interval(lambda weights: recall(positive, told, weights), weights),
    )


def unseen_alerts(pools: Sequence[Pool], learn: Learning = fitted) -> dict[str, Flags]:
    """Set → which pairs are told of, by weights and a threshold that are both chosen on the other sets."""
    scores = left_out(pools, alone=True, learn=learn)
    return {pool.name: scores[pool.name] >= threshold(others(pools, pool), learn) for pool in pools}


@dataclass(frozen=True, slots=True)
class Offered:
    """What registrants see from a bar on: how many each, the share that is right, and who with a positive sees one."""

    each: float
    right: float
    reached: float


def offered(pools: Sequence[Pool], scores: Mapping[str, Numbers], bar: float) -> Offered:
    """At most LIST pairs for each initiative, the likeliest first, from the bar on."""
    seen, right, reached = [], [], []
    for pool in pools:
        for each in np.unique(pool.pairs):
            mine = np.flatnonzero((pool.pairs == each).any(axis=1))
            best = mine[np.argsort(-scores[pool.name][mine], kind="stable")][:LIST]
            shown = pool.positive[best[scores[pool.name][best] >= bar]]
            seen.append(len(shown))
            right.append(int(shown.sum()))
            if pool.positive[mine].any():
                reached.append(bool(shown.any()))
    return Offered(float(np.mean(seen)), sum(right) / max(sum(seen), 1), float(np.mean(reached)))


def main() -> None:
    """Print the weights, the thresholds, and how they fare on sets left out."""
    pools = default_pools()
    fit, scores = fitted(pools), left_out(pools)
    for name, weight in zip((*Evidence._fields, "bias"), (*fit.weights, fit.bias), strict=True):
        print(f"{name:<12}{weight:8.2f}")
    print(f"\nleast probability with {PRECISION} precision: {threshold(pools):.3f} (ALERT is {ALERT}, SHOWN {SHOWN})")
    _print_told("Alerts, weights and threshold chosen on the other sets", pools, unseen_alerts(pools), scores)
    alone = left_out(pools, alone=True)
    at_alert = {pool.name: alone[pool.name] >= ALERT for pool in pools}
    _print_told(f"Alerts from {ALERT} on, weights fitted on the other sets", pools, at_alert, scores)
    either = {pool.name: at_alert[pool.name] | pool.same_problem for pool in pools}
    _print_told("These and all pairs of one problem, of which a split problem tells", pools, either, scores)
    print(f"\nShown before saving, at most {LIST}: from, shown to each, right, with a positive reached")
    for group in ("real", "companies"):
        for bar in CANDIDATES:
            it = offered(grouped(pools)[group], scores, bar)
            print(f"{group:<12}{bar:5.2f}{it.each:8.2f}{it.right:8.2f}{it.reached:8.2f}")


def _print_told(title: str, pools: Sequence[Pool], alerts: Mapping[str, Flags], scores: Mapping[str, Numbers]) -> None:
    print(f"\n{title}\n{'':<14}alerts  of  AP    precision            recall")
    for name, group in grouped(pools).items():
        told = told_of(group, alerts)
        exact = np.mean([average_precision(p.positive, scores[p.name], np.ones(len(p.grades))) for p in group])
        print(f"{name:<14}{told.alerts:5}{told.positive:5}  {exact:.2f}  {told.precision}  {told.recall}")


if __name__ == "__main__":
    main()
