"""Which metrics are off their target while nobody moves them."""

from collections.abc import Iterator

from planning.findings.facts import MetricUnmoved
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance, weight_of
from planning.gaps.naming import named
from planning.metrics.feeding import fed
from planning.metrics.values import Direction, Metric
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio


def metric_off_target_unmoved(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A metric off its target that no live initiative is meant to better, nor one that feeds it, however far.

    Severity is 0.5, and up to 1 the farther it is from its target; its stage or segment says how much it matters.
    While no initiative names a metric at all, what they move is unknown.
    """
    off = [metric for metric in portfolio.metrics if metric.id in scope.metrics and _off(metric, portfolio)]
    if not off or not len(portfolio.holdings.columns.effects.of):
        return
    moved = fed(_bettered(portfolio), portfolio.metrics)
    for metric in off:
        if metric.id not in moved:
            yield _unmoved(metric, portfolio)


def stands(metric: Metric, portfolio: Portfolio) -> float | None:
    """What it was at last: its last reading, or its baseline before there is one."""
    last = portfolio.latest.get(metric.id)
    return last.value if last else metric.baseline


def distance(stands: float, target: float) -> float:
    """How far it is from its target: 0 at it, 1 where one of the two is nothing of the other."""
    largest = max(abs(stands), abs(target))
    return min(1.0, abs(target - stands) / largest) if largest else 0.0


def _off(metric: Metric, portfolio: Portfolio) -> bool:
    value = stands(metric, portfolio)
    return value is not None and metric.off_target(value)


def _bettered(portfolio: Portfolio) -> list[int]:
    """The metrics on which a live initiative has an effect in the better direction."""
    effects, ids = portfolio.holdings.columns.effects, portfolio.metric_names
    moved = {Direction.UP: named(ids, effects.to[effects.up]), Direction.DOWN: named(ids, effects.to[~effects.up])}
    return [metric.id for metric in portfolio.metrics if metric.id in moved[metric.direction]]


def _unmoved(metric: Metric, portfolio: Portfolio) -> Found:
    value, target, weight = stands(metric, portfolio) or 0.0, metric.target or 0.0, weight_of(metric, portfolio.journey)
    last = portfolio.latest.get(metric.id)
    fact = MetricUnmoved(
        metric=metric.name,
        unit=metric.unit,
        stands=value,
        read_on=last.on if last else None,
        target=target,
        target_on=metric.target_on,
        weight=weight,
    )
    score = (0.5 + 0.5 * distance(value, target)) * importance(weight)
    return Found(Rule.METRIC_OFF_TARGET_UNMOVED, (Member(Subject.METRIC, metric.id),), score, (fact,))
