import numpy as np
import pytest

from planning.similarity.encoder import Floats
from planning.similarity.training.evaluating import PRECISION, figures, in_order, recall_at, related
from planning.similarity.training.texts import Judged
from tests.planning.similarity.training.given import judged, told


def of_titles(*titles: str) -> Judged:
    return Judged("/".join(titles), tuple(told(title) for title in titles), judged({}, len(titles)).grades)


def grouped(*sets: Judged) -> list[list[str]]:
    return sorted(sorted(one.name for one in group) for group in related(sets))


def test_sets_without_a_title_in_common_are_apart() -> None:
    assert grouped(of_titles("Letters"), of_titles("Calls")) == [["Calls"], ["Letters"]]


def test_sets_with_a_title_in_common_are_together_however_it_is_written() -> None:
    assert grouped(of_titles("Letters"), of_titles("Calls", "LETTERS")) == [["Calls/LETTERS", "Letters"]]


def test_sets_that_only_a_third_one_connects_are_together() -> None:
    sets = of_titles("A", "B"), of_titles("C", "D"), of_titles("E"), of_titles("B", "C")

    assert grouped(*sets) == [["A/B", "B/C", "C/D"], ["E"]]


@pytest.mark.parametrize(
    ("positive", "recall"),
    [("1111", 1), ("1000", 1), ("0111", 0), ("11110", 1), ("1110", 1), ("1101", 2 / 3), ("11101", 1), ("0000", 0)],
)
def test_recall_is_the_greatest_share_told_of_with_four_of_five_right(positive: str, recall: float) -> None:
    right = np.array([mark == "1" for mark in positive])
    best_first = -np.arange(len(right), dtype=float)

    assert recall_at(PRECISION, right, best_first) == pytest.approx(recall)


def test_recall_goes_by_the_score_and_not_by_the_place() -> None:
    assert recall_at(PRECISION, np.array([False, True, True]), np.array([0.1, 0.9, 0.8])) == 1


CLUSTERS = {(0, 1): 3.0, (2, 3): 2.0, (4, 5): 1.5, (0, 2): 0.0, (1, 3): 1.0, (2, 4): 0.0, (3, 5): 1.0}
"""In a set of six, three pairs to be told of and four that are not."""


def paired(apart: float) -> Floats:
    """A vector for each of six, each two alike by as much as 1 − apart²/2, all others not at all."""
    rows = np.eye(6, dtype=np.float32)[[0, 0, 2, 2, 4, 4]]
    rows[1::2] += apart * np.eye(6, dtype=np.float32)[[1, 3, 5]]
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_figures_of_perfect_vectors_are_one() -> None:
    sets = [judged(CLUSTERS, 6, name) for name in ("first", "second")]

    perfect = figures(sets, {"first": paired(0.0), "second": paired(0.5)})

    every = [*perfect.sets.values(), perfect.mean]
    assert [(each.low, each.value, each.high) for each in every] == [(1, 1, 1)] * 3
    assert perfect.recall == {"first": 1, "second": 1}


def test_vectors_that_tell_nothing_apart_are_as_good_as_chance() -> None:
    chance = figures([judged(CLUSTERS, 6)], {"a set": np.ones((6, 1), np.float32)})

    assert chance.sets["a set"].value == pytest.approx(3 / 7)


def test_the_mean_counts_each_set_once() -> None:
    sets = [judged(CLUSTERS, 6, "first"), judged(CLUSTERS, 6, "second")]

    both = figures(sets, {"first": paired(0.0), "second": np.ones((6, 1), np.float32)})

    assert both.mean.value == pytest.approx((1 + 3 / 7) / 2)
    assert both.mean.low <= both.mean.value <= both.mean.high


def test_a_family_is_in_order_as_often_as_what_is_worth_telling_is_nearer() -> None:
    near, far = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    one = judged({(0, 1): 3, (0, 2): 1, (0, 3): 0})

    assert in_order([one], [np.array([near, near, far, far])]) == 1
    assert in_order([one], [np.array([near, far, near, far])]) == 0
    assert in_order([one, one], [np.array([near, near, far, far]), np.array([near, far, near, far])]) == 0.5
