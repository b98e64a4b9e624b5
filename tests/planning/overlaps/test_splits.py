from typing import Any

import pytest
from hypothesis import given

from planning.findings.facts import MissingParts, ServingPart, SplitParts
from planning.findings.values import Found, Member, Rule, Subject
from planning.overlaps.splits import split_problem
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from tests.planning.portfolios import initiative, portfolio
from tests.planning.random_portfolios import portfolios

SHOCK = Problem(7, "Renewal shock", needs=(Part.POLICY, Part.MESSAGE, Part.MEASURE))


def splits(company: Portfolio) -> list[Found]:
    return list(split_problem(company, Scope.everything(company)))


def two(departments: tuple[int, int] = (1, 2), **fields: Any) -> Portfolio:
    first, second = (
        initiative(id, department=department, serves=7, supplies=(part,))
        for id, department, part in zip((1, 2), departments, (Part.POLICY, Part.MESSAGE), strict=True)
    )
    return portfolio(first, second, problems=(SHOCK,), **fields)


def test_two_departments_that_serve_one_problem_split_it() -> None:
    (found,) = splits(two())

    assert found.initiatives() == (1, 2)
    assert Member(Subject.PROBLEM, 7) in found.members
    assert found.facts[0] == SplitParts(problem="Renewal shock", departments=("Claims", "Marketing"))


def test_one_department_alone_does_not_split_a_problem() -> None:
    assert not splits(two(departments=(1, 1)))


def test_each_member_is_told_with_the_parts_that_it_brings() -> None:
    (found,) = splits(two())

    brought = [fact.supplies for fact in found.facts if isinstance(fact, ServingPart)]
    assert brought == [("policy",), ("message",)]


def test_the_parts_that_nobody_brings_are_told() -> None:
    (found,) = splits(two())

    assert found.facts[-1] == MissingParts(problem="Renewal shock", missing=("measure",))


def test_what_finished_work_brought_is_not_missing() -> None:
    (found,) = splits(two(supplied={7: {"measure": (9,)}}))

    assert not any(isinstance(fact, MissingParts) for fact in found.facts)


@pytest.mark.parametrize(
    ("less", "more"),
    [(((1, 1), (2, 1)), ((1, 1), (2, 1), (3, 1))), (((1, 3), (2, 3)), ((1, 2), (2, 3)))],
    ids=["a third department", "a weightier stage"],
)
def test_more_departments_and_weightier_stages_score_higher(
    less: tuple[tuple[int, int], ...], more: tuple[tuple[int, int], ...]
) -> None:
    few, many = (
        portfolio(
            *(initiative(id, department=who, stages=(stage,), serves=7) for id, (who, stage) in enumerate(some, 1)),
            problems=(SHOCK,),
        )
        for some in (less, more)
    )

    assert splits(few)[0].score < splits(many)[0].score


def test_the_threshold_of_the_workspace_decides() -> None:
    assert not splits(two(least={Rule.SPLIT_PROBLEM: 0.99}))


@given(portfolios())
def test_looking_around_one_finds_exactly_what_looking_at_all_finds_of_it(company: Portfolio) -> None:
    everything = splits(company)

    for one in company.initiatives:
        scope = Scope.around([one], company)
        assert list(split_problem(company, scope)) == [found for found in everything if scope.covers(found)]


@given(portfolios())
def test_the_members_are_all_that_name_a_problem_of_several_departments(company: Portfolio) -> None:
    expected = {}
    for problem in company.problems:
        serving = [one for one in company.initiatives if one.draft.serves == problem.id]
        if len({one.draft.department for one in serving}) > 1:
            expected[Member(Subject.PROBLEM, problem.id)] = tuple(one.id for one in serving)

    assert {found.members[-1]: found.initiatives() for found in splits(company)} == expected
