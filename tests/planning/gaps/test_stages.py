from dataclasses import replace

import pytest

from planning.findings.values import Rule
from planning.initiatives.values import Initiative
from planning.metrics.values import Metric
from tests.planning.gaps.companies import gaps_of, subjects
from tests.planning.portfolios import CLAIM, JOURNEY, QUOTE, RENEW, initiative, portfolio


def test_a_stage_that_nobody_works_on_is_a_gap_heaviest_first() -> None:
    company = portfolio(initiative(1, department=1, stages=(1,)), initiative(2, department=2, stages=(1,)))

    assert subjects(company, Rule.STAGE_WITHOUT_WORK) == ["stage:2", "stage:3"]


@pytest.mark.parametrize("initiatives", [(), (initiative(1, stages=()),)], ids=["none", "one that names no stage"])
def test_while_no_initiative_names_a_stage_who_works_where_is_unknown(initiatives: tuple[Initiative, ...]) -> None:
    assert subjects(portfolio(*initiatives), Rule.STAGE_WITHOUT_WORK) == []


def test_a_stage_of_one_department_is_a_gap_once_others_have_registered_too() -> None:
    alone = initiative(1, department=1, stages=(1,))
    other = initiative(2, department=2, stages=(2,))

    assert subjects(portfolio(alone), Rule.SINGLE_DEPARTMENT_STAGE) == []
    assert subjects(portfolio(alone, other), Rule.SINGLE_DEPARTMENT_STAGE) == ["stage:2", "stage:1"]


def test_who_is_alone_on_a_stage_is_told_with_how_much_it_does() -> None:
    company = portfolio(initiative(1), initiative(2), initiative(3, department=2, stages=(2,)))

    _, gap = gaps_of(company, Rule.SINGLE_DEPARTMENT_STAGE)

    assert gap.facts[0].sentence == "Only Marketing works on “Quote” (2 initiatives, importance 4 of 5)."


def test_a_stage_for_which_nobody_is_accountable_is_a_gap() -> None:
    owned = replace(JOURNEY, stages=(QUOTE, replace(CLAIM, owner=1), RENEW))

    assert subjects(portfolio(journey=owned), Rule.STAGE_WITHOUT_OWNER) == ["stage:1", "stage:3"]


def test_a_stage_that_no_metric_measures_is_a_gap_once_there_are_metrics() -> None:
    assert subjects(portfolio(), Rule.STAGE_WITHOUT_METRIC) == []
    assert subjects(portfolio(metrics=(Metric(1, "Calls", stage=2),)), Rule.STAGE_WITHOUT_METRIC) == [
        "stage:1",
        "stage:3",
    ]


def test_what_a_stage_lacks_is_told_in_one_sentence() -> None:
    gap, *_ = gaps_of(portfolio(), Rule.STAGE_WITHOUT_OWNER)

    assert gap.why == "Nobody is accountable for “Claim” (importance 5 of 5)."
