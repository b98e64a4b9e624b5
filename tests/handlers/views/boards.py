"""Scoreboards for tests: an ordinary one, and one at its worst size."""

from datetime import date, timedelta
from typing import Any

from planning.agreement.results import Confusion, Index
from planning.metrics.standing import Status
from planning.metrics.values import Direction
from planning.scoreboard.values import (
    POINTS,
    Agreement,
    Completeness,
    Dabbling,
    MetricLine,
    MetricTable,
    Mirror,
    Point,
    Pulse,
    Scoreboard,
    ScoreTests,
)

FIRST = date(2026, 4, 1)


def points(*values: float, noise: float | None = None) -> tuple[Point, ...]:
    """A value for each month, the last on 1 March 2027."""
    days = [date(2027 - (n > 2), (2 - n) % 12 + 1, 1) for n in range(len(values))][::-1]
    return tuple(Point(on=day, value=value, noise=noise) for day, value in zip(days, values, strict=True))


def metric_line(**fields: Any) -> MetricLine:
    """Handling time, which should fall and rises."""
    values: dict[str, Any] = {
        "sentence": "Handling time is off its path: say which initiative moves it, or move the date.",
        "advice": "Say which initiative moves it, or move the date.",
        "metric": 1,
        "name": "Handling time",
        "unit": "minutes",
        "better": Direction.DOWN,
        "status": Status.OFF_TRACK,
        "target": 6.0,
        "target_on": date(2027, 9, 1),
        "way": Direction.UP,
        "improving": False,
        "points": points(9, 9.5, 10),
        "path": (Point(on=date(2027, 1, 1), value=9), Point(on=date(2027, 9, 1), value=6)),
    }
    return MetricLine(**(values | fields))


def table(*lines: MetricLine, total: int | None = None) -> MetricTable:
    """These metrics, and perhaps more."""
    count = len(lines) if total is None else total
    return MetricTable(lines=lines, total=count, counts=((Status.OFF_TRACK, count),))


def scoreboard(**fields: Any) -> Scoreboard:
    """Something of everything."""
    values: dict[str, Any] = {
        "metrics": table(metric_line()),
        "agreement": Agreement(
            sentence="People name partly the same stages.",
            index=Index(value=0.62, low=0.51, high=0.73, people=20),
            asked_on=FIRST,
            ratified_on=date(2027, 2, 1),
            over=1,
        ),
        "completeness": Completeness(
            sentence="2 problems lack a part of the fix: find out with “/cx problems” who could bring it.",
            share=1 / 3,
            complete=1,
            problems=3,
        ),
        "mirror": Mirror(
            sentence="Plans split noticeably along departments: start work that two of them share.",
            value=0.44,
            low=0.3,
            high=0.58,
            quarters=((date(2026, 10, 1), 0.5), (date(2027, 1, 1), 0.44)),
            bridges=("CX-3",),
        ),
    }
    return Scoreboard(**(values | fields))


def largest_scoreboard(text: str, lines: int = 8) -> Scoreboard:
    """As many long texts as there may be."""
    line = metric_line(
        sentence=text,
        advice=text,
        name=text,
        unit=text,
        target=-123456.789,
        stale_since=FIRST,
        points=tuple(
            Point(on=FIRST + timedelta(days=31 * n), value=(-1) ** n * 10.0**12, noise=10.0**11) for n in range(POINTS)
        ),
    )
    index = Index(value=-0.123, low=-0.456, high=0.789, people=1000)
    return scoreboard(
        metrics=table(*(line.model_copy(update={"metric": n}) for n in range(lines)), total=100_000),
        agreement=Agreement(sentence=text, index=index, asked_on=FIRST, ratified_on=FIRST, over=1000),
        pulse=Pulse(
            sentence=text,
            alpha=index,
            asked_on=FIRST,
            before=(-0.1, 0.5, 0.5, 0.5),
            confused=Confusion(first=text, second=text, pairs=1000, of=10_000),
        ),
        scores=ScoreTests(sentence=text, agreed=1000, tested=2000, stages=3000),
        completeness=Completeness(sentence=text, share=0.333, complete=1000, problems=3000),
        dabbling=Dabbling(sentence=text, ratio=0.333, count=100_000, unsaid=100_000),
        mirror=Mirror(
            sentence=text,
            value=0.444,
            low=0.111,
            high=0.888,
            quarters=tuple((FIRST + timedelta(days=92 * n), 0.111 * n) for n in range(5)),
            bridges=("CX-100000",) * 3,
        ),
    )
