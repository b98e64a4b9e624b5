"""Which metrics nobody has read although a reading was promised."""

from collections.abc import Iterator

from planning.findings.facts import MetricStale
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance, weight_of
from planning.metrics.standing import late_since
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

STALE = 0.4


def metric_stale(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A metric whose reading is late by more than a quarter of its cadence; severity 0.4.

    A metric of which nobody said how often it is read may be silent.
    """
    for metric in portfolio.metrics:
        last = portfolio.latest.get(metric.id)
        due = late_since(metric, last, portfolio.today) if metric.id in scope.metrics else None
        if due is not None and metric.cadence is not None:
            weight, read_on = weight_of(metric, portfolio.journey), last.on if last else None
            every = metric.cadence.every
            fact = MetricStale(metric=metric.name, every=every, due=due, read_on=read_on, weight=weight)
            yield Found(Rule.METRIC_STALE, (Member(Subject.METRIC, metric.id),), STALE * importance(weight), (fact,))
