from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from planning.metrics.readings import Reading
from planning.metrics.standing import Status
from planning.metrics.values import Cadence, Direction, Metric
from planning.scoreboard.metric_lines import metric_table
from planning.scoreboard.values import POINTS, MetricLine, MetricTable
from tests.builders import TODAY, effect, initiative, metric, portfolio, reading

BEGUN = TODAY - timedelta(days=100)
DATED: dict[str, Any] = {"baseline_on": BEGUN, "target_on": TODAY + timedelta(days=100)}
"""On TODAY the path from 40 to 60 is at 50."""


def read(*values: float, metric: int = 1, **fields: Any) -> list[Reading]:
    """One value a day, the last one today."""
    days = range(len(values))[::-1]
    return [
        reading(metric=metric, on=TODAY - timedelta(days=ago), value=value, **fields)
        for ago, value in zip(days, values, strict=True)
    ]


def table_of(
    *metrics: Metric, readings: Sequence[Reading] = (), work: tuple[Any, ...] = (), limit: int = 8, offset: int = 0
) -> Any:
    own = {one.id: [each for each in readings if each.metric == one.id] for one in metrics}
    return metric_table(portfolio(*work, metrics=metrics), own, limit, offset)


def line_of(*values: float, work: tuple[Any, ...] = (), **fields: Any) -> MetricLine:
    found: MetricTable = table_of(metric(**{**DATED, **fields}), readings=read(*values), work=work)
    return found.lines[0]


def test_no_metrics_are_no_table() -> None:
    assert table_of() is None


def test_what_stands_worst_comes_first_and_all_are_counted() -> None:
    named = [metric(id=n, name=name, **DATED) for n, name in enumerate(("Fine", "Bad", "Worse", "Unread"), 1)]
    readings = [*read(51), *read(44, metric=2), *read(38, metric=3)]
    table = table_of(*named, readings=readings, limit=3)

    assert [line.name for line in table.lines] == ["Worse", "Bad", "Unread"]
    assert table.total == 4
    assert dict(table.counts) == {Status.OFF_TRACK: 2, Status.UNKNOWN: 1, Status.ON_TRACK: 1}
    assert [line.name for line in table_of(*named, readings=readings, offset=2).lines] == ["Unread", "Fine"]


@pytest.mark.parametrize(
    ("values", "fields", "sentence"),
    [
        ((52,), {}, "Satisfaction is on its path: keep it so."),
        ((49,), {}, "Satisfaction is a little behind its path: say which initiative moves it, or move the date."),
        ((41,), {}, "Satisfaction is off its path: say which initiative moves it, or move the date."),
        ((41,), {"target": None}, "Satisfaction has no target: agree on one with the leads whom it concerns."),
        ((), {"owner": 1}, "Satisfaction has no reading yet: ask Ada Berg for the first."),
        ((), {}, "Satisfaction has no reading yet: find it an owner, and ask for the first."),
        ((90, 80, 70), {}, "Satisfaction is on its path but moves the wrong way: look why before it falls behind."),
    ],
    ids=["on track", "behind", "off track", "no target", "no reading", "no owner", "wrong way"],
)
def test_each_line_says_what_to_do(values: tuple[float, ...], fields: dict[str, Any], sentence: str) -> None:
    assert line_of(*values, **fields).sentence == sentence


def test_initiatives_that_are_to_move_it_are_named() -> None:
    work = (
        *(initiative(n, effects=(effect(),)) for n in (1, 2, 4)),
        initiative(3, effects=(effect(direction=Direction.DOWN),)),
    )

    assert "ask the owners of CX-1, CX-2 and 1 more what is in the way" in line_of(41, work=work).sentence
    assert line_of(41, work=work[:1]).advice == "Ask the owner of CX-1 what is in the way, or move the date."


def test_a_stale_metric_says_since_when_there_was_no_reading() -> None:
    stale = [reading(on=date(2026, 10, 1), value=70)]
    (line,) = table_of(metric(cadence=Cadence.MONTHLY, **DATED), readings=stale).lines

    assert line.sentence.startswith("Satisfaction has had no new reading since 1 October 2026")
    assert not line.calm


def test_the_picture_gets_the_last_readings_and_the_path_to_the_target() -> None:
    line = line_of(*range(40, 60))

    assert [point.value for point in line.points] == list(range(60 - POINTS, 60))
    assert (line.path[-1].on, line.path[-1].value) == (DATED["target_on"], 60)
    assert line.path[0].on == line.points[0].on


def test_the_path_bends_where_it_begins() -> None:
    first, then = reading(on=BEGUN - timedelta(days=50), value=40), reading(on=TODAY, value=45)
    (line,) = table_of(metric(**DATED), readings=[first, then]).lines

    assert [(point.on, point.value) for point in line.path[:2]] == [(first.on, 40), (BEGUN, 40)]


def test_each_point_has_the_noise_of_its_own_sample() -> None:
    few, many = reading(on=BEGUN, value=50, respondents=20), reading(on=TODAY, value=50, respondents=2000)
    (line,) = table_of(metric(unit="%", **DATED), readings=[few, many]).lines
    wide, narrow = (point.noise or 0.0 for point in line.points)

    assert wide > 5 * narrow > 0
