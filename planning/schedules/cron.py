"""The five fields of cron, kept to what is due at most once a day, and said in words.

A day must fit all of the fields for day, month and weekday: `1-7 * tue` is the first Tuesday of a month. (The cron of
Unix takes either.)
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ITEM = re.compile(r"(\w+)(?:-(\w+))?")
_NTH = {(1, 7): "first", (8, 14): "second", (15, 21): "third", (22, 28): "fourth"}
_LONGEST_FEBRUARY = 29
WRONG = "Write five fields: minute, hour, day, month, weekday, such as “0 9 * * mon” or “30 8 1-7 1,4,7,10 tue”."


@dataclass(frozen=True)
class Cron:
    """When something is due in local time; `of` reads the five fields, `text` is what they were read from."""

    text: str
    minute: int
    hour: int
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """0 is Monday."""

    @classmethod
    def of(cls, text: str) -> "Cron":
        """Read the five fields. Raises ValueError with what to write."""
        fields = text.lower().split()
        if len(fields) != 5:
            raise ValueError(WRONG)
        minute, hour = (_number(field, last) for field, last in zip(fields[:2], (59, 23), strict=True))
        days, months = _numbers(fields[2], 1, 31), _numbers(fields[3], 1, 12, MONTHS)
        weekdays = _numbers(fields[4], 0, 6, WEEKDAYS, named=True)
        if not any(min(days) <= (_LONGEST_FEBRUARY if month == 2 else monthrange(2024, month)[1]) for month in months):
            raise ValueError("That day does not exist in that month. Choose another one.")
        return cls(" ".join(fields), minute, hour, days, months, weekdays)

    @classmethod
    def weekly(cls, weekdays: frozenset[int], hour: int, minute: int) -> "Cron":
        """Every week on these days; 0 is Monday."""
        named = ",".join(WEEKDAYS[day][:3].lower() for day in sorted(weekdays))
        return cls.of(f"{minute} {hour} * * {named if len(weekdays) < len(WEEKDAYS) else '*'}")

    @property
    def time(self) -> str:
        """The time of day, such as 09:00."""
        return f"{self.hour:02}:{self.minute:02}"

    @cached_property
    def said(self) -> str:
        """In words, such as “every Monday at 09:00”."""
        return f"{self._days_said}{self._months_said} at {self.time}"

    @property
    def _days_said(self) -> str:
        every_weekday, every_day = len(self.weekdays) == len(WEEKDAYS), len(self.days) == 31
        named = _weekdays_said(self.weekdays)
        if every_day:
            return "every day" if every_weekday else f"every {named}"
        first, last = min(self.days), max(self.days)
        if not every_weekday and (nth := _NTH.get((first, last))) and len(self.days) == 7:
            return f"the {nth} {named}"
        on = f"on day {_listed([*map(str, _ranges(self.days))])}"
        return on if every_weekday else f"{on} when it is a {named}"

    @property
    def _months_said(self) -> str:
        whole_year, every_day = len(self.months) == len(MONTHS), len(self.days) == 31
        if whole_year:
            return "" if every_day else " of each month"
        named = _listed([MONTHS[month - 1] for month in sorted(self.months)])
        return f" in {named}" if every_day else f" of {named}"


def _weekdays_said(weekdays: frozenset[int]) -> str:
    if weekdays == frozenset(range(5)):
        return "working day"
    return _listed([WEEKDAYS[day] for day in sorted(weekdays)])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _ranges(numbers: frozenset[int]) -> list[str]:
    """Numbers that follow each other as one range."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return [str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]


def _number(field: str, last: int) -> int:
    """One number: a schedule is due at one time of the day."""
    if not field.isdecimal() or not field.isascii() or int(field) > last:
        raise ValueError(f"{WRONG} “{field}” is not a number up to {last}.")
    return int(field)


def _numbers(field: str, first: int, last: int, names: tuple[str, ...] = (), *, named: bool = False) -> frozenset[int]:
    """Numbers, ranges and names with commas between them; `*` is all of them.

    Weekdays go by names alone, for 0 is Sunday to some and Monday to others.
    """
    if field == "*":
        return frozenset(range(first, last + 1))
    known = {name[:3].lower(): at for at, name in enumerate(names, start=first)}
    if not named:
        known |= {str(number): number for number in range(first, last + 1)}
    return frozenset(number for item in field.split(",") for number in _item(item, known))


def _item(item: str, known: dict[str, int]) -> range:
    found = _ITEM.fullmatch(item)
    start, end = (known.get(each) for each in (found[1], found[2] or found[1])) if found else (None, None)
    if start is None or end is None or end < start:
        raise ValueError(f"{WRONG} “{item[:20]}” is not clear.")
    return range(start, end + 1)
