import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from planning.similarity.training.measures import (
    DRAWS,
    average_precision,
    drawn,
    drawn_pairs,
    found_before_saving,
    interval,
    precision,
    recall,
)

POSITIVE = np.array([True, False, True, False, False])
SCORES = np.array([0.9, 0.8, 0.7, 0.7, 0.1])
ONCE = np.ones(5)


def test_average_precision_is_scikit_learns() -> None:
    assert average_precision(POSITIVE, SCORES, ONCE) == pytest.approx(average_precision_score(POSITIVE, SCORES))


def test_a_pair_of_weight_two_counts_as_two_pairs() -> None:
    weights = np.array([1.0, 2, 1, 0, 3])
    repeated = np.repeat(np.arange(5), weights.astype(int))

    expected = average_precision_score(POSITIVE[repeated], SCORES[repeated])
    assert average_precision(POSITIVE, SCORES, weights) == pytest.approx(expected)


def test_without_a_positive_there_is_no_average_precision() -> None:
    assert np.isnan(average_precision(np.zeros(5, bool), SCORES, ONCE))


def test_precision_and_recall_of_alerts() -> None:
    told = SCORES >= 0.8

    assert float(precision(POSITIVE, told, ONCE)) == 0.5
    assert float(recall(POSITIVE, told, ONCE)) == 0.5


def test_no_alerts_have_no_precision() -> None:
    assert np.isnan(precision(POSITIVE, np.zeros(5, bool), ONCE))


STAR = np.array([[0, other] for other in range(1, 6)])
"""Initiative 0 is paired with five others, each of which has only this pair."""


@pytest.mark.parametrize(
    ("scores", "found"),
    [([1, 5, 4, 3, 2], 0.0), ([3, 5, 4, 2, 1], 1.0), ([3, 5, 4, 3, 1], 0.0)],
    ids=["last", "third", "tied for third"],
)
def test_a_positive_is_found_among_the_three_best_pairs_of_its_initiative(scores: list[float], found: float) -> None:
    positive = np.array([True, False, False, False, False])

    assert found_before_saving(STAR, positive, np.array(scores, float)).tolist() == [found]


def test_an_initiative_with_no_more_pairs_than_are_shown_is_not_asked_for() -> None:
    assert not found_before_saving(STAR[:3], np.ones(3, bool), np.ones(3)).size


def test_a_pair_is_drawn_as_often_as_both_its_ends() -> None:
    pairs = np.array([[7, 9], [9, 4]])
    counts = drawn(3, "a set")  # of the initiatives 4, 7 and 9

    expected = np.column_stack([counts[:, 1] * counts[:, 2], counts[:, 2] * counts[:, 0]])
    assert np.array_equal(drawn_pairs(pairs, "a set"), expected)


def test_draws_are_the_same_in_every_run_and_others_for_another_set() -> None:
    assert np.array_equal(drawn(9, "a set"), drawn(9, "a set"))
    assert not np.array_equal(drawn(9, "a set"), drawn(9, "another"))


def test_an_interval_holds_its_value() -> None:
    weights = drawn(5, "a set")

    share = interval(lambda weights: recall(POSITIVE, SCORES >= 0.8, weights), weights)

    assert weights.shape == (DRAWS, 5)
    assert share.low <= share.value <= share.high
