from math import nan

import pytest

from planning.agreement.intervals import jackknife


def test_the_interval_of_a_mean_is_that_of_student() -> None:
    values = [0.1, 0.2, 0.3, 0.6]
    without = [(sum(values) - each) / 3 for each in values]

    low, high = jackknife(0.3, without)

    spread = sum((each - 0.3) ** 2 for each in values) / 3
    assert high - 0.3 == pytest.approx(3.182446 * (spread / 4) ** 0.5)
    assert 0.3 - low == pytest.approx(high - 0.3)


def test_an_index_that_nobody_changes_is_sure() -> None:
    assert jackknife(1.0, [1.0, 1.0, 1.0]) == (1.0, 1.0)


def test_where_it_cannot_be_told_all_is_possible() -> None:
    assert jackknife(0.4, [nan, 0.2, nan]) == (-1.0, 1.0)


def test_no_interval_goes_above_one() -> None:
    assert jackknife(0.9, [0.2, 1.0, 1.0])[1] == 1.0
