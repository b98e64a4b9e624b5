"""Dates as people write them in trackers: each is understood as a span of days, or refused when it could be two."""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.window import LONGEST, Window

YEARS = range(1900, 2200)


class UnreadableDay(ValueError):
    """Why a cell is not taken for a date."""


class Order(StrEnum):
    """What comes first in 3/4/2026."""

    DAY = "day first"
    MONTH = "month first"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the dates of a file are to be read, as far as it is known."""

    order: Order | None = None
    fiscal_start: int | None = None
    """The month in which the fiscal year that is named for its end begins."""


def order_in(cells: Iterable[str]) -> Order | None:
    """What comes first in the dates of a file, when some of them leave one way only and all those agree."""
    found = (_NUMERIC.fullmatch(_tidy(cell)) for cell in cells)
    days = [(int(match[1]), int(match[2])) for match in found if match]
    ways = {Order.DAY if first > 12 else Order.MONTH for first, second in days if (first > 12) != (second > 12)}
    return ways.pop() if len(ways) == 1 else None


def days_of(cell: str, reading: Reading) -> Window:
    """The days that the cell names; raises UnreadableDay with the reason."""
    text = _tidy(cell)
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return _built(build, match, reading)
    raise UnreadableDay("is not a date; write it as 2026-12-31")


def window_of(start: str, end: str, reading: Reading) -> Window:
    """From the first day that one text means to the last that another means; raises UnreadableDay."""
    first, last = days_of(start, reading).start, days_of(end, reading).end
    if last < first:
        raise UnreadableDay("ends before it begins")
    window = Window(first, last)
    if window.days > LONGEST:
        raise UnreadableDay(f"lasts {window.days:,} days; say at most {LONGEST:,}")
    return window


def _tidy(cell: str) -> str:
    text = " ".join(cell.casefold().split())
    return re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+(?=\d)", "", text)


def _built(build: "Build", match: re.Match[str], reading: Reading) -> Window:
    try:
        window = build(match, reading)
    except UnreadableDay:
        raise
    except ValueError as error:
        raise UnreadableDay("is not a day of the calendar") from error
    if window.start.year not in YEARS or window.end.year not in YEARS:
        raise UnreadableDay("is too far away to be meant")
    return window


def _day(year: int, month: int, day: int) -> Window:
    return Window(date(year, month, day), date(year, month, day))


def _months(year: int, month: int, length: int) -> Window:
    """`length` months from a month on, which may lie outside of 1 to 12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last = year + (month + length - 2) // 12, (month + length - 2) % 12 + 1
    return Window(date(year, month, 1), date(last_year, last, calendar.monthrange(last_year, last)[1]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


def _year_first(match: re.Match[str], _reading: Reading) -> Window:
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _either_first(match: re.Match[str], reading: Reading) -> Window:
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    if first > 12 or match[2] == "." or first == second:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    if reading.order is None:
        both = f"{_said(year, second, first)} or {_said(year, first, second)}"
        raise UnreadableDay(f"could be {both}; write it as 2026-12-31")
    return _day(year, second, first) if reading.order is Order.DAY else _day(year, first, second)


def _said(year: int, month: int, day: int) -> str:
    return f"{day} {date(year, month, day):%B}"


def _day_month(match: re.Match[str], _reading: Reading) -> Window:
    return _day(_year(match[3]), _month(match[2]), int(match[1]))


def _month_day(match: re.Match[str], _reading: Reading) -> Window:
    return _day(_year(match[3]), _month(match[1]), int(match[2]))


def _month_year(match: re.Match[str], _reading: Reading) -> Window:
    return _months(_year(match[2]), _month(match[1]), 1)


def _year_month(match: re.Match[str], _reading: Reading) -> Window:
    return _months(int(match[1]), _numbered(match[2]), 1)


def _month_number_year(match: re.Match[str], _reading: Reading) -> Window:
    return _months(int(match[2]), _numbered(match[1]), 1)


def _numbered(text: str) -> int:
    if not 1 <= int(text) <= 12:
        raise UnreadableDay("is not a month of the calendar")
    return int(text)


def _part_of_year(match: re.Match[str], _reading: Reading) -> Window:
    """A quarter, or a half; there are no third and fourth halves."""
    length = 3 if match["part"] == "q" else 6
    if length * int(match["number"]) > 12:
        raise UnreadableDay("is not a half of a year")
    return _months(int(match["year"]), (int(match["number"]) - 1) * length + 1, length)


def _whole_year(match: re.Match[str], _reading: Reading) -> Window:
    return _months(int(match[1]), 1, 12)


def _fiscal(match: re.Match[str], reading: Reading) -> Window:
    if reading.fiscal_start is None:
        raise UnreadableDay("needs the month in which your fiscal year begins; say --fiscal-year-start MONTH")
    begins = _year(match["last"] or match["year"]) - (reading.fiscal_start > 1)
    if match["number"] is None:
        return _months(begins, reading.fiscal_start, 12)
    return _months(begins, reading.fiscal_start + 3 * (int(match["number"]) - 1), 3)


Build = Callable[[re.Match[str], Reading], Window]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MON = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CLOCK = r"(?:[t ]\d{1,2}:\d\d.*)?"
_TH = r"(?:st|nd|rd|th)?"
_GAP = r"[-/ ,.]*"
_YEAR = r"'?(\d{4}|\d\d)"
_NUMERIC = re.compile(rf"(\d{{1,2}})[-/ ](\d{{1,2}})[-/ ](?:\d{{4}}|\d\d){_CLOCK}")
_PART = r"(?P<part>[qh]) ?(?P<number>[1-4])"
_FISCAL = r"fy ?(?P<year>\d{4}|\d\d)(?:[-/](?P<last>\d{4}|\d\d))?"
_FORMS: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(form), build)
    for form, build in (
        (rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}", _year_first),
        (rf"(\d{{1,2}})([-/ .])(\d{{1,2}})\2(\d{{4}}|\d\d){_CLOCK}", _either_first),
        (rf"(\d{{1,2}}){_TH}(?: of)?{_GAP}{_MON}{_GAP}{_YEAR}{_CLOCK}", _day_month),
        (rf"{_MON}{_GAP}(\d{{1,2}}){_TH}[-/ ,.]+{_YEAR}{_CLOCK}", _month_day),
        (rf"{_MON}{_GAP}{_YEAR}", _month_year),
        (r"(\d{4})[-/.](\d{1,2})", _year_month),
        (r"(\d{1,2})[-/.](\d{4})", _month_number_year),
        (rf"(?P<year>\d{{4}})[-/ ]*{_PART}", _part_of_year),
        (rf"{_PART}[-/ ,]*(?P<year>\d{{4}})", _part_of_year),
        (rf"{_FISCAL}(?:[-/ ,]*q ?(?P<number>[1-4]))?", _fiscal),
        (rf"q ?(?P<number>[1-4])[-/ ,]*{_FISCAL}", _fiscal),
        (r"(\d{4})", _whole_year),
    )
)
