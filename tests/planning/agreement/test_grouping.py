import numpy as np

from planning.agreement.grouping import grouped

FREE: list[set[int]] = [set(), set(), set(), set()]


def likeness(*pairs: tuple[int, int, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Of four things: as told, and otherwise 0."""
    table = np.eye(4)
    for one, other, alike in pairs:
        table[one, other] = table[other, one] = alike
    return table


def test_what_is_alike_is_put_together() -> None:
    assert grouped(likeness((0, 2, 0.9), (1, 3, 0.8)), FREE, 0.5) == [[0, 2], [1, 3]]


def test_what_shares_anything_stays_apart() -> None:
    assert grouped(likeness((0, 1, 0.9)), [{7}, {7, 8}, set(), set()], 0.5) == [[0], [1], [2], [3]]


def test_a_little_may_be_shared_where_it_is_allowed() -> None:
    apart = [{*range(11)}, {*range(10, 20)}, set(), set()]

    assert grouped(likeness((0, 1, 0.9)), apart, 0.5, shared=0.05)[0] == [0, 1]
    assert grouped(likeness((0, 1, 0.9)), apart, 0.5, shared=0.04)[0] == [0]


def test_the_most_alike_come_first() -> None:
    apart = [{1}, {1}, set(), set()]

    assert grouped(likeness((0, 2, 0.7), (1, 2, 0.8)), apart, 0.5) == [[0], [1, 2], [3]]


def test_a_chain_of_neighbours_is_no_group() -> None:
    assert grouped(likeness((0, 1, 0.9), (1, 2, 0.8)), FREE, 0.5) == [[0, 1], [2], [3]]


def test_a_group_is_joined_by_what_is_like_all_of_it_on_average() -> None:
    assert grouped(likeness((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3)), FREE, 0.5) == [[0, 1, 2], [3]]


def test_nothing_makes_no_groups() -> None:
    assert grouped(np.zeros((0, 0)), [], 0.5) == []
