from typing import Any

import pytest

from planning.findings.values import Found, Rule
from planning.gaps.finding import find_gaps, missing_in
from planning.initiatives.values import Status
from tests.planning.portfolios import initiative, portfolio


def subjects(gaps: list[Found], rule: Rule) -> list[str]:
    return [str(gap.members[0]) for gap in gaps if gap.rule is rule]


def test_a_stage_that_nobody_works_on_is_a_gap_heaviest_first() -> None:
    gaps = find_gaps(portfolio(initiative(1, department=1, stages=(1,)), initiative(2, department=2, stages=(1,))))

    assert subjects(gaps, Rule.STAGE_WITHOUT_WORK) == ["stage:2", "stage:3"]


def test_an_empty_register_is_silence_and_not_a_gap() -> None:
    assert find_gaps(portfolio()) == []


def test_a_stage_of_one_department_is_a_gap_once_others_have_registered_too() -> None:
    alone = initiative(1, department=1, stages=(1,))
    other = initiative(2, department=2, stages=(2,))

    assert subjects(find_gaps(portfolio(alone)), Rule.SINGLE_DEPARTMENT_STAGE) == []
    assert subjects(find_gaps(portfolio(alone, other)), Rule.SINGLE_DEPARTMENT_STAGE) == ["stage:2", "stage:1"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"stages": ()}, ("stage",)),
        ({"owner": None}, ("owner",)),
        ({"starts_on": None, "ends_on": None}, ("start date", "end date")),
        ({"starts_on": None, "ends_on": None, "status": Status.IDEA}, ()),
    ],
)
def test_an_initiative_says_what_it_lacks_and_an_idea_needs_no_dates(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert missing_in(initiative(1, **changes)) == missing


def test_an_incomplete_initiative_is_told_in_one_sentence() -> None:
    (gap,) = [g for g in find_gaps(portfolio(initiative(7, owner=None, stages=()))) if g.score < 0.3]

    assert gap.facts[0].sentence == "CX-7 “A letter to members” (Marketing) has no stage and no owner yet."


def test_both_dates_are_missed_in_one_word() -> None:
    (gap,) = [g for g in find_gaps(portfolio(initiative(7, starts_on=None, ends_on=None))) if g.score < 0.3]

    assert gap.facts[0].sentence == "CX-7 “A letter to members” (Marketing) has no dates yet."
