from dataclasses import replace

import pytest

from planning.scheduling.checking import check, settled
from planning.scheduling.values import Activity, Apart, Block, Clause, Instance, Mode, Precedence, Resource

PAIR = Instance(
    (
        Activity(1, (0, 1, 2), (Mode((Block(1, 0, 2, 3),), length=2),), price=4, touch=10, group=1),
        Activity(2, (0, 1, 2, 5), (Mode((Block(1, 0, 1, 2),), length=1),), usual=2, drop=7, group=1),
    ),
    (Resource(1, beyond=3),),
    (Precedence(1, 2),),
    groups={1: 100},
)


def test_a_price_is_paid_for_each_period_for_the_change_and_once_for_the_group() -> None:
    assert settled(PAIR, {1: 2, 2: 5}, {1: 0, 2: 0}).cost == 2 * 4 + 10 + 100


def test_leaving_out_has_its_price_and_touches_the_group() -> None:
    assert settled(PAIR, {1: 0}, {1: 0}).cost == 7 + 100


@pytest.mark.parametrize(
    ("instance", "starts", "wrong"),
    [
        (PAIR, {1: 0, 2: 2}, []),
        (PAIR, {2: 2}, ["1 is left out"]),
        (PAIR, {1: 3, 2: 5}, ["1 must not start at 3"]),
        (PAIR, {1: 1, 2: 2}, ["2 starts before 1 is ready for it", "resource 1 is short in 2"]),
        (replace(PAIR, aparts=(Apart(2, 1, 0, 3),)), {1: 0, 2: 2}, ["2 and 1 are not apart"]),
        (replace(PAIR, aparts=(Apart(2, 1, 0, 3, price=5),)), {1: 0, 2: 2}, []),
        (
            replace(PAIR, clauses=(Clause(frozenset({2}), frozenset()),)),
            {1: 0},
            ["one of [2] must be there, or one of [] left out"],
        ),
        (replace(PAIR, unlike=(frozenset({(1, 0)}),)), {1: 0, 2: 2}, ["it is an answer that was ruled out"]),
    ],
    ids=["right", "left out", "start", "order and load", "near", "near for a price", "clause", "ruled out"],
)
def test_what_is_wrong_is_said(instance: Instance, starts: dict[int, int], wrong: list[str]) -> None:
    assert check(instance, settled(instance, starts, dict.fromkeys(starts, 0))) == wrong


def test_a_cost_that_is_not_so_is_wrong() -> None:
    solution = settled(PAIR, {1: 0, 2: 2}, {1: 0, 2: 0})

    assert check(PAIR, replace(solution, cost=3)) == ["the cost is another"]
