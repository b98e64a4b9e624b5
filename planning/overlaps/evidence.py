"""How likely two leads want to be told of two initiatives: a logistic regression on what speaks for the same work.

Its pieces of evidence are the cosine of the text vectors and what the two name in common; no weight is negative, so
more evidence never lowers it.
"""

from collections.abc import Collection
from math import cbrt, exp, log

from planning.initiatives.values import Draft, Initiative
from planning.overlaps.weights import BIAS, UNSAID, WEIGHTS, Evidence


def probability(evidence: Evidence) -> float:
    """How likely two leads would want to be told, 0 to 1."""
    return 1 / (1 + exp(-BIAS - sum(carried(evidence))))


def carried(evidence: Evidence) -> Evidence:
    """What each piece adds to the log-odds."""
    values = evidence._replace(cosine=evidence.cosine**3)
    return Evidence(*(weight * value for weight, value in zip(WEIGHTS, values, strict=True)))


def evidence_of(first: Initiative, second: Initiative, cosine: float) -> Evidence:
    """What speaks for the two being the same work."""
    a, b = first.draft, second.draft
    return Evidence(
        cosine=max(cosine, 0.0),
        stages=_common(a.stages, b.stages),
        segments=_common(a.segments, b.segments),
        touchpoints=_common(a.touchpoints, b.touchpoints),
        days=_together(first, second),
        metrics=_common(metrics_of(a), metrics_of(b)),
        problem=float(a.serves is not None and a.serves == b.serves),
    )


def needed(least: float) -> float:
    """The sum of weighted evidence at which the probability is `least` (0 to 1, both excluded)."""
    return log(least / (1 - least)) - BIAS


def least_cosine(least: float, *, same_problem: bool) -> float:
    """Below this cosine no other evidence can bring the probability to `least`."""
    rest = sum(WEIGHTS) - WEIGHTS.cosine - (0.0 if same_problem else WEIGHTS.problem)
    return cbrt((needed(least) - rest) / WEIGHTS.cosine)


def metrics_of(draft: Draft) -> tuple[int, ...]:
    """The metrics that it is meant to move."""
    return tuple(effect.metric for effect in draft.effects)


def _common(a: Collection[int], b: Collection[int]) -> float:
    if not a or not b:
        return UNSAID
    return float(not set(a).isdisjoint(b))


def _together(first: Initiative, second: Initiative) -> float:
    one, other = first.window, second.window
    if one is None or other is None:
        return UNSAID
    return float(one.shared_with(other) is not None)
