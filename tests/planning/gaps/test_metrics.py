from dataclasses import replace
from datetime import date

import pytest

from planning.findings.values import Rule
from planning.initiatives.values import Effect
from planning.metrics.readings import Reading
from planning.metrics.values import Direction, Metric
from planning.portfolio.values import Portfolio
from tests.planning.gaps.companies import gaps_of, subjects
from tests.planning.portfolios import CLAIM, initiative, portfolio

RENEWAL = Metric(1, "Renewals", "%", Direction.UP, baseline=60, target=80)
TRUST = Metric(2, "Trust", "%", Direction.UP, CLAIM.id, baseline=70, target=70, feeds=1)
CALLS = Metric(3, "Repeat calls", "%", Direction.DOWN, CLAIM.id, baseline=30, target=10, feeds=2)


def company(*effects: Effect, metrics: tuple[Metric, ...] = (RENEWAL, TRUST, CALLS)) -> Portfolio:
    return portfolio(initiative(1, effects=effects), metrics=metrics)


def test_a_metric_off_its_target_that_nobody_betters_is_a_gap() -> None:
    assert subjects(company(Effect(2, Direction.DOWN)), Rule.METRIC_OFF_TARGET_UNMOVED) == ["metric:3", "metric:1"]


def test_the_wrong_direction_does_not_better_it() -> None:
    worse, better = company(Effect(3, Direction.UP)), company(Effect(3, Direction.DOWN))

    assert "metric:3" in subjects(worse, Rule.METRIC_OFF_TARGET_UNMOVED)
    assert subjects(better, Rule.METRIC_OFF_TARGET_UNMOVED) == []


def test_metrics_that_feed_each_other_in_a_ring_end() -> None:
    ring = (replace(RENEWAL, feeds=3), TRUST, CALLS)

    assert subjects(company(Effect(1, Direction.UP), metrics=ring), Rule.METRIC_OFF_TARGET_UNMOVED) == []


def test_while_no_initiative_names_a_metric_what_they_move_is_unknown() -> None:
    assert subjects(company(), Rule.METRIC_OFF_TARGET_UNMOVED) == []


@pytest.mark.parametrize("unclear", [replace(CALLS, baseline=None), replace(CALLS, target=None)])
def test_where_a_metric_stands_or_should_be_must_be_known(unclear: Metric) -> None:
    metrics = (TRUST, unclear)

    assert subjects(company(Effect(2, Direction.DOWN), metrics=metrics), Rule.METRIC_OFF_TARGET_UNMOVED) == []


def test_the_farther_from_its_target_the_worse() -> None:
    near, far = replace(CALLS, id=4, name="Letters", baseline=11), CALLS
    first, second = gaps_of(
        company(Effect(2, Direction.DOWN), metrics=(TRUST, near, far)), Rule.METRIC_OFF_TARGET_UNMOVED
    )

    assert (str(first.members[0]), str(second.members[0])) == ("metric:3", "metric:4")
    assert second.score == pytest.approx(0.5 + 0.5 / 11)


def test_a_metric_just_off_its_target_is_not_said_to_be_at_it() -> None:
    close = replace(CALLS, baseline=10.004, unit="")
    (gap,) = gaps_of(company(Effect(2, Direction.DOWN), metrics=(TRUST, close)), Rule.METRIC_OFF_TARGET_UNMOVED)

    assert gap.why.startswith("“Repeat calls” stands at 10.004 against a target of 10, and no")


def test_a_gap_says_where_the_metric_stands_and_where_it_should_be() -> None:
    due = replace(CALLS, baseline=30.5, target_on=date(2027, 6, 30))
    (gap,) = gaps_of(company(Effect(2, Direction.DOWN), metrics=(TRUST, due)), Rule.METRIC_OFF_TARGET_UNMOVED)

    assert gap.why == (
        "“Repeat calls” stands at 30.5% against a target of 10 by 30 June 2027, "
        "and no live initiative is meant to improve it (importance 5 of 5)."
    )


def test_the_last_reading_counts_and_not_where_it_stood_at_first() -> None:
    off = replace(company(Effect(2, Direction.DOWN), metrics=(TRUST, CALLS)), latest={3: reading(3, 12.0)})
    (gap,) = gaps_of(off, Rule.METRIC_OFF_TARGET_UNMOVED)

    assert gap.why.startswith("“Repeat calls” stands at 12% (3 January 2027) against a target of 10,")
    there = replace(off, latest={2: reading(2, 60.0), 3: reading(3, 10.0)})
    assert subjects(there, Rule.METRIC_OFF_TARGET_UNMOVED) == ["metric:2"]


def reading(metric: int, value: float) -> Reading:
    return Reading(metric, date(2027, 1, 3), value)
