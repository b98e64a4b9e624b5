"""Small pictures side by side: each metric's readings with the path to its target, and the mirror index by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import ceil
from typing import TYPE_CHECKING

from handlers.views.pictures import FAINT, INK, WIDTH, columns, fit, label, png
from handlers.views.standings import (
    STATUS_SIGNS,
    STATUS_WORDS,
    aim_words,
    index_number,
    last_words,
    percent,
    short,
    status_words,
    trend_words,
    valued,
)
from planning.findings.facts.base import MINUS
from planning.metrics.standing import Status
from planning.scoreboard.values import MetricLine, Mirror, Point, Scoreboard
from planning.text import clip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Metrics against their targets, and the mirror index"
PANELS, COLUMNS, ROW_HEIGHT = 9, 2, 1.62
ROOM = WIDTH / COLUMNS - 0.5
"""Inches for the words above a panel."""
NAME, TOLD, NAME_SAID, ALT_MAX = 36, 56, 60, 1900
"""TOLD letters fit under a title."""
LOOK = "3"
"""Goes up when pictures look different, so that they are drawn anew."""
_COLOURS: Mapping[Status, str] = {
    Status.ON_TRACK: "#1f7a4d",
    Status.BEHIND: "#a86400",
    Status.OFF_TRACK: "#b3261e",
    Status.UNKNOWN: "#4f5b66",
}
_MIRROR = "#3b5ba5"


@dataclass(frozen=True, slots=True)
class Panel:
    """One small picture: a line through points and a dashed path; `told` stands above it, `words` in its place."""

    title: str
    told: str
    colour: str
    points: tuple[Point, ...]
    path: tuple[Point, ...] = ()
    scale: tuple[float, float] | None = None
    """The lowest and the highest value of the axis, where they are given."""
    words: str = ""


def panels(board: Scoreboard, metrics: int) -> list[Panel]:
    """Those of the first so many metrics that have a line to draw, then the mirror index."""
    lines = board.metrics.lines[:metrics] if board.metrics else ()
    drawn = [_metric(line) for line in lines if len(line.points) > 1]
    mirrored = [_mirror(board.mirror)] if board.mirror and len(board.mirror.quarters) > 1 else []
    return [*drawn[: PANELS - 1], *mirrored]


def trends_png(shown: Sequence[Panel]) -> bytes:
    """The panels, two in a row."""
    rows = max(1, ceil(len(shown) / COLUMNS))
    return png(0.25 + rows * ROW_HEIGHT, lambda figure: _draw(figure, shown, rows))


def trends_words(shown: Sequence[Panel]) -> str:
    """What the picture says to those who cannot see it."""
    return clip(" ".join(panel.words for panel in shown), ALT_MAX)


def trends_key(shown: Sequence[Panel]) -> str:
    """Stands for what the picture shows: the same content has the same key."""
    return f"trends:{sha256(f'{LOOK}{shown!r}'.encode('utf-8', 'replace')).hexdigest()}"


def _metric(line: MetricLine) -> Panel:
    told = ", ".join(filter(None, (status_words(line), last_words(line), aim_words(line), trend_words(line))))
    return Panel(
        title=f"{STATUS_SIGNS[line.status]} {clip(line.name, NAME)}",
        told=_told(line),
        colour=_COLOURS[line.status],
        points=line.points,
        path=line.path,
        words=f"{clip(line.name, NAME_SAID)}: {told}.",
    )


def _told(line: MetricLine) -> str:
    """How it stands, with the unit where there is room for it."""
    stands = STATUS_WORDS[line.status] if line.target is not None else ""
    fully, briefly = (
        f"{stands}{': ' if stands else ''}{valued(line.points[-1].value, unit)}, {aim_words(line)}"
        for unit in (line.unit, percent(line.unit))
    )
    return fully if columns(fully) <= TOLD else briefly


def _mirror(mirror: Mirror) -> Panel:
    points = tuple(Point(on=quarter, value=value) for quarter, value in mirror.quarters)
    told = ", ".join(f"{index_number(value)} from {short(quarter)}" for quarter, value in mirror.quarters)
    return Panel(
        title="Mirror index by quarter",
        told=f"{index_number(mirror.value)} (0 mixed, 1 split)",
        colour=_MIRROR,
        points=points,
        scale=(0.0, 1.0),
        words=f"Mirror index by quarter: {told}.",
    )


def _draw(figure: "Figure", shown: Sequence[Panel], rows: int) -> None:
    for place, panel in enumerate(shown):
        axes = figure.add_subplot(rows, COLUMNS, place + 1)
        _draw_lines(axes, panel)
        _draw_frame(axes, panel)


def _draw_lines(axes: "Axes", panel: Panel) -> None:
    days, values = _days(panel.points), [one.value for one in panel.points]
    if panel.path:
        wanted = [one.value for one in panel.path]
        axes.plot(_days(panel.path), wanted, "--", color=FAINT, linewidth=1.1)
        axes.plot(_days(panel.path)[-1:], wanted[-1:], "D", color=FAINT, markersize=4)
    _draw_noise(axes, panel)
    axes.plot(days, values, "-o", color=panel.colour, linewidth=1.7, markersize=3.4)
    axes.plot(days[-1:], values[-1:], "o", color=panel.colour, markersize=6)


def _draw_noise(axes: "Axes", panel: Panel) -> None:
    """How far each reading may lie from the truth by chance."""
    known = [one for one in panel.points if one.noise is not None]
    days = _days(known)
    low, high = ([one.value + sign * (one.noise or 0.0) for one in known] for sign in (-1, 1))
    axes.fill_between(days, low, high, color=panel.colour, alpha=0.16, linewidth=0)
    axes.vlines(days, low, high, color=panel.colour, alpha=0.35, linewidth=1)


def _draw_frame(axes: "Axes", panel: Panel) -> None:
    """Title, how it stands in words, and as few marks on the axes as one can read."""
    from matplotlib.ticker import MaxNLocator

    _draw_words(axes, panel)
    marks = _marks(panel)
    margin = max(1.0, (marks[-1] - marks[0]) * 0.04)
    axes.set_xlim(marks[0] - margin, marks[-1] + margin)
    axes.set_xticks(marks, [f"{date.fromordinal(mark):%b %Y}" for mark in marks])
    axes.yaxis.set_major_locator(MaxNLocator(2 if panel.scale else 3))
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:g}".replace("-", MINUS))
    axes.tick_params(length=2, colors=INK, labelsize=7)
    axes.margins(y=0.15)
    if panel.scale is not None:
        axes.set_ylim(*panel.scale)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color("#c9c9c9")


def _draw_words(axes: "Axes", panel: Panel) -> None:
    title, told = label(panel.title, NAME + 2), label(panel.told, TOLD)
    name = axes.set_title(title, fontsize=9, color=INK, loc="left", pad=14, fontweight="bold")
    words = axes.text(0, 1.04, told, transform=axes.transAxes, fontsize=7.5, color=panel.colour, va="bottom")
    for text in (name, words):
        text.set_in_layout(False)
        fit(text, ROOM)


def _marks(panel: Panel) -> list[int]:
    """The first and the last day, and between them that of the last reading where its name has room.

    A target that is so far ahead that the readings would be squeezed together is left outside.
    """
    begin, last = panel.points[0].on.toordinal(), panel.points[-1].on.toordinal()
    far = panel.path[-1].on.toordinal() if panel.path else last
    end = max(last, min(far, 2 * last - begin))
    return [begin, last, end] if end - last > (end - begin) / 4 else [begin, end]


def _days(points: Sequence[Point]) -> list[int]:
    return [one.on.toordinal() for one in points]
