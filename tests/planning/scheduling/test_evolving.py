from hypothesis import given, settings

from planning.scheduling.checking import check
from planning.scheduling.evolving import evolved
from planning.scheduling.levelling import level
from planning.scheduling.values import Instance, Solution
from tests.planning.scheduling.instances import plain_instances, shop


def greedy(instance: Instance) -> Solution:
    found = level(instance)
    assert found is not None
    return found


def test_what_is_bred_is_shorter_than_the_greedy_schedule_and_breaks_nothing() -> None:
    instance, told = shop(60), list[Solution]()

    found = evolved(instance, greedy(instance), 1_000, lambda: False, told.append)

    assert found.cost < greedy(instance).cost
    assert check(instance, found) == []
    assert told[-1] == found


def test_the_same_number_of_sweeps_gives_the_same_schedule() -> None:
    instance = shop(40)

    assert evolved(instance, greedy(instance), 500, lambda: False) == evolved(
        instance, greedy(instance), 500, lambda: False
    )


def test_who_has_had_enough_gets_what_is_known() -> None:
    known = greedy(shop(40))

    assert evolved(shop(40), known, 1_000, lambda: True).cost <= known.cost


@given(plain_instances())
@settings(max_examples=50, deadline=None)
def test_a_bred_schedule_breaks_nothing_and_is_no_longer_than_the_greedy_one(instance: Instance) -> None:
    found = evolved(instance, greedy(instance), 100, lambda: False)

    assert check(instance, found) == []
    assert found.cost <= greedy(instance).cost
