from dataclasses import replace

import pytest

from planning.findings.values import Rule
from planning.initiatives.values import Initiative
from tests.planning.gaps.companies import gaps_of, subjects
from tests.planning.portfolios import FIRMS, FLOOD_HOMES, HOMES, HOUSEHOLDS, JOURNEY, contact, initiative, portfolio


@pytest.mark.parametrize(
    "serving",
    [
        initiative(1, segments=(HOUSEHOLDS.id,)),
        initiative(1, segments=(HOMES.id,)),
        initiative(1, segments=(FLOOD_HOMES.id,)),
        initiative(1, contacts=(contact(segment=HOMES),)),
    ],
    ids=["the largest", "the middle", "the smallest", "by a contact"],
)
def test_who_serves_a_segment_serves_all_above_and_below_it(serving: Initiative) -> None:
    assert subjects(portfolio(serving), Rule.SEGMENT_UNSERVED) == [f"segment:{FIRMS.id}"]


def test_while_no_initiative_names_a_segment_whom_they_are_for_is_unknown() -> None:
    assert subjects(portfolio(initiative(1)), Rule.SEGMENT_UNSERVED) == []


def test_sisters_are_not_served_by_each_other() -> None:
    sister = replace(FIRMS, id=5, name="Flats", parent=HOUSEHOLDS.id)
    company = portfolio(
        initiative(1, segments=(HOMES.id,)), journey=replace(JOURNEY, segments=(*JOURNEY.segments, sister))
    )

    assert subjects(company, Rule.SEGMENT_UNSERVED) == ["segment:4", "segment:5"]


def test_the_weight_of_a_segment_says_how_bad_it_is() -> None:
    light, heavy = replace(FIRMS, id=5, name="Clubs", weight=1), replace(FIRMS, id=6, name="Farms", weight=5)
    journey = replace(JOURNEY, segments=(HOMES, light, heavy))
    worst, least = gaps_of(portfolio(initiative(1, segments=(HOMES.id,)), journey=journey), Rule.SEGMENT_UNSERVED)

    assert worst.why == "No live initiative is for Farms or contacts them (importance 5 of 5)."
    assert worst.score == pytest.approx(5 * least.score)
