"""Metrics feed metrics, up to the financial one."""

from collections.abc import Iterable, Mapping

from planning.metrics.values import Metric


def fed(starts: Iterable[int], metrics: Iterable[Metric]) -> frozenset[int]:
    """The ids of these metrics and of all that they feed, however far."""
    feeds = {metric.id: metric.feeds for metric in metrics}
    reached: set[int] = set()
    for start in starts:
        current: int | None = start
        while current is not None and current not in reached:
            reached.add(current)
            current = feeds.get(current)
    return frozenset(reached)


def chain_from(start: int, metrics: Mapping[int, Metric]) -> list[Metric]:
    """The metric and all that it feeds, one after another; each once, should they go round in a circle."""
    chain: dict[int, Metric] = {}
    current: int | None = start
    while current is not None and current in metrics and current not in chain:
        chain[current] = metrics[current]
        current = metrics[current].feeds
    return [*chain.values()]
