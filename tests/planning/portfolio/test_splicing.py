import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planning.portfolio.splicing import Splice

places = st.lists(st.integers(0, 6), max_size=4)


@given(st.sets(st.integers(0, 5)), places.map(sorted))
def test_a_splice_is_what_taking_out_and_putting_in_one_by_one_gives(out: set[int], at: list[int]) -> None:
    old, new = tuple(range(6)), tuple(range(100, 100 + len(at)))
    expected = []
    for place in range(7):
        expected += [one for one, before in zip(new, at, strict=True) if before == place]
        expected += [old[place]] if place < 6 and place not in out else []

    splice = Splice.of(len(old), out, at)

    assert splice.tuples(old, new) == tuple(expected)
    assert splice.arrays(np.array(old), np.array(new, int)).tolist() == expected


def test_what_does_not_change_is_not_copied() -> None:
    old = np.arange(3)

    assert np.shares_memory(Splice.of(3, (), []).arrays(old, np.arange(0)), old)
