"""The line through readings and the noise of one, against published and hand-computed numbers."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from planning.metrics.noise import is_share, noise
from planning.metrics.readings import Reading
from planning.metrics.trending import YEAR, line_through
from tests.builders import metric, reading

START = date(2026, 1, 1)


def series(values: Sequence[float], counts: Sequence[int | None] = (), step: int = 100) -> list[Reading]:
    given = counts or [None] * len(values)
    return [
        reading(on=START + timedelta(days=step * n), value=value, respondents=count)
        for n, (value, count) in enumerate(zip(values, given, strict=True))
    ]


def test_a_line_by_hand() -> None:
    """Values 1, 2, 2, 3 at steps 0 to 3: slope 0.6, residuals −0.1, 0.3, −0.3, 0.1, variance 0.2 / 2, spread 5."""
    line = line_through(series([1, 2, 2, 3]))

    assert line is not None
    steps = YEAR / 100
    assert line.yearly == pytest.approx(0.6 * steps)
    assert line.high - line.yearly == pytest.approx(4.302653 * (0.1 / 5) ** 0.5 * steps)
    assert line.scatter == pytest.approx(0.1**0.5)


def test_answers_weigh_like_so_many_readings() -> None:
    """Numpy's weights multiply the residual before it is squared."""
    values, counts = [3.0, 5.0, 4.0, 8.0], [10, 40, 90, 160]
    line = line_through(series(values, counts))
    days = np.arange(4) * 100 / YEAR

    assert line is not None
    assert line.yearly == pytest.approx(np.polyfit(days, values, 1, w=np.sqrt(counts))[0])


def test_where_the_answers_of_one_are_unknown_all_weigh_the_same() -> None:
    assert line_through(series([3, 5, 4, 8], [10, 40, None, 160])) == line_through(series([3, 5, 4, 8]))


def test_readings_that_do_not_move_have_a_level_line() -> None:
    line = line_through(series([0.1] * 5))

    assert line is not None
    assert (line.yearly, line.low <= 0 <= line.high) == (0.0, True)


def test_what_was_long_ago_does_not_count() -> None:
    old = reading(on=date(2015, 1, 1), value=1000)

    assert line_through([old, *series([1, 2, 3])]) == line_through(series([1, 2, 3]))
    assert line_through([old, *series([1, 2])]) is None


@pytest.mark.parametrize(("hits", "asked", "far_end"), [(81, 263, 0.3662), (15, 148, 0.1605), (0, 20, 0.1611)])
def test_the_noise_of_a_share_reaches_to_the_far_end_of_its_interval(hits: int, asked: int, far_end: float) -> None:
    """The intervals are those of Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    share = 100 * hits / asked

    assert share + (noise(metric(unit="%"), series([share], [asked])) or 0) == pytest.approx(100 * far_end, abs=0.01)


def test_a_share_of_all_or_none_is_still_uncertain() -> None:
    assert (noise(metric(unit="%"), series([100], [20])) or 0) > 5


def test_other_units_are_as_noisy_as_they_scatter() -> None:
    steady, shaky = [50.0, 51, 50, 51, 50, 51], [50.0, 61, 40, 61, 40, 51]
    counts = [100] * 6

    calm, wild = noise(metric(), series(steady, counts)), noise(metric(), series(shaky, counts))
    assert calm is not None
    assert wild is not None
    assert calm < wild
    more = noise(metric(), series(shaky, [*counts[:-1], 10_000]))
    assert more is not None
    assert more < wild


@pytest.mark.parametrize("counts", [[None] * 6, [100, None, *[100] * 4], [100] * 4], ids=["none", "some", "few"])
def test_where_the_sample_is_unknown_its_noise_is_too(counts: list[int | None]) -> None:
    assert noise(metric(), series([float(n % 2) for n in range(len(counts))], counts)) is None


@pytest.mark.parametrize(
    ("unit", "share"),
    [("%", True), ("% of policies", True), ("Per cent", True), ("percentage points", False), ("%-points", False)],
)
def test_a_share_is_in_hundredths(unit: str, share: bool) -> None:
    assert is_share(metric(unit=unit)) is share
