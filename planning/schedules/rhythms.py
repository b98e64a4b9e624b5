"""How often something is due, as people choose it; a cron behind it that says anything else is `OTHER`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from planning.errors import FieldError
from planning.schedules.changing import cron_of
from planning.schedules.cron import WEEKDAYS, Cron

QUARTERS = frozenset({1, 4, 7, 10})
"""The first months of the quarters."""
WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
_ALL_MONTHS, _ALL_DAYS = frozenset(range(1, 13)), frozenset(range(1, 32))


class Often(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    """Every week on these days."""
    MONTHLY = "monthly"
    """Every month on the first, second, third or fourth of a weekday."""
    QUARTERLY = "quarterly"
    """On the first of a weekday in the first month of each quarter."""
    OTHER = "other"
    """As five fields of cron say."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What stands in the form. `week` counts from 1; `text` is what is written where nothing else fits."""

    often: Often = Often.WEEKLY
    weekdays: frozenset[int] = frozenset({0})
    week: int = 1
    hour: int = 9
    minute: int = 0
    text: str = ""

    @classmethod
    def of(cls, cron: Cron) -> Self:
        """What has to be chosen to have this cron again."""
        week = next((week for week in WEEKS if cron.days == _days(week)), 0)
        often = _often(cron, week)
        if often is Often.OTHER:
            return cls(often, hour=cron.hour, minute=cron.minute, text=cron.text)
        return cls(often, cron.weekdays, week or 1, cron.hour, cron.minute)

    def cron(self) -> Cron:
        """The same as cron. Raises FieldError."""
        if self.often is Often.OTHER:
            return cron_of(self.text)
        if not self.weekdays:
            raise FieldError({"weekdays": "Choose at least one day."})
        if self.often is Often.WEEKLY:
            return Cron.weekly(self.weekdays, self.hour, self.minute)
        return self._one_day_a_month()

    def _one_day_a_month(self) -> Cron:
        if len(self.weekdays) > 1:
            raise FieldError({"weekdays": "Choose one day only: it is due once in that month."})
        week, months = (1, "1,4,7,10") if self.often is Often.QUARTERLY else (self.week, "*")
        days, weekday = _days(week), WEEKDAYS[min(self.weekdays)][:3].lower()
        return Cron.of(f"{self.minute} {self.hour} {min(days)}-{max(days)} {months} {weekday}")


def _often(cron: Cron, week: int) -> Often:
    """What fits; `week` is 0 where the days are not those of one."""
    if cron.days == _ALL_DAYS and cron.months == _ALL_MONTHS:
        return Often.WEEKLY
    if week and len(cron.weekdays) == 1 and cron.months == _ALL_MONTHS:
        return Often.MONTHLY
    first = week == 1 and len(cron.weekdays) == 1
    return Often.QUARTERLY if first and cron.months == QUARTERS else Often.OTHER


def _days(week: int) -> frozenset[int]:
    return frozenset(range(7 * week - 6, 7 * week + 1))
