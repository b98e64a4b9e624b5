from planning.scheduling.bounds import least_makespan
from planning.scheduling.checking import check, unchanged
from planning.scheduling.improving import improved
from planning.scheduling.levelling import level
from planning.scheduling.values import Activity, Block, Goal, Instance, Mode, Precedence, Resource
from tests.planning.scheduling.instances import crowd

WEEK = Mode((Block(1, 0, 1, 1),), 1)


def test_the_one_that_starts_first_stays_and_the_next_one_goes_where_it_costs_least() -> None:
    first, second = Activity(1, (0, 1), (WEEK,), price=1), Activity(2, (0, 2, 1), (WEEK,), price=5)

    solution = level(Instance((first, second), (Resource(1, beyond=1),)))

    assert solution is not None
    assert solution.starts == {1: 0, 2: 1}


def test_the_greedy_answer_may_be_none() -> None:
    pinned = tuple(Activity(each, (0,), (WEEK,)) for each in (1, 2))

    assert level(Instance(pinned, (Resource(1, beyond=1),))) is None


def test_choosing_again_makes_it_better_and_breaks_nothing() -> None:
    instance = crowd(20)
    greedy = level(instance)
    assert greedy is not None

    better = improved(instance, greedy, tries=100, is_over=lambda: False)

    assert check(instance, better) == []
    assert better.cost < greedy.cost < unchanged(instance).cost


def test_the_bound_counts_what_can_be_done_at_the_same_time() -> None:
    ten = Mode((Block(1, 0, 1, 10),), 1)
    six = tuple(Activity(each, range(9), (ten,)) for each in range(6))

    assert least_makespan(Instance(six, (Resource(1, beyond=56),), goal=Goal.MAKESPAN)) == 2


def test_the_bound_counts_what_follows() -> None:
    two = tuple(Activity(each, range(9), (Mode(length=3),)) for each in (1, 2))

    assert least_makespan(Instance(two, precedences=(Precedence(1, 2, lag=2),), goal=Goal.MAKESPAN)) == 8
