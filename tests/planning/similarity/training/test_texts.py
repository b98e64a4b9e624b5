import numpy as np
import pytest

from planning.similarity.training.texts import joined
from tests.planning.similarity.training.given import family, judged, known, told


def test_the_product_reads_the_title_and_the_problem_but_not_the_department() -> None:
    assert told("Plain letters", "People ring us.", "Claims").text == "Plain letters. People ring us."


def test_judged_pairs_come_in_the_order_of_the_table() -> None:
    assert judged({(1, 2): 0, (0, 3): 3, (0, 1): 2}).pairs.tolist() == [[0, 1], [0, 3], [1, 2]]


@pytest.mark.parametrize("rows", [[0, 2], [2, 0]], ids=["in order", "turned round"])
def test_some_initiatives_alone_keep_what_is_known_of_their_pairs(rows: list[int]) -> None:
    every = judged({(0, 1): 1, (0, 2): 3, (2, 3): 2})

    some = every.only(np.array(rows))

    assert [told.title for told in some.told] == [f"a set {row}" for row in rows]
    assert known([some]) == {frozenset({"a set 0", "a set 2"}): 3}


def test_sets_joined_keep_their_grades_and_give_one_to_the_pairs_between() -> None:
    both = joined("both", [family("first", 2), judged({}, 1, "second")], 0.5)

    assert known([both]) == {
        frozenset({"first 0", "first 1"}): 3,
        frozenset({"first 0", "second 0"}): 0.5,
        frozenset({"first 1", "second 0"}): 0.5,
    }


def test_joined_with_nan_nothing_is_known_between_sets() -> None:
    both = joined("both", [family("first", 2), family("second", 2)], np.nan)

    assert known([both]) == known([family("first", 2), family("second", 2)])


def test_no_sets_joined_are_an_empty_set() -> None:
    empty = joined("none", [], 0)

    assert (empty.told, empty.pairs.size) == ((), 0)
