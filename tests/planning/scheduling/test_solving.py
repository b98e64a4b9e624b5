from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.scheduling.checking import check, unchanged
from planning.scheduling.levelling import level
from planning.scheduling.solving import first_answer, solve
from planning.scheduling.values import (
    Activity,
    Apart,
    Block,
    Clause,
    Ended,
    Goal,
    Instance,
    Limits,
    Mode,
    Precedence,
    Resource,
    Solution,
)
from tests.planning.scheduling.instances import answers, crowd, instances, shop

LIMITS = Limits(seconds=20, workers=1)
WEEK = Mode((Block(1, 0, 1, 1),), 1)


@pytest.mark.parametrize("goal", Goal)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_answer_is_the_best_of_all_or_there_is_none(goal: Goal, data: st.DataObject) -> None:
    instance = data.draw(instances(goal))

    outcome = solve(instance, LIMITS)

    best = min((answer.cost for answer in answers(instance)), default=None)
    assert outcome.ended is Ended.PROVEN
    assert (outcome.solution.cost if outcome.solution else None) == best


@pytest.mark.parametrize("goal", Goal)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_answer_breaks_nothing_and_is_no_worse_than_the_greedy_one_or_no_change(
    goal: Goal, data: st.DataObject
) -> None:
    instance = data.draw(instances(goal))

    solution = solve(instance, LIMITS).solution

    if solution is not None:
        others = [other for other in (level(instance), unchanged(instance)) if other and not check(instance, other)]
        assert check(instance, solution) == []
        assert solution.cost <= min((other.cost for other in others), default=solution.cost)


def test_where_nothing_is_short_nothing_changes() -> None:
    instance = Instance((Activity(1, (0, 1), (WEEK,), usual=1, price=5),), (Resource(1, beyond=1),))

    outcome = solve(instance, LIMITS)

    assert outcome.solution == Solution({1: 1}, {1: 0}, {}, cost=0, bound=0)


def test_of_two_that_want_the_same_week_the_cheaper_one_moves() -> None:
    dear, cheap = Activity(1, (0, 1), (WEEK,), price=9), Activity(2, (0, 1), (WEEK,), price=2)

    solution = solve(Instance((dear, cheap), (Resource(1, beyond=1),)), LIMITS).solution

    assert solution is not None
    assert solution.starts == {1: 0, 2: 1}


def test_what_cannot_be_done_says_what_is_short_by_how_much_when() -> None:
    pinned = tuple(Activity(each, (0,), (WEEK,)) for each in (1, 2, 3))

    assert solve(Instance(pinned, (Resource(1, beyond=1),)), LIMITS).infeasible

    solution = solve(Instance(pinned, (Resource(1, beyond=1, price=100),)), LIMITS).solution
    assert solution is not None
    assert solution.extra == {(1, 0): 2}


def test_a_group_is_touched_once() -> None:
    busy = Activity(1, (0,), (WEEK,))
    both = tuple(Activity(each, (0, 1, 2), (WEEK,), price=1, group=7) for each in (2, 3))

    solution = solve(Instance((busy, *both), (Resource(1, beyond=1),), groups={7: 50}), LIMITS).solution

    assert solution is not None
    assert solution.cost == 50 + 1 + 2


def test_one_of_two_is_kept_when_each_may_be_left_out() -> None:
    same = tuple(Activity(each, (0,), (WEEK,), drop=each) for each in (1, 2))
    keep = Clause(present=frozenset({1, 2}))

    solution = solve(Instance(same, (Resource(1, beyond=0, price=50),), clauses=(keep,)), LIMITS).solution

    assert solution is not None
    assert solution.starts.keys() == {2}


def test_children_move_with_their_parent_for_nothing() -> None:
    parent, child = Activity(1, (0, 5), price=1), Activity(2, (2,), usual=2, price=9, parent=1)
    rival = Activity(3, (2,))

    solution = solve(Instance((parent, child, rival), aparts=(Apart(2, 3, -1, 1),)), LIMITS).solution

    assert solution is not None
    assert (solution.starts, solution.cost) == ({1: 5, 2: 7, 3: 2}, 5)


def test_another_answer_can_be_asked_for() -> None:
    instance = crowd(4)
    first = solve(instance, LIMITS).solution
    assert first is not None

    unlike = (frozenset(first.starts.items()),)
    second = solve(Instance(instance.activities, instance.resources, unlike=unlike), LIMITS).solution

    assert second is not None
    assert second.starts != first.starts


def test_what_follows_waits() -> None:
    one, two = Activity(1, range(9), (Mode(length=3),)), Activity(2, range(9), (Mode(length=2),))

    solution = solve(Instance((one, two), precedences=(Precedence(1, 2, lag=1),), goal=Goal.MAKESPAN), LIMITS).solution

    assert solution is not None
    assert solution == Solution({1: 0, 2: 4}, {1: 0, 2: 0}, {}, cost=6, bound=6)


@pytest.mark.parametrize("busy", [False, True], ids=["idle machine", "busy machine"])
def test_the_same_effort_gives_the_same_answer(busy: bool) -> None:
    instance, limits = crowd(40), Limits(seconds=60, effort=0.3)
    others = [Thread(target=solve, args=(crowd(30), limits)) for _ in range(3 * busy)]
    for other in others:
        other.start()

    first, second = solve(instance, limits), solve(instance, limits)

    for other in others:
        other.join()
    assert first.ended is Ended.EFFORT
    assert first == second


def test_the_same_effort_gives_the_same_short_schedule() -> None:
    limits = Limits(seconds=60, effort=0.3)

    first, second = solve(shop(60), limits), solve(shop(60), limits)

    assert first == second
    assert first.solution is not None
    assert check(shop(60), first.solution) == []


def test_the_deadline_is_kept_and_said() -> None:
    assert solve(crowd(60), Limits(seconds=0.5)).ended is Ended.DEADLINE


def test_what_is_stopped_already_is_never_begun_and_the_first_answer_stands() -> None:
    outcome = solve(crowd(60), Limits(seconds=60), lambda _told: None, stop=lambda: True)

    assert outcome.ended is Ended.STOPPED
    assert outcome.solution == first_answer(crowd(60))


def test_who_has_had_enough_gets_the_best_so_far() -> None:
    told: list[Solution] = []

    outcome = solve(crowd(60), Limits(seconds=60), told.append, stop=lambda: len(told) > 1)

    assert outcome.ended is Ended.STOPPED
    assert outcome.solution is not None
    assert outcome.solution.cost == told[-1].cost


def test_each_answer_that_is_told_is_better_than_the_one_before() -> None:
    told: list[Solution] = []

    solve(crowd(20), Limits(seconds=5, workers=1), told.append)

    costs = [solution.cost for solution in told]
    assert len(costs) > 1
    assert costs == sorted(set(costs), reverse=True)


def test_the_process_outlives_a_search_for_what_turns_out_impossible_as_it_begins() -> None:
    crowded = Activity(2, (0, 1), (asks(3, 4, 7, 7), asks(3, 3, 4, 4, 4, 4), asks(3, 3, 3, 3, 3, 3, 3)))
    parent = Activity(3, tuple(range(-2, 14)), price=40, touch=60)
    child = Activity(4, tuple(range(-7, 1)), (asks(10, 9, 4),), price=16, touch=20, parent=3)
    few = Resource(1, (*[2] * 9, 9, 9, 4, *[2] * 16), beyond=2_000)

    outcome = solve(
        Instance((Activity(1, (0,), (asks(8, 1, 9, 9, 4),)), crowded, parent, child), (few,)),
        Limits(seconds=20, effort=1, workers=2),
    )

    assert outcome.infeasible


def asks(first: int, *demands: int) -> Mode:
    """So many units in each period from the first on."""
    return Mode(tuple(Block(1, first + place, 1, demand) for place, demand in enumerate(demands)))
