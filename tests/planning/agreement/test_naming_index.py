"""The naming index against its definition."""

from collections.abc import Hashable, Sequence
from itertools import chain
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planning.agreement.naming_index import naming_indices
from planning.agreement.results import Index

Answer = tuple[int, ...]

ANSWERS = some.lists(
    some.lists(some.integers(0, 9), min_size=1, max_size=6, unique=True).map(tuple), min_size=3, max_size=8
)
FEW = settings(max_examples=25, deadline=None)


def overall(answers: Sequence[Sequence[Hashable]]) -> Index:
    """The index of all people, who are all of one department."""
    found = naming_indices(answers, [1] * len(answers)).overall
    assert found is not None
    return found


def random_answers(random: np.random.Generator, people: int, names: int) -> list[Answer]:
    """Each person draws some names, and orders them, by chance."""
    lengths = random.integers(2, 7, people)
    return [tuple(random.permutation(names)[:length].tolist()) for length in lengths]


@FEW
@given(some.lists(some.integers(0, 9), min_size=1, max_size=8, unique=True), some.integers(3, 9))
def test_identical_answers_agree_wholly(answer: list[int], people: int) -> None:
    found = overall([answer] * people)

    assert (found.value, found.low, found.high, found.people) == (1, 1, 1, people)


@pytest.mark.parametrize(
    ("people", "names"), [(3, 7), (6, 9), (12, 30), (25, 8)], ids=["three", "six", "many names", "many people"]
)
def test_independent_random_answers_agree_as_by_chance(people: int, names: int) -> None:
    random = np.random.default_rng(people)

    found = [overall(random_answers(random, people, names)) for _ in range(60)]

    assert np.mean([one.value for one in found]) == pytest.approx(0, abs=0.05)
    assert np.mean([one.low <= 0 <= one.high for one in found]) > 0.9


def test_random_answers_agree_as_by_chance_where_some_names_are_more_usual() -> None:
    random, chances = np.random.default_rng(1), np.arange(12, 0, -1) ** 2 / 650

    found = [
        overall([tuple(random.permutation(random.choice(12, 5, replace=False, p=chances)).tolist()) for _ in range(8)])
        for _ in range(60)
    ]

    assert np.mean([one.value for one in found]) == pytest.approx(0, abs=0.05)


@FEW
@given(ANSWERS, some.permutations(range(10)))
def test_other_names_for_the_same_stages_change_nothing(answers: list[Answer], names: list[int]) -> None:
    renamed = [tuple(names[each] for each in answer) for answer in answers]

    assert overall(renamed) == overall(answers)


@FEW
@given(ANSWERS, some.randoms())
def test_the_order_of_the_people_makes_no_difference(answers: list[Answer], random: np.random.Generator) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)

    found, again = overall(answers), overall(shuffled)

    assert [again.value, again.low, again.high] == pytest.approx([found.value, found.low, found.high])


@FEW
@given(ANSWERS)
def test_nobody_agrees_more_than_wholly(answers: list[Answer]) -> None:
    found = overall(answers)

    assert found.low <= found.value <= found.high <= 1


@FEW
@given(some.lists(some.integers(0, 9), min_size=2, max_size=8, unique=True), some.integers(2, 8))
def test_one_who_turns_the_order_round_makes_people_agree_less(answer: list[int], others: int) -> None:
    assert overall([answer[::-1], *[answer] * others]).value < 1


def test_names_in_one_order_agree_and_in_two_orders_contradict() -> None:
    """Two names are in one order by chance half the time: 1 − (1 − 2·1/4) / (1 − 2·1.5/4) = -1 for a pair that differs.

    Of the three pairs of ab, ab, ba two differ: 1 − (2/3 · 1/2) / (1/4) = -1/3.
    """
    assert overall(["ab", "ab", "ba"]).value == pytest.approx(-1 / 3)


def test_people_who_name_nothing_in_common_agree_as_by_chance() -> None:
    assert overall(["ab", "cd", "ef"]).value == pytest.approx(0)


def test_all_giving_one_single_name_agree() -> None:
    assert overall(["a", "a", "a"]).value == 1


def test_agreement_within_departments_that_differ_is_not_between_them() -> None:
    found = naming_indices(["abcd"] * 3 + ["efgh"] * 3, [1, 1, 1, 2, 2, 2])

    assert [one.value for one in found.within.values() if one] == [1, 1]
    assert found.between is not None
    assert found.overall is not None
    assert found.between.value < 0 < found.overall.value < 1


def test_fewer_than_three_answers_have_no_index() -> None:
    found = naming_indices(["abc", "abc", "abd", "", "abc"], [1, 1, 2, 2, 2])

    assert found.within == {1: None, 2: None}
    assert found.overall is not None
    assert found.overall.people == 4
    assert naming_indices(["abc", "abc"], [1, 2]).overall is None


def test_one_department_has_nothing_between() -> None:
    assert naming_indices(["abc", "abc", "abd"], [1, 1, 1]).between is None


@pytest.mark.parametrize(
    ("departments", "told"),
    [
        ([1, 1, 2], False),
        ([1, 1, 1, 2, 2], False),
        ([1, 1, 2, 2, 3], True),
        ([1, 2, 3], True),
        ([1, 1] + [2] * 4, True),
    ],
    ids=["two and one", "three and two", "two pairs", "one of each", "enough"],
)
def test_what_two_people_have_in_common_cannot_be_worked_out(departments: list[int], told: bool) -> None:
    found = naming_indices([*["abc"] * (len(departments) - 1), "xyz"], departments)

    assert found.overall is not None
    assert (found.between is not None) is told


def test_nobody_answering_is_no_index() -> None:
    assert naming_indices([], []).overall is None
    assert naming_indices(["", ""], [1, 2]).within == {1: None, 2: None}


def test_a_name_given_twice_by_one_person_counts_once() -> None:
    assert overall(["aab", "ab", "ab"]).value == 1


def test_two_hundred_people_take_about_a_second() -> None:
    random = np.random.default_rng(2)
    answers = [tuple(random.permutation(60)[:10].tolist()) for _ in range(200)]
    start = process_time()

    found = naming_indices(answers, [place % 12 for place in range(200)])

    assert process_time() - start < 3
    assert len(found.within) == 12
    assert len(set(chain.from_iterable(answers))) == 60
