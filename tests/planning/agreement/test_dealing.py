from collections import Counter

import numpy as np

from planning.agreement.dealing import deals


def test_everybody_gets_as_many_as_before_and_every_name_is_dealt_as_often() -> None:
    held = deals([1, 3, 4, 4, 5], [5, 4, 3, 2, 2, 1])

    assert (held.sum(axis=2) == [1, 3, 4, 4, 5]).all()
    assert (held.sum(axis=1) == [5, 4, 3, 2, 2, 1]).all()


def test_every_possible_deal_is_as_likely_as_any_other() -> None:
    held = deals([1, 1, 2], [2, 1, 1])

    seen = Counter(deal.tobytes() for deal in held)

    assert len(seen) == 5
    assert max(seen.values()) / len(held) < 0.25
    assert min(seen.values()) / len(held) > 0.15


def test_the_same_numbers_are_dealt_the_same() -> None:
    assert np.array_equal(deals([2, 2, 3], [3, 2, 2]), deals([2, 2, 3], [3, 2, 2]))
