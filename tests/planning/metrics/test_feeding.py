"""Chains of metrics."""

from planning.metrics.feeding import chain_from
from tests.builders import metric


def test_a_chain_ends_where_nothing_is_fed_and_goes_round_once() -> None:
    resolved, pleased = metric(id=1, feeds=2), metric(id=2, feeds=3)
    money = metric(id=3)

    assert chain_from(1, {1: resolved, 2: pleased, 3: money}) == [resolved, pleased, money]
    assert chain_from(1, {1: resolved, 2: metric(id=2, feeds=1)}) == [resolved, metric(id=2, feeds=1)]
    assert chain_from(1, {1: resolved}) == [resolved]
