import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planning.similarity import Floats, from_bytes, settled, to_bytes


def unit_rows(count: int, seed: int = 7, dimension: int = 384) -> Floats:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_a_stored_vector_comes_back_bit_for_bit() -> None:
    vector = settled(unit_rows(1)[0])

    stored = to_bytes(vector)

    assert len(stored) == 2 * 384
    assert np.array_equal(from_bytes(stored), vector)


def test_storing_moves_a_similarity_by_less_than_a_thousandth() -> None:
    rows = unit_rows(200)

    exact = rows.astype(np.float64) @ rows.T.astype(np.float64)

    assert np.abs(settled(rows) @ settled(rows).T - exact).max() < 0.001


@given(seed=st.integers(0, 2**32), count=st.integers(1, 60))
def test_a_similarity_is_the_same_number_alone_among_others_and_in_any_order(seed: int, count: int) -> None:
    rows = settled(unit_rows(count, seed))
    order = np.random.default_rng(seed).permutation(count)
    query = settled(unit_rows(1, seed + 1)[0])

    among = rows @ query

    assert np.array_equal(among[order], rows[order] @ query)
    assert [float(value) for value in among] == [float(query @ row) for row in rows]
