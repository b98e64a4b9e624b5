from dataclasses import replace
from typing import Any

from hypothesis import given

from planning.initiatives.values import Initiative
from planning.portfolio.completeness import Completeness, completeness, fixes
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from tests.planning.portfolios import initiative, portfolio
from tests.planning.random_portfolios import portfolios

NEEDS = (Part.POLICY, Part.SYSTEM, Part.MESSAGE)
THRICE, MAZE, VAGUE = Problem(1, "Told it thrice", needs=NEEDS), Problem(2, "A maze", needs=NEEDS), Problem(3, "Vague")


def company(*initiatives: Initiative, **fields: Any) -> Portfolio:
    """Two problems with described fixes and one without."""
    return portfolio(*initiatives, problems=(THRICE, MAZE, VAGUE), **fields)


def test_a_fix_says_who_brings_which_part_and_what_is_missing() -> None:
    first, second = initiative(1, serves=1, supplies=(Part.SYSTEM,)), initiative(4, serves=1, supplies=(Part.SYSTEM,))
    fix, *_ = fixes(company(first, second, supplied={1: {Part.POLICY: (2, 3)}}))

    assert fix.brought == {Part.POLICY: (2, 3), Part.SYSTEM: (1, 4)}
    assert fix.missing == (Part.MESSAGE,)
    assert fix.initiatives == (1, 2, 3, 4)


def test_the_share_counts_the_problems_whose_fix_is_described() -> None:
    told = completeness(company(initiative(1, serves=1, supplies=NEEDS), initiative(2, serves=3), initiative(3)))

    assert (told.complete, told.described, told.share) == (1, 2, 0.5)


def test_dabbling_is_to_work_on_a_problem_whose_fix_lacks_a_part_and_to_say_nothing_is_not() -> None:
    whole, part = initiative(1, serves=1, supplies=NEEDS), initiative(2, serves=2, supplies=NEEDS[:1])
    told = completeness(company(whole, part, initiative(3), initiative(4, serves=3)))

    assert (told.lacking, told.serving, told.unsaid, told.dabbling) == (1, 2, 1, 0.5)


def test_while_nobody_names_a_problem_both_are_unknown() -> None:
    told = completeness(company(initiative(1), initiative(2)))

    assert (told.share, told.dabbling, told.unsaid) == (None, None, 2)


def test_without_a_described_fix_both_are_unknown() -> None:
    told = completeness(portfolio(initiative(1, serves=3), problems=(VAGUE,)))

    assert (told.share, told.dabbling) == (None, None)


def test_finished_work_alone_makes_a_fix_complete() -> None:
    told = completeness(company(supplied={1: dict.fromkeys(NEEDS, (7,))}))

    assert (told.share, told.dabbling) == (0.5, None)


@given(portfolios())
def test_one_more_part_never_makes_fixes_less_complete(company: Portfolio) -> None:
    before = completeness(company).share
    for one in company.initiatives:
        for part in Part:
            after = completeness(with_part(company, one, part)).share
            assert (after is None) is (before is None)
            assert before is None or after is None or after >= before


@given(portfolios())
def test_both_are_shares_by_their_definitions(company: Portfolio) -> None:
    told, serving = completeness(company), [one for one in company.initiatives if one.draft.serves == 1]
    brought = {part for one in serving for part in one.draft.supplies}
    whole = {Part.POLICY, Part.MESSAGE} <= brought

    assert told == Completeness(
        complete=int(whole),
        described=1,
        lacking=0 if whole else len(serving),
        serving=len(serving),
        unsaid=sum(one.draft.serves is None for one in company.initiatives),
        known=any(one.draft.serves for one in company.initiatives),
    )
    assert all(value is None or 0 <= value <= 1 for value in (told.share, told.dabbling))


def with_part(company: Portfolio, one: Initiative, part: Part) -> Portfolio:
    """The same with one initiative that brings one more part."""
    supplies = tuple(dict.fromkeys((*one.draft.supplies, part)))
    return company.with_draft(replace(one, draft=replace(one.draft, supplies=supplies)), {})
