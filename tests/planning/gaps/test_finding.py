from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from planning.findings.values import Found
from planning.gaps.finding import find_gaps
from planning.initiatives.values import Effect, Initiative, Status
from planning.journey.values import HandOff
from planning.metrics.values import Direction, Metric
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from tests.planning.portfolios import (
    CLAIM,
    FIRMS,
    FLOOD_HOMES,
    HOMES,
    HOUSEHOLDS,
    JOURNEY,
    QUOTE,
    contact,
    initiative,
    portfolio,
    score,
)

METRICS = (
    Metric(1, "Renewals", direction=Direction.UP, baseline=60, target=80),
    Metric(2, "Calls", direction=Direction.DOWN, stage=CLAIM.id, baseline=30, target=10, feeds=1),
)
PROBLEMS = (Problem(1, "Thrice", needs=(Part.POLICY, Part.SYSTEM)), Problem(2, "Maze", needs=(Part.MESSAGE,)))
SCORES = (score(QUOTE.id, (40, 55)), score(CLAIM.id, (10,)), score(9, (1, 2)))
"""Of a stage in dispute, of one that is agreed on, and of one that was taken out."""
HAND_OFFS = (HandOff(1, 1, 2, 1, 2, 1), HandOff(2, 2, 3, giver=2))
FEW_NUMBERS = some.integers(1, 4)


def few_of(*values: object) -> some.SearchStrategy[tuple[object, ...]]:
    return some.lists(some.sampled_from(values), max_size=2, unique=True).map(tuple)


DRAFTS = some.fixed_dictionaries(
    {
        "department": some.integers(1, 3),
        "owner": some.sampled_from([None, 3]),
        "status": some.sampled_from([Status.IDEA, Status.ACTIVE, Status.CANCELLED]),
        "ends_on": some.none(),
        "stages": few_of(1, 2, 3),
        "segments": few_of(*(one.id for one in (HOUSEHOLDS, HOMES, FLOOD_HOMES, FIRMS))),
        "contacts": few_of(contact(segment=HOMES), contact(segment=FIRMS)),
        "effects": few_of(*(Effect(id, direction) for id in (1, 2) for direction in Direction)),
        "serves": some.sampled_from([None, 1, 2]),
        "supplies": few_of(Part.POLICY, Part.SYSTEM, Part.MESSAGE),
    }
)
HISTORIES = some.lists(some.tuples(FEW_NUMBERS, DRAFTS), max_size=4)


def company(initiatives: dict[int, Initiative]) -> Portfolio:
    live = (one for one in initiatives.values() if one.live)
    journey = replace(JOURNEY, hand_offs=HAND_OFFS)
    return portfolio(*live, journey=journey, metrics=METRICS, problems=PROBLEMS, scores=SCORES)


def everything(portfolio: Portfolio) -> list[Found]:
    return find_gaps(portfolio, Scope.everything(portfolio))


@settings(max_examples=200, deadline=None)
@given(HISTORIES, FEW_NUMBERS, DRAFTS)
def test_looking_again_around_a_change_is_as_good_as_looking_at_everything(
    history: list[tuple[int, dict[str, object]]], id: int, changed: dict[str, object]
) -> None:
    before = {number: initiative(number, **fields) for number, fields in history}
    after = before | {id: initiative(id, **changed)}
    scope = Scope.around([each[id] for each in (before, after) if id in each], company(after))
    untouched = [gap for gap in everything(company(before)) if not scope.covers(gap)]

    again = find_gaps(company(after), scope)

    assert again == [gap for gap in everything(company(after)) if scope.covers(gap)]
    assert sorted([*untouched, *again], key=key) == sorted(everything(company(after)), key=key)


def key(gap: Found) -> str:
    return gap.key


def test_gaps_come_worst_first() -> None:
    scores = [gap.score for gap in everything(company({1: initiative(1, serves=1), 2: initiative(2, department=2)}))]

    assert scores == sorted(scores, reverse=True)
    assert min(scores) < max(scores)


def test_an_empty_register_is_silence_and_no_gap_of_work() -> None:
    assert {gap.rule for gap in everything(portfolio())} == {"stage_without_owner"}
