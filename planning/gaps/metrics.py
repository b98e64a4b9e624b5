"""Which metrics are off their target while nobody moves them."""

from collections.abc import Iterator

from planning.findings.facts import MetricUnmoved
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import UNSAID, importance, weights
from planning.gaps.naming import named
from planning.metrics.feeding import fed
from planning.metrics.values import Direction, Metric
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio


def metric_off_target_unmoved(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A metric off its target that no live initiative is meant to better, nor one that feeds it, however far.

    Severity is 0.5, and up to 1 the farther it is from its target; its stage says how much it matters. While no
    initiative names a metric at all, what they move is unknown.
    """
    off = [metric for metric in portfolio.metrics if metric.id in scope.metrics and metric.off_target]
    if not off or not len(portfolio.holdings.columns.effects.of):
        return
    moved = fed(_bettered(portfolio), portfolio.metrics)
    weighed = weights(portfolio.journey)
    for metric in off:
        if metric.id not in moved:
            yield _unmoved(metric, UNSAID if metric.stage is None else weighed.get(metric.stage, UNSAID))


def distance(metric: Metric) -> float:
    """How far it is from its target: 0 at it, 1 where one of the two is nothing of the other; 0 when unknown."""
    if metric.baseline is None or metric.target is None:
        return 0.0
    largest = max(abs(metric.baseline), abs(metric.target))
    return min(1.0, abs(metric.target - metric.baseline) / largest) if largest else 0.0


def _bettered(portfolio: Portfolio) -> list[int]:
    """The metrics on which a live initiative has an effect in the better direction."""
    effects, ids = portfolio.holdings.columns.effects, portfolio.metric_names
    moved = {Direction.UP: named(ids, effects.to[effects.up]), Direction.DOWN: named(ids, effects.to[~effects.up])}
    return [metric.id for metric in portfolio.metrics if metric.id in moved[metric.direction]]


def _unmoved(metric: Metric, weight: int) -> Found:
    fact = MetricUnmoved(
        metric=metric.name,
        unit=metric.unit,
        stands=metric.baseline or 0.0,
        target=metric.target or 0.0,
        target_on=metric.target_on,
        weight=weight,
    )
    score = (0.5 + 0.5 * distance(metric)) * importance(weight)
    return Found(Rule.METRIC_OFF_TARGET_UNMOVED, (Member(Subject.METRIC, metric.id),), score, (fact,))
