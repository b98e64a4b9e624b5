"""A document on A4 pages: headings that make a table of contents, lines, lists, tables, pictures, page numbers.

The PDF library is imported where a document is drawn, as matplotlib is: it costs time that nothing else should spend.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from handlers.views.pictures import FONTS, MISSING
from planning.text import clip, one_line

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.outline import OutlineSection

MARGIN, BODY, SMALL, LINE, GUTTER = 18, 9.5, 8.0, 5.0, 2.5
"""Millimetres and points."""
ROOM = 30
"""A heading with less room below it begins a page."""
INK, FAINT, RULE = (29, 28, 29), (110, 110, 110), (200, 200, 200)
SIZES = {0: 18, 1: 13, 2: 10.5}
"""Of headings, by level."""
MAIN = "main"


class Paper:
    """A document that grows from top to bottom; every text may come from people."""

    def __init__(self, title: str, made: datetime) -> None:
        self._pdf = _pages(readable(title, 120))
        self._pdf.set_title(readable(title, 120))
        self._pdf.set_creation_date(made)
        for family, path, bold in _faces():
            self._pdf.add_font(family, "", path)
            self._pdf.add_font(family, "B", bold or path)
        self._pdf.set_fallback_fonts([family for family, _, _ in _faces() if family != MAIN], exact_match=False)
        self._pdf.set_font(MAIN, "", BODY)
        self._pdf.add_page()

    def title(self, text: str) -> None:
        """The title on the first page."""
        self._write(readable(text, 110), "B", SIZES[0])

    def part(self, text: str) -> None:
        """A part of the document, which begins a page unless one has just begun."""
        if self._pdf.get_y() > MARGIN:
            self._pdf.add_page()
        self._pdf.start_section(readable(text, 110), 0)
        self._write(readable(text, 110), "B", SIZES[0])

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; those of level 1 stand in the contents, as parts do."""
        self._pdf.ln(LINE)
        if self._pdf.get_y() > self._pdf.h - MARGIN - ROOM:
            self._pdf.add_page()
        if level == 1:
            self._pdf.start_section(readable(text, 110), 1)
        self._write(readable(text, 110), "B", SIZES[level])

    def line(self, text: str, limit: int = 1000, *, faint: bool = False) -> None:
        """A paragraph."""
        self._pdf.set_text_color(*(FAINT if faint else INK))
        self._write(readable(text, limit), "", SMALL if faint else BODY)
        self._pdf.set_text_color(*INK)

    def rows(self, texts: Sequence[str], most: int, limit: int = 400) -> None:
        """A list, cut with how many more there are."""
        hidden = len(texts) - most
        for text in [*texts[:most], *([f"…and {hidden} more"] if hidden > 0 else [])]:
            self._pdf.set_x(MARGIN)
            self._pdf.cell(4, LINE, "•")
            self._pdf.multi_cell(0, LINE, readable(text, limit), align="L", new_x="LMARGIN", new_y="NEXT")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], hidden: int) -> None:
        """A table of one line for each row, and how many more rows there are."""
        total = sum(widths)
        columns = [self._pdf.epw * width / total for width in widths]
        self._row(headings, columns, "B")
        for cells in rows:
            self._row(cells, columns, "")
        if hidden > 0:
            self.line(f"…and {hidden} more", faint=True)
        self._pdf.ln(1.5)

    def picture(self, png: bytes, alt: str) -> None:
        """A picture as wide as the page, with what it says in words."""
        self._pdf.ln(2)
        self._pdf.image(BytesIO(png), w=self._pdf.epw, alt_text=readable(alt, 1500))
        self._pdf.ln(2)

    def contents(self) -> None:
        """A page with all headings and where they are; the next one begins behind it."""
        self._pdf.add_page()
        self._pdf.insert_toc_placeholder(_contents, allow_extra_pages=True)

    def content(self) -> bytes:
        """The document."""
        return bytes(self._pdf.output())

    def _row(self, cells: Sequence[str], columns: Sequence[float], style: str) -> None:
        self._pdf.set_font(MAIN, style, SMALL)
        for cell, width in zip(cells, columns, strict=True):
            self._pdf.cell(width, LINE, self._fitted(readable(cell, 160), width - GUTTER), border="B")
        self._pdf.ln(LINE)
        self._pdf.set_font(MAIN, "", BODY)

    def _fitted(self, text: str, width: float) -> str:
        """Cut until it is no wider: letters differ too much in width to be counted."""
        while len(text) > 1 and (wide := self._pdf.get_string_width(text)) > width:
            text = clip(text, min(len(text) - 1, int(len(text) * width / wide) + 1))
        return text

    def _write(self, text: str, style: str, size: float) -> None:
        self._pdf.set_font(MAIN, style, size)
        self._pdf.multi_cell(0, size * 0.52, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self._pdf.set_font(MAIN, "", BODY)


def readable(text: str, limit: int) -> str:
    """One line in letters that the fonts here have."""
    known = _drawable()
    told = clip("".join(letter if ord(letter) in known else MISSING for letter in one_line(text[: 2 * limit])), limit)
    return _in_sight(told) or " "


def _in_sight(text: str) -> str:
    """Letters in the order in which they stand on paper: those of Hebrew and Arabic run from right to left."""
    if not any(bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    from fpdf.bidi import BidiParagraph

    return str(BidiParagraph(text).get_reordered_string())


def _pages(title: str) -> "FPDF":
    from fpdf import FPDF

    class Pages(FPDF):
        """Pages with the title and the number below."""

        def footer(self) -> None:
            """Called at the end of each page."""
            self.set_y(-MARGIN + 4)
            self.set_font(MAIN, "", SMALL)
            self.set_text_color(*FAINT)
            self.cell(0, LINE, f"{clip(title, 90)}   ·   page {self.page_no()} of {{nb}}", align="R")
            self.set_text_color(*INK)

    pages = Pages(format="A4", unit="mm")
    pages.set_margins(MARGIN, MARGIN)
    pages.set_auto_page_break(auto=True, margin=MARGIN)
    pages.set_draw_color(*RULE)
    return pages


def _contents(pdf: "FPDF", outline: "Iterable[OutlineSection]") -> None:
    pdf.set_font(MAIN, "B", SIZES[1])
    pdf.set_xy(MARGIN, MARGIN)
    pdf.cell(0, 9, "Contents", new_x="LMARGIN", new_y="NEXT")
    for section in outline:
        pdf.set_font(MAIN, "" if section.level else "B", BODY)
        link = pdf.add_link(page=section.page_number)
        pdf.set_x(MARGIN + 5 * section.level)
        pdf.cell(pdf.epw - 16 - 5 * section.level, 6, clip(section.name, 84), link=link)
        pdf.cell(16, 6, str(section.page_number), align="R", link=link, new_x="LMARGIN", new_y="NEXT")


@cache
def _faces() -> tuple[tuple[str, str, str | None], ...]:
    """Name, file and bold file of those of our fonts that this machine has; the first comes with matplotlib."""
    from matplotlib.font_manager import FontProperties, findfont, fontManager

    installed = {font.name for font in fontManager.ttflist}
    found: list[tuple[str, str, str | None]] = []
    for name in (name for name in FONTS if name in installed):
        path, bold = (findfont(FontProperties(family=[name], weight=weight)) for weight in ("normal", "bold"))
        if path.lower().endswith((".ttf", ".otf")):
            found.append((name if found else MAIN, path, bold if bold != path else None))
    return tuple(found)


@cache
def _drawable() -> frozenset[int]:
    """Every character that one of them has."""
    from matplotlib.font_manager import get_font

    return frozenset(code for _, path, _ in _faces() for code in get_font(path).get_charmap())
