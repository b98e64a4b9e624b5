"""What a company's file says that may be meant otherwise: told with its place, and taken as it is."""

from collections.abc import Iterable

from planning.metrics.values import Direction, Metric
from planning.text import clip
from planning.transfer.company import Company
from planning.transfer.naming import Known
from planning.transfer.references import by_name, folded


def doubts(company: Company, after: Known) -> Iterable[str]:
    """The metrics of the file whose target lies on the wrong side of their baseline, once it is laid over."""
    metrics = by_name(after.metrics)
    for at, part in enumerate(company.metrics):
        doubt = wrong_side(metrics[folded(part.name)])
        if doubt:
            yield f"metrics.{at}.target: “{clip(part.name, 60)}” {doubt}"


def wrong_side(metric: Metric) -> str:
    """Why target and baseline of a metric do not go together; nothing when they do."""
    if metric.baseline is None or metric.target is None or metric.baseline == metric.target:
        return ""
    if (metric.target > metric.baseline) == (metric.direction is Direction.UP):
        return ""
    return (
        f"is to go {metric.direction}, but its target {metric.target:g} is on the other side of its baseline "
        f"{metric.baseline:g}; taken as it is: check both"
    )
