from dataclasses import replace
from typing import Any

import pytest

from planning.findings.values import Found, Rule
from planning.initiatives.values import Initiative
from planning.journey.values import HandOff
from planning.metrics.values import Metric
from tests.planning.gaps.companies import gaps_of
from tests.planning.portfolios import JOURNEY, initiative, portfolio

CALLS = Metric(1, "Calls")
SPANNING = initiative(1, stages=(1, 2))


def bare(*initiatives: Initiative, **fields: Any) -> list[Found]:
    """The gap of a hand-off from Quote to Claim that has all it needs, unless said otherwise."""
    hand_off = replace(HandOff(1, 1, 2, giver=1, receiver=2, metric=1), **fields)
    company = portfolio(*initiatives, journey=replace(JOURNEY, hand_offs=(hand_off,)), metrics=(CALLS,))
    return gaps_of(company, Rule.BARE_HAND_OFF)


def test_a_hand_off_with_all_it_needs_is_no_gap() -> None:
    assert bare(SPANNING) == []


def test_work_on_either_side_is_not_work_on_the_hand_off() -> None:
    (gap,) = bare(initiative(1, stages=(1,)), initiative(2, department=2, stages=(2,)))

    assert gap.why == (
        "The hand-off from “Quote” to “Claim” has no initiative that works on both sides (importance 5 of 5)."
    )


@pytest.mark.parametrize("part", ["giver", "receiver", "metric"])
def test_a_hand_off_without_giver_receiver_or_metric_is_a_gap(part: str) -> None:
    (gap,) = bare(SPANNING, **{part: None})

    assert gap.why == f"The hand-off from “Quote” to “Claim” has no {part} (importance 5 of 5)."


def test_while_nobody_has_registered_work_the_hand_off_does_not_lack_it() -> None:
    (gap,) = bare(giver=None, metric=None)

    assert gap.why == "The hand-off from “Quote” to “Claim” has no giver and no metric (importance 5 of 5)."


def test_a_bare_hand_off_is_worse_the_more_it_lacks() -> None:
    (nothing,) = bare(initiative(1), giver=None, receiver=None, metric=None)
    (no_metric,) = bare(SPANNING, metric=None)

    assert [nothing.score, no_metric.score] == pytest.approx([1.0, 1 / 6])


def test_a_hand_off_to_a_stage_that_is_gone_is_not_told() -> None:
    assert bare(SPANNING, after=99) == []
