"""Moments and indices of agreement in words."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views.standings import interval_words
from planning.agreement.results import Index
from planning.window import said
from planning.workspace.hours import zone_of

Bands = Sequence[tuple[float, str]]
"""From which value on an index means what, the highest first; the last one holds for all below."""
WIDE, NONE = 0.8, 1e-6
"""An interval that is wider leaves room for nearly every meaning; one of few answers may have no width at all."""


def moment(at: datetime, zone: str) -> str:
    """A moment as it is called in a zone, such as Monday 8 March 2027, 17:00."""
    local = at.astimezone(zone_of(zone))
    return f"{local:%A} {said(local.date())}, {local:%H:%M}"


def index_words(index: Index | None, bands: Bands) -> str:
    """An index, how sure it is, and what it means; None is too few answers."""
    if index is None:
        return "too few answers to tell."
    meaning = next((words for least, words in bands if index.value >= least), bands[-1][1])
    open_yet = " But so few answers leave it open." if unsure(index) else ""
    return f"{interval_words(index.value, index.low, index.high)}: {meaning}{open_yet}"


def unsure(index: Index) -> bool:
    """Whether the answers say hardly anything about everybody: too wide an interval, or people differ without any."""
    width = index.high - index.low
    return width > WIDE or (width < NONE and index.value < 1)
