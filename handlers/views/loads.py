"""The picture of people wanted: one small panel for each pool, its weeks before and after against what it has."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from handlers.views.pictures import FAINT, INK, WIDTH, fit, label, png
from planning.findings.facts.base import amount, person_weeks
from planning.findings.facts.contacts import in_weeks
from planning.proposals.values import PoolLoad
from planning.text import clip
from planning.window import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS, WEEKS_MAX = 4, 40
"""More could not be read."""
ROW_HEIGHT, NAME, ALT_MAX = 1.9, 44, 1900
MARGIN = 3
"""Quiet weeks that stay in sight on both sides of what changes."""
BEFORE, AFTER, OVER = "#c9ced6", "#3b5ba5", "#b3261e"
BAR = 0.4
WITHIN = "within what there is"
_TOLERANCE = 1e-3
"""A person-week that falls short by less is a matter of rounding."""

Panel = tuple[str, list[PoolLoad]]


def loads_png(loads: Sequence[PoolLoad], title: str) -> bytes:
    """Each pool by week: asked before and after beside each other, hatched where it is more than there is."""
    shown = panels(loads)
    return png(0.75 + ROW_HEIGHT * max(1, len(shown)), lambda figure: _draw(figure, shown, title))


def loads_words(loads: Sequence[PoolLoad]) -> str:
    """What the picture says to those who cannot see it."""
    told = [_told(name, weeks) for name, weeks in panels(loads)]
    return clip(" ".join(told), ALT_MAX) or "No pool is touched."


def panels(loads: Iterable[PoolLoad]) -> list[Panel]:
    """The pools that are asked for too much or asked otherwise, the worst first, each with the weeks that matter."""
    ordered = sorted(loads, key=lambda load: (load.pool, load.monday))
    grouped = (list(weeks) for _, weeks in groupby(ordered, key=lambda load: load.pool))
    pools = [weeks for weeks in grouped if any(map(_matters, weeks))]
    pools.sort(key=lambda weeks: (-_over(weeks, after=False), -_over(weeks, after=True), weeks[0].pool))
    return [(weeks[0].name, _in_sight(weeks)) for weeks in pools[:PANELS]]


def _in_sight(weeks: list[PoolLoad]) -> list[PoolLoad]:
    """From shortly before the first week that matters to shortly after the last, as many as can be read."""
    matter = [n for n, week in enumerate(weeks) if _matters(week)]
    start = max(0, matter[0] - MARGIN)
    return weeks[start : min(matter[-1] + MARGIN + 1, start + WEEKS_MAX)]


def _matters(week: PoolLoad) -> bool:
    over = _more(week.before, week.available) or _more(week.after, week.available)
    return bool(over) or abs(week.before - week.after) > _TOLERANCE


def _more(asked: float, available: float) -> float:
    return asked - available if asked - available > _TOLERANCE else 0.0


def _over(weeks: Iterable[PoolLoad], *, after: bool) -> float:
    return sum(_more(week.after if after else week.before, week.available) for week in weeks)


def _told(name: str, weeks: Sequence[PoolLoad]) -> str:
    before = tuple(week for week in weeks if _more(week.before, week.available))
    name, after = clip(name, NAME), _over(weeks, after=True)
    if not before:
        then = f"and {person_weeks(after)} too much after" if after else "and after"
        return f"{name}: {WITHIN} before {then}."
    short, mondays = _over(before, after=False), tuple(week.monday for week in before)
    when = in_weeks(mondays) if len(mondays) == 1 else f"{len(mondays)} weeks from {said(mondays[0])} on"
    then = f"{person_weeks(after)} too much" if after else WITHIN
    return f"{name}: before, {person_weeks(short)} too much in {when}; after, {then}."


def _draw(figure: "Figure", shown: Sequence[Panel], title: str) -> None:
    figure.suptitle(label(title, 70), fontsize=11, color=INK, x=0.01, ha="left")
    for place, (name, weeks) in enumerate(shown):
        axes = figure.add_subplot(max(1, len(shown)), 1, place + 1)
        _draw_weeks(axes, weeks)
        _draw_frame(axes, name, weeks)
        if place == 0:
            _draw_key(figure)


def _title(weeks: Sequence[PoolLoad]) -> str:
    before, after = _over(weeks, after=False), _over(weeks, after=True)
    if not before:
        return f"{person_weeks(after)} too much after" if after else WITHIN
    return f"{person_weeks(before)} too much before, {amount(after) if after else 'none'} after"


def _draw_weeks(axes: "Axes", weeks: Sequence[PoolLoad]) -> None:
    places = range(len(weeks))
    for shift, colour, asked in (
        (-BAR / 2, BEFORE, [week.before for week in weeks]),
        (BAR / 2, AFTER, [week.after for week in weeks]),
    ):
        held = [min(value, week.available) for value, week in zip(asked, weeks, strict=True)]
        where = [place + shift for place in places]
        axes.bar(where, held, BAR, color=colour, linewidth=0)
        for place, value, week in zip(where, asked, weeks, strict=True):
            _draw_over(axes, place, _more(value, week.available), week.available)
    edges = [place - 0.5 for place in range(len(weeks) + 1)]
    axes.stairs([week.available for week in weeks], edges, color=INK, linewidth=1.4, baseline=None)


def _draw_over(axes: "Axes", place: float, more: float, available: float) -> None:
    if more:
        axes.bar(place, more, BAR, bottom=available, facecolor="white", edgecolor=OVER, hatch="////", linewidth=0.9)


def _draw_frame(axes: "Axes", name: str, weeks: Sequence[PoolLoad]) -> None:
    told = label(f"{clip(name, NAME)}: {_title(weeks)}", 110)
    heading = axes.set_title(told, fontsize=9, color=INK, loc="left", pad=6)
    heading.set_in_layout(False)
    fit(heading, WIDTH - 0.8)
    step = max(1, -(-len(weeks) // 8))
    marks = range(0, len(weeks), step)
    axes.set_xticks(list(marks), [f"{weeks[n].monday.day} {weeks[n].monday:%b %y}" for n in marks])
    axes.set_xlim(-0.7, len(weeks) - 0.3)
    axes.set_ylim(0, 1.15 * max((max(week.before, week.after, week.available) for week in weeks), default=1.0) or 1.0)
    axes.set_ylabel("person-weeks", fontsize=7, color=FAINT)
    axes.tick_params(length=2, colors=INK, labelsize=7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color("#c9c9c9")


def _draw_key(figure: "Figure") -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries = [
        Patch(facecolor=BEFORE, label="asked before"),
        Patch(facecolor=AFTER, label="asked after"),
        Patch(facecolor="white", edgecolor=OVER, hatch="////", label="more than there is"),
        Line2D([], [], color=INK, linewidth=1.4, label="there is"),
    ]
    figure.legend(handles=entries, loc="outside lower left", ncols=4, fontsize=7, frameon=False, labelcolor=INK)
