import numpy as np
import pytest

from planning.gaps.finding import find_gaps
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.similarity import Floats
from tests.benchmarks.synthetic import ENCODER, Sizes, newcomer, synthetic, texts, vectors


def real() -> list[Floats]:
    """Two portfolios that are unlike each other."""
    rng = np.random.default_rng(7)
    homes = np.eye(2, 16, dtype=np.float32) * 3
    return [rng.normal(home, 0.4, (12, 16)).astype(np.float32) for home in homes]


def test_a_made_up_portfolio_is_the_same_each_time() -> None:
    one, other = (synthetic(40, real()) for _ in range(2))

    assert one.initiatives == other.initiatives
    assert one.holdings.cosines(slice(None)).tolist() == other.holdings.cosines(slice(None)).tolist()


def test_there_is_something_to_find_in_a_made_up_portfolio() -> None:
    company = synthetic(300, real())
    scope = Scope.everything(company)

    rules = {found.rule for found in [*find_overlaps(company, scope), *find_gaps(company, scope)]}

    assert len(rules) > 5


def test_a_newcomer_is_not_on_record_yet() -> None:
    company = synthetic(40, real())
    initiative, vector = newcomer(40, real(), seed=3)

    assert company.holdings.by_id(initiative.id) is None
    assert company.with_draft(initiative, {ENCODER: vector}).holdings.by_id(initiative.id) == initiative


def test_made_up_vectors_are_as_alike_as_real_ones() -> None:
    made = vectors(400, real(), np.random.default_rng(1))
    actual = np.concatenate(real())
    actual /= np.linalg.norm(actual, axis=1, keepdims=True)

    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=0.01)
    assert (made @ made.T).mean() == pytest.approx((actual @ actual.T).mean(), abs=0.15)


def test_departments_grow_slower_than_initiatives() -> None:
    assert [Sizes(size).departments for size in (1_000, 8_000, 64_000)] == [10, 20, 40]


def test_a_made_up_text_is_made_of_two_real_ones() -> None:
    assert texts(1, [["one two", "one two"]], np.random.default_rng(1)) == ["one two"]
