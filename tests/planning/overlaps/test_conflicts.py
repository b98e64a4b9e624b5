from collections import defaultdict
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given

from planning.findings.facts import OpposedEffects, TenseEffects
from planning.findings.values import Found, Rule
from planning.initiatives.values import Effect, Initiative
from planning.metrics.values import Direction, Tension
from planning.overlaps.conflicts import metric_conflict
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from tests.planning.overlaps.crowded import METRICS, Change, changes, part_equals_whole
from tests.planning.portfolios import initiative, portfolio

RENEWAL, CALLS = METRICS
TENSION = Tension(RENEWAL.id, CALLS.id, "Fewer calls sell less.")
RAISED, LOWERED = Effect(RENEWAL.id, Direction.UP), Effect(RENEWAL.id, Direction.DOWN)
FEWER, MORE = Effect(CALLS.id, Direction.DOWN), Effect(CALLS.id, Direction.UP)


def all_of(company: Portfolio) -> list[Found]:
    return list(metric_conflict(company, Scope.everything(company)))


def moving(id: int, effect: Effect, **fields: Any) -> Initiative:
    return initiative(id, **{"department": id, "effects": (effect,), **fields})


def conflicts(*initiatives: Initiative, **fields: Any) -> list[Found]:
    return all_of(portfolio(*initiatives, **{"metrics": METRICS, "tensions": (TENSION,), **fields}))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (RAISED, LOWERED, True),
        (RAISED, RAISED, False),
        (RAISED, FEWER, True),
        (RAISED, MORE, False),
        (LOWERED, MORE, False),
    ],
    ids=["opposed", "the same way", "in tension", "one the worse way", "both the worse way"],
)
def test_a_conflict_is_an_opposed_effect_or_the_better_ways_of_a_tension(
    first: Effect, second: Effect, told: bool
) -> None:
    assert bool(conflicts(moving(1, first), moving(2, second))) is told


def test_one_department_may_weigh_its_own_metrics() -> None:
    assert not conflicts(moving(1, RAISED), moving(2, LOWERED, department=1))


def test_a_conflict_is_on_a_stage_that_both_work_on() -> None:
    assert not conflicts(moving(1, RAISED, stages=(1,)), moving(2, LOWERED, stages=(2, 3)))


@pytest.mark.parametrize(
    ("ends_on", "told"),
    [(date(2027, 4, 30), True), (date(2027, 4, 29), False), (None, True)],
    ids=["a day in common", "the day before", "no end known"],
)
def test_a_conflict_is_in_days_that_both_have_unless_one_does_not_say(ends_on: date | None, told: bool) -> None:
    first = moving(1, RAISED, starts_on=date(2027, 4, 1), ends_on=ends_on)
    second = moving(2, LOWERED, starts_on=date(2027, 4, 30), ends_on=date(2027, 6, 30))

    assert bool(conflicts(first, second)) is told


def test_the_reason_names_metric_stages_and_who_moves_it_which_way() -> None:
    (found,) = conflicts(moving(1, LOWERED, stages=(1, 2)), moving(2, RAISED, stages=(2, 1)))

    assert found.why == (
        "On “Quote” and “Claim” Claims would raise “Renewal rate” (CX-2) and Marketing would lower it (CX-1)."
    )


def test_the_reason_of_a_tension_says_why_it_is_one() -> None:
    (found,) = conflicts(moving(1, FEWER), moving(2, RAISED))

    assert found.why == (
        "On “Quote” Claims would improve “Renewal rate” (CX-2) and Marketing “Calls per claim” (CX-1), "
        "which pull against each other: Fewer calls sell less."
    )


def test_an_opposed_effect_scores_above_a_tension_and_a_weighty_stage_above_a_light_one() -> None:
    (light,) = conflicts(moving(1, RAISED, stages=(3,)), moving(2, FEWER, stages=(3,)))
    (weighty,) = conflicts(moving(1, RAISED, stages=(2,)), moving(2, FEWER, stages=(2,)))
    (opposed,) = conflicts(moving(1, RAISED, stages=(2,)), moving(2, LOWERED, stages=(2,)))

    assert light.score < weighty.score < opposed.score


def test_less_is_sure_where_one_does_not_say_when_it_runs() -> None:
    (dated,) = conflicts(moving(1, RAISED), moving(2, LOWERED))
    (undated,) = conflicts(moving(1, RAISED), moving(2, LOWERED, ends_on=None))

    assert undated.score < dated.score


def test_a_threshold_that_verdicts_raised_hides_the_mild() -> None:
    assert not conflicts(moving(1, RAISED), moving(2, FEWER), least={Rule.METRIC_CONFLICT: 0.7})


@given(changes())
def test_a_change_is_judged_as_in_a_full_pass(change: Change) -> None:
    part_equals_whole(metric_conflict, change)


@given(changes())
def test_conflicts_are_those_that_comparing_every_two_finds(change: Change) -> None:
    _, company, _ = change

    assert {found.pair: clashes(found) for found in all_of(company)} == one_by_one(company)


def clashes(found: Found) -> set[tuple[str, int, int]]:
    """Kind of clash, and who is on which side of it."""
    return {
        ("opposed", fact.raises.initiative, fact.lowers.initiative)
        if isinstance(fact, OpposedEffects)
        else ("tense", fact.first.initiative, fact.second.initiative)
        for fact in found.facts
        if isinstance(fact, OpposedEffects | TenseEffects)
    }


def one_by_one(company: Portfolio) -> dict[tuple[int, int] | None, set[tuple[str, int, int]]]:
    found: defaultdict[tuple[int, int] | None, set[tuple[str, int, int]]] = defaultdict(set)
    for one, other in permutations(company.initiatives, 2):
        pair = min(one.id, other.id), max(one.id, other.id)
        for first in one.draft.effects if together(one, other) else ():
            for second in other.draft.effects:
                if first.metric == second.metric and (first.direction, second.direction) == (
                    Direction.UP,
                    Direction.DOWN,
                ):
                    found[pair].add(("opposed", one.id, other.id))
                if (first, second) == (RAISED, FEWER):
                    found[pair].add(("tense", one.id, other.id))
    return found


def together(one: Initiative, other: Initiative) -> bool:
    """Different departments, a stage in common, and days in common unless one does not say."""
    days = one.window is None or other.window is None or one.window.shared_with(other.window) is not None
    shared = set(one.draft.stages) & set(other.draft.stages)
    return days and bool(shared) and one.draft.department != other.draft.department
