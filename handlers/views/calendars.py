"""The picture of contacts on a calendar: by segment, as planned above and as proposed below, clashes marked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.views.pictures import FAINT, INK, label, png
from planning.proposals.changes import Days
from planning.proposals.values import ContactDays
from planning.text import clip, counted
from planning.window import said_between

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS_MAX = 12
"""More could not be read."""
ROW_HEIGHT, SEGMENT, TITLE, ALT_MAX = 0.24, 24, 24, 1900
CALM, MOVED, CLASH = "#c9ced6", "#3b5ba5", "#b3261e"
SIGN = "✕"
"""Stands beside a clash, for colours alone do not say it."""
_MARGIN = timedelta(days=3)


def calendar_png(contacts: Sequence[ContactDays], title: str) -> bytes:
    """Each contact as a bar in its days, before above after; hatched and crossed where it runs into another one."""
    shown = rows(contacts)
    return png(1.5 + 2 * ROW_HEIGHT * max(3, len(shown)), lambda figure: _draw(figure, shown, title))


def calendar_words(contacts: Sequence[ContactDays]) -> str:
    """What the picture says to those who cannot see it."""
    told = [_told(contact) for contact in rows(contacts)]
    hidden = len(contacts) - len(told)
    more = [f"…and {counted(hidden, 'more contact')}."] if hidden > 0 else []
    return clip(" ".join([*told, *more]), ALT_MAX) or "No contact is touched."


def rows(contacts: Sequence[ContactDays]) -> list[ContactDays]:
    """Those that clash or move first, as many as can be read, by segment and day."""
    matter = sorted(contacts, key=lambda one: (not one.clashes_before, one.before == one.after, _place(one)))
    return sorted(matter[:ROWS_MAX], key=_place)


def _place(contact: ContactDays) -> tuple[str, date, int]:
    return (contact.segment_name.casefold(), contact.before.start, contact.initiative)


def _told(contact: ContactDays) -> str:
    who = f"{contact.reference} contacts {clip(contact.segment_name, SEGMENT)} by {clip(contact.touchpoint_name, 20)}"
    instead = _days(contact.after) if contact.after == contact.before else _moved(contact)
    return f"{who}, {instead}{_clashes(contact)}."


def _moved(contact: ContactDays) -> str:
    return f"{_days(contact.after)} instead of {_days(contact.before)}"


def _clashes(contact: ContactDays) -> str:
    before, after = (_references(ids) for ids in (contact.clashes_before, contact.clashes_after))
    if before == after:
        return f", runs into {after}" if after else ""
    return f", {f'runs into {after}' if after else 'clear'}{f' (before: runs into {before})' if before else ''}"


def _references(ids: Sequence[int]) -> str:
    return ", ".join(f"CX-{id}" for id in ids[:4]) + (" and more" if len(ids) > 4 else "")


def _days(days: Days) -> str:
    return said_between(days.start, days.end)


def _draw(figure: "Figure", shown: Sequence[ContactDays], title: str) -> None:
    figure.suptitle(label(title, 70), fontsize=11, color=INK, x=0.01, ha="left")
    above, below = figure.subplots(2, 1, sharex=True)
    _draw_calendar(above, "As planned", shown, [(one.before, one.clashes_before, CALM) for one in shown])
    after = [(one.after, one.clashes_after, CALM if one.after == one.before else MOVED) for one in shown]
    _draw_calendar(below, "As proposed", shown, after)
    _draw_days(below, shown)
    _draw_key(figure)


def _draw_calendar(
    axes: "Axes",
    heading: str,
    shown: Sequence[ContactDays],
    bars: Sequence[tuple[Days, tuple[int, ...], str]],
) -> None:
    clashing = sum(1 for _, clashes, _ in bars if clashes)
    told = f"{counted(clashing, 'contact')} in a clash" if clashing else "no clash"
    axes.set_title(f"{heading}: {told}", fontsize=9, color=INK, loc="left", pad=5)
    for row, (days, clashes, colour) in enumerate(bars):
        _draw_bar(axes, row, days, colour, clashes=bool(clashes))
    _draw_segments(axes, shown)
    axes.set_yticks(range(len(shown)), [_name(one) for one in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.tick_params(length=0, colors=INK, labelsize=7)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.7)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _draw_bar(axes: "Axes", row: int, days: Days, colour: str, *, clashes: bool) -> None:
    start, end = days.start.toordinal(), days.end.toordinal() + 1
    face, edge = ("white", CLASH) if clashes else (colour, colour)
    hatch = "////" if clashes else None
    axes.barh(row, end - start, left=start, height=0.62, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=1)
    if clashes:
        axes.text(end + 0.3, row, SIGN, va="center", ha="left", fontsize=8, color=CLASH, fontweight="bold")


def _draw_segments(axes: "Axes", shown: Sequence[ContactDays]) -> None:
    """A thin rule between segments."""
    for row in range(1, len(shown)):
        if shown[row].segment_name != shown[row - 1].segment_name:
            axes.axhline(row - 0.5, color=FAINT, linewidth=0.6)


def _name(contact: ContactDays) -> str:
    return f"{label(contact.segment_name, SEGMENT)} · {contact.reference} {label(contact.touchpoint_name, 14)}"


def _draw_days(axes: "Axes", shown: Sequence[ContactDays]) -> None:
    """The Mondays, as many as have room."""
    days = [day for one in shown for span in (one.before, one.after) for day in (span.start, span.end)]
    first, last = min(days, default=date.min), max(days, default=date.min)
    start = (first - timedelta(days=first.weekday())).toordinal() if days else 1
    step = 7 * max(1, ((last - first).days // 7 + 8) // 8)
    marks = range(start, last.toordinal() + 8, step)
    axes.set_xticks(list(marks), [f"{date.fromordinal(mark).day} {date.fromordinal(mark):%b %y}" for mark in marks])
    axes.set_xlim(first.toordinal() - 1, last.toordinal() + _MARGIN.days)


def _draw_key(figure: "Figure") -> None:
    from matplotlib.patches import Patch

    entries = [
        Patch(facecolor=CALM, label="stays"),
        Patch(facecolor=MOVED, label="moved"),
        Patch(facecolor="white", edgecolor=CLASH, hatch="////", label=f"{SIGN} runs into another one"),
    ]
    figure.legend(handles=entries, loc="outside lower left", ncols=3, fontsize=7, frameon=False, labelcolor=INK)
