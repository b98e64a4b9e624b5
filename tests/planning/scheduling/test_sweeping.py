from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.scheduling.bounds import tails
from planning.scheduling.checking import check
from planning.scheduling.sweeping import Sweeps, in_turn, is_plain
from planning.scheduling.values import Activity, Block, Goal, Instance, Mode, Precedence, Resource
from tests.planning.scheduling.instances import crowd, plain_instances, shop

THREE = Mode((Block(0, 0, 3, 2),), 3)
TWO = Instance(
    tuple(Activity(each, range(20), (THREE,)) for each in (7, 8)), (Resource(0, beyond=3),), goal=Goal.MAKESPAN
)


@given(plain_instances(), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_a_sweep_from_either_side_breaks_nothing(instance: Instance, seed: int) -> None:
    sweeps, random = Sweeps(instance, horizon=25), Random(seed)

    swept = sweeps.sweep(in_turn(sweeps, [(random.random(),) for _ in instance.activities]))
    assert swept is not None
    late = sweeps.sweep(swept.back, 1)
    assert late is not None

    assert check(instance, sweeps.solution(swept)) == []
    again = sweeps.sweep(late.back)
    assert again is not None
    assert check(instance, sweeps.solution(again)) == []


def test_each_goes_where_it_first_fits() -> None:
    swept = Sweeps(TWO, horizon=9).sweep([1, 0])

    assert swept is not None
    assert (swept.starts, swept.length) == ([3, 0], 6)


def test_what_passes_the_horizon_is_given_up() -> None:
    assert Sweeps(TWO, horizon=5).sweep([0, 1]) is None


def test_straightening_makes_it_no_longer() -> None:
    instance = shop(60)
    sweeps, rest = Sweeps(instance, horizon=600), tails(instance)
    swept = sweeps.sweep(in_turn(sweeps, [(rest[each.id],) for each in instance.activities]))
    assert swept is not None

    straight = sweeps.justified(swept)

    assert straight.length < swept.length
    assert check(instance, sweeps.solution(straight)) == []


@pytest.mark.parametrize(
    "other",
    [
        crowd(3),
        replace(TWO, resources=(Resource(0, (1,), 3),)),
        replace(TWO, precedences=(Precedence(7, 8, lag=1),)),
        replace(TWO, unlike=(frozenset({(7, 0)}),)),
        replace(TWO, activities=(TWO.activities[0], replace(TWO.activities[1], starts=range(2)))),
        replace(TWO, activities=(replace(TWO.activities[0], modes=(THREE, THREE)),)),
        replace(TWO, activities=(replace(TWO.activities[0], modes=(Mode((Block(0, 1, 1, 1),), 3),)),)),
    ],
    ids=["prices", "unsteady resource", "lag", "ruled out", "deadline", "two modes", "uneven"],
)
def test_what_has_more_to_keep_is_not_swept(other: Instance) -> None:
    assert is_plain(TWO)
    assert not is_plain(other)
