"""What all pictures share: their width, their letters, their colours, and how they become bytes.

Matplotlib is imported where a picture is drawn: it costs a second that nothing else should wait for.
"""

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from planning.text import clip, one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH, DPI = 7.2, 160
"""Inches and dots: twice as fine as Slack shows a picture, so that it stays sharp."""
INK, FAINT = "#1d1c1d", "#8a8a8a"
FONTS = (
    "DejaVu Sans",
    "Noto Sans",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "Hiragino Sans",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
)
"""Tried in this order for each character, as far as the machine has them."""
MARKS = 2
"""On a letter, beside the one that is part of it."""
MISSING = "▯"
"""Stands for a character that none of the fonts has."""

_pen = Lock()
"""Matplotlib's settings are everybody's: one picture at a time."""


def png(height: float, draw: Callable[["Figure"], None]) -> bytes:
    """A picture as wide as Slack shows it and so many inches high; `draw` fills it."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _pen, rc_context({"font.family": _families(), "hatch.linewidth": 0.6, "text.parse_math": False}):
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        draw(figure)
        file = BytesIO()
        figure.savefig(file, format="png", facecolor="white")
    return file.getvalue()


def label(name: str, limit: int) -> str:
    """The name in characters that can be drawn."""
    known = _drawable()
    return clip("".join(c if ord(c) in known else MISSING for c in _unpiled(one_line(name))), limit)


def _unpiled(name: str) -> Iterator[str]:
    """No letter carries more marks than any language puts on one: a pile of them leaves a picture no room."""
    pile = 0
    for letter in name:
        pile = pile + 1 if combining(letter) else 0
        if pile <= MARKS:
            yield letter


def fit(text: "Text", inches: float) -> None:
    """Cut it until it is no wider: letters differ too much in width to be counted."""
    while text.get_window_extent().width > inches * DPI:
        text.set_text(clip(text.get_text(), len(text.get_text()) - 1))


def columns(text: str) -> int:
    """How much room it takes: a Chinese, Japanese or Korean letter is as wide as two others."""
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


@cache
def _families() -> list[str]:
    """Those of our fonts that this machine has; the first comes with matplotlib."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return [name for name in FONTS if name in installed]


@cache
def _drawable() -> frozenset[int]:
    """Every character that one of the fonts has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    fonts = (get_font(findfont(FontProperties(family=[name]))) for name in _families())
    return frozenset(code for font in fonts for code in font.get_charmap())
