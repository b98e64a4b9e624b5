from typing import Any

import pytest

from planning.findings.values import Found, Rule
from planning.initiatives.values import Initiative
from planning.problems.values import Part, Problem
from tests.planning.gaps.companies import gaps_of
from tests.planning.portfolios import initiative, portfolio

NEEDS = (Part.POLICY, Part.SYSTEM, Part.MESSAGE)
THRICE, MAZE = Problem(1, "Told it thrice", needs=NEEDS), Problem(2, "Closing is a maze", needs=NEEDS)


def incomplete(*initiatives: Initiative, **fields: Any) -> list[Found]:
    """The gaps of fixes in a company with two problems."""
    return gaps_of(portfolio(*initiatives, problems=(THRICE, MAZE), **fields), Rule.PROBLEM_FIX_INCOMPLETE)


def test_needed_parts_that_nobody_brings_are_named_in_the_order_of_the_problem() -> None:
    gap, *_ = incomplete(initiative(1, serves=1, supplies=(Part.SYSTEM,)))

    assert gap.why == "The fix of “Told it thrice” still lacks policy and message."


def test_a_problem_that_nobody_serves_lacks_everything_once_others_are_served() -> None:
    (gap,) = incomplete(initiative(1, serves=1, supplies=NEEDS))

    assert gap.why == "The fix of “Closing is a maze” still lacks policy, system and message."


def test_while_no_initiative_serves_a_problem_what_they_fix_is_unknown() -> None:
    assert incomplete(initiative(1)) == []


def test_done_work_still_brings_its_parts() -> None:
    done = {1: dict.fromkeys((Part.POLICY, Part.MESSAGE), (7,)), 2: dict.fromkeys(NEEDS, (8, 9))}

    assert incomplete(initiative(1, serves=1, supplies=(Part.SYSTEM,)), supplied=done) == []


def test_the_share_that_is_missing_and_the_stages_of_its_work_say_how_bad_it_is() -> None:
    on_claims = initiative(1, serves=1, supplies=(Part.SYSTEM,), stages=(2, 3))
    thrice, maze = incomplete(on_claims)

    assert thrice.score == pytest.approx(0.4 + 0.6 * 2 / 3)
    assert maze.score == pytest.approx(1.0 * 3 / 5)


def test_a_dismissal_covers_fewer_missing_parts_and_not_others() -> None:
    (before, _), (fewer, _) = (
        incomplete(initiative(1, serves=1)),
        incomplete(initiative(1, serves=1, supplies=NEEDS[:1])),
    )

    assert fewer.covers < before.covers
