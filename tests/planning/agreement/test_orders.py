from itertools import permutations

import pytest

from planning.agreement.orders import in_common, in_order_by_chance


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [((0, 1, 2, 3), (0, 1, 2, 3), 4), ((0, 1, 2, 3), (3, 2, 1, 0), 1), ((0, 1, 2), (0, 5, 2), 2), ((0,), (1, 2), 0)],
    ids=["the same", "reversed", "one is another", "nothing"],
)
def test_what_two_have_in_common_in_one_order(one: tuple[int, ...], other: tuple[int, ...], common: int) -> None:
    assert in_common([one, other])[0, 1] == common
    assert in_common([one, other])[1, 0] == common


@pytest.mark.parametrize("size", range(1, 6))
def test_what_is_in_order_by_chance_is_the_mean_over_all_orders(size: int) -> None:
    orders = list(permutations(range(size)))

    common = in_common([orders[0], *orders])[0, 1:]

    assert in_order_by_chance(size) == pytest.approx(common.mean())
