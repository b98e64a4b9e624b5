import numpy as np
import pytest

from planning.overlaps.evidence import probability
from planning.overlaps.weights import BIAS, UNSAID, WEIGHTS, Evidence
from tests.benchmarks.fitting import offered, unseen_alerts
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import Fit, fitted, least_right, left_out
from tests.planning.portfolios import initiative

RANDOM = np.random.default_rng(7)


def pool(name: str = "first", size: int = 200) -> Pool:
    """Pairs of which the alike ones, and only those, are worth telling of; all else is noise."""
    cosines = RANDOM.uniform(0, 1, size)
    drawn = RANDOM.integers(1, 4, size=(2 * size, 1))
    initiatives = tuple(initiative(row + 1, stages=(int(stage),)) for row, (stage,) in enumerate(drawn))
    return Pool(name, initiatives, np.arange(2 * size).reshape(size, 2), np.where(cosines > 0.7, 3.0, 0.0), cosines)


def test_what_tells_gets_the_weight_and_no_weight_is_negative() -> None:
    fit = fitted([pool()])

    assert int(fit.weights.argmax()) == Evidence._fields.index("cosine")
    assert min(fit.weights) >= 0


def test_the_same_pools_give_the_same_weights() -> None:
    pools = [pool(), pool("second")]

    assert np.array_equal(fitted(pools).weights, fitted(pools).weights)


def test_a_set_is_scored_by_weights_of_the_others() -> None:
    first, second = pool(), pool("second")

    assert np.array_equal(left_out([first, second])["first"], fitted([second]).probabilities(first))


def test_alerts_on_an_unseen_set_are_right_where_the_sets_are_alike() -> None:
    pools = [pool(), pool("second"), pool("third")]

    told = unseen_alerts(pools)["first"]

    assert pools[0].positive[told].mean() >= 0.75


def test_the_threshold_is_the_least_with_four_of_five_right() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])

    assert least_right(scores, np.array([True, True, True, False, True, False])) == 0.5


def test_there_is_no_threshold_where_too_little_is_right() -> None:
    assert least_right(np.array([0.9, 0.8]), np.array([False, True])) > 1


def test_a_registrant_is_shown_at_most_three_and_none_below_the_bar() -> None:
    star = np.array([[0, other] for other in range(1, 6)])
    one = Pool("star", tuple(initiative(id) for id in range(1, 7)), star, np.full(5, 3.0), np.zeros(5))
    scores = {"star": np.array([0.9, 0.8, 0.7, 0.6, 0.1])}

    it = offered([one], scores, 0.65)

    assert it.each == pytest.approx((3 + 1 + 1 + 1) / 6)
    assert it.reached == pytest.approx(4 / 6)


def test_a_fit_says_probabilities() -> None:
    fit = Fit(np.zeros(len(Evidence._fields)), 0.0)

    assert fit.probabilities(pool(size=3)).tolist() == [0.5, 0.5, 0.5]


def test_a_fit_with_the_weights_in_use_says_what_the_product_says() -> None:
    made = pool(size=3)

    assert Fit(np.array(WEIGHTS), BIAS).probabilities(made) == pytest.approx(made.probabilities)


def test_from_text_a_fit_says_what_the_product_says_of_two_that_say_nothing_else() -> None:
    made = pool(size=3)

    nothing = [
        Evidence(cosine, UNSAID, UNSAID, UNSAID, UNSAID, UNSAID, problem=0.0) for cosine in made.cosines.tolist()
    ]

    assert Fit(np.array(WEIGHTS), BIAS).from_text(made) == pytest.approx([probability(each) for each in nothing])


def test_a_problem_that_both_name_does_not_count_alone() -> None:
    one = Pool("same", (initiative(1, serves=1), initiative(2, serves=1)), np.array([[0, 1]]), np.ones(1), np.ones(1))
    fit = Fit(np.ones(len(Evidence._fields)), -4.0)

    assert fit.probabilities(one, alone=True) < fit.probabilities(one)
