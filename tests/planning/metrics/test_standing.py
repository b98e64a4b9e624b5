"""Where a metric stands: worked examples, and what must hold for any readings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.metrics.readings import Reading
from planning.metrics.standing import Status, expected_on, late_since, standing
from planning.metrics.values import Cadence, Direction, Metric
from tests.builders import metric, reading

START, END = date(2026, 1, 1), date(2026, 12, 31)
WAY = metric(baseline=40, baseline_on=START, target=60, target_on=END)
ORDER = (Status.OFF_TRACK, Status.BEHIND, Status.ON_TRACK)


def on(day: date, value: float, respondents: int | None = None) -> Reading:
    return reading(on=day, value=value, respondents=respondents)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(START, 40), (START + timedelta(days=91), 45), (END, 60), (date(2027, 6, 1), 60), (date(2025, 6, 1), 40)],
    ids=["begin", "a quarter of the way", "end", "after it", "before it"],
)
def test_the_path_is_straight_from_the_baseline_to_the_target(day: date, wanted: float) -> None:
    assert expected_on(WAY, on(START, 0), day) == wanted


def test_the_path_begins_where_it_can() -> None:
    first, day = on(START, 30), START + timedelta(days=182)

    assert expected_on(replace(WAY, baseline_on=None), first, day) == 50
    assert expected_on(replace(WAY, baseline=None, baseline_on=None), first, day) == 45
    assert expected_on(replace(WAY, target_on=None), first, day) == 60
    assert expected_on(replace(WAY, target=None), first, day) is None


@pytest.mark.parametrize(
    ("value", "status"),
    [(50, Status.ON_TRACK), (70, Status.ON_TRACK), (48, Status.BEHIND), (47.9, Status.OFF_TRACK)],
    ids=["at the path", "beyond it", "a tenth of the way short", "more than that"],
)
def test_the_last_reading_is_held_against_the_path(value: float, status: Status) -> None:
    assert standing(WAY, [on(START + timedelta(days=182), value)], END).status is status


def test_what_the_noise_explains_is_behind_and_not_off() -> None:
    day, share = START + timedelta(days=182), replace(WAY, unit="%")

    assert standing(share, [on(day, 44, 60)], END).status is Status.BEHIND
    assert standing(share, [on(day, 44, 6000)], END).status is Status.OFF_TRACK


def test_without_a_reading_or_a_target_nothing_is_said() -> None:
    assert standing(WAY, [], END).status is Status.UNKNOWN
    assert standing(replace(WAY, target=None), [on(START, 40)], END).status is Status.UNKNOWN


def test_a_tenth_of_the_way_is_behind_however_it_is_rounded() -> None:
    """0.99 is 1.1 less a tenth of it, and in binary a little less."""
    short = standing(replace(WAY, baseline=0.0, target=1.1), [on(END, 0.99)], END)

    assert short.status is Status.BEHIND


def test_a_trend_says_which_way_and_whether_that_is_better() -> None:
    readings = [on(START + timedelta(days=91 * n), 50 - n + (0.1 if n % 2 else 0)) for n in range(5)]
    trend = standing(WAY, readings, END).trend

    assert trend is not None
    assert (trend.way, trend.better) == (Direction.DOWN, False)
    assert standing(WAY, readings[:2], END).trend is None


@pytest.mark.parametrize(
    ("cadence", "due", "late_from"),
    [
        (Cadence.WEEKLY, date(2026, 1, 8), date(2026, 1, 10)),
        (Cadence.MONTHLY, date(2026, 2, 1), date(2026, 2, 9)),
        (Cadence.QUARTERLY, date(2026, 4, 3), date(2026, 4, 27)),
        (Cadence.YEARLY, date(2027, 1, 2), date(2027, 4, 4)),
    ],
)
def test_a_reading_is_late_when_a_quarter_of_the_cadence_has_passed(
    cadence: Cadence, due: date, late_from: date
) -> None:
    one = metric(cadence=cadence)

    assert late_since(one, on(START, 1), late_from - timedelta(days=1)) is None
    assert late_since(one, on(START, 1), late_from) == due


def test_silence_is_late_only_after_a_promise() -> None:
    assert late_since(metric(), on(START, 1), END) is None
    assert late_since(metric(cadence=Cadence.WEEKLY), None, END) is None
    assert late_since(metric(cadence=Cadence.WEEKLY, baseline_on=START), None, END) == date(2026, 1, 8)


VALUES = st.integers(-1000, 1000)


@st.composite
def ways(draw: st.DrawFn) -> tuple[Metric, list[Reading]]:
    """A metric with readings, of whole numbers."""
    days = sorted(draw(st.sets(st.integers(0, 1500), min_size=1, max_size=8)))
    counts = draw(st.one_of(st.none(), st.integers(1, 500)))
    readings = [on(START + timedelta(days=day), float(draw(VALUES)), counts) for day in days]
    target_on = draw(st.one_of(st.none(), st.just(END)))
    baseline = draw(st.one_of(st.none(), VALUES))
    return metric(unit="points", baseline=baseline, target=draw(VALUES), target_on=target_on), readings


@given(ways())
def test_turned_upside_down_a_metric_stands_as_well(given: tuple[Metric, list[Reading]]) -> None:
    one, readings = given
    turned = replace(one, direction=Direction.DOWN, baseline=_minus(one.baseline), target=_minus(one.target))
    mirrored = [replace(reading, value=-reading.value) for reading in readings]
    before, after = standing(one, readings, END), standing(turned, mirrored, END)

    assert after.status is before.status
    assert (after.trend and after.trend.better) == (before.trend and before.trend.better)


@given(ways(), st.sampled_from([0.25, 4.0, 1024.0]))
def test_another_unit_changes_nothing(given: tuple[Metric, list[Reading]], factor: float) -> None:
    one, readings = given
    scaled = replace(one, baseline=_times(one.baseline, factor), target=_times(one.target, factor))
    other = standing(scaled, [replace(reading, value=reading.value * factor) for reading in readings], END)
    before = standing(one, readings, END)

    assert other.status is before.status
    assert (other.trend and other.trend.way) == (before.trend and before.trend.way)


@given(ways(), st.integers(1, 1000))
def test_a_better_reading_never_makes_it_worse(given: tuple[Metric, list[Reading]], more: int) -> None:
    one, readings = given
    silent = [replace(reading, respondents=None) for reading in readings]
    better = [*silent[:-1], replace(silent[-1], value=silent[-1].value + more)]
    if one.baseline is not None or len(silent) > 1:
        assert _rank(standing(one, better, END).status) >= _rank(standing(one, silent, END).status)


@given(st.integers(0, 100), st.integers(1, 1000), st.integers(1, 1000))
def test_fewer_answers_never_make_a_share_stand_worse(value: int, few: int, more: int) -> None:
    share, day = replace(WAY, unit="%"), START + timedelta(days=182)
    fewer, many = (standing(share, [on(day, value, count)], END).status for count in (min(few, more), few + more))

    assert _rank(fewer) >= _rank(many)


def _rank(status: Status) -> int:
    return ORDER.index(status)


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
