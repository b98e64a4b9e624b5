"""When people are at work, each in their own zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning.alerts.preferences import Preferences
from planning.window import Window, said
from planning.workspace.values import Person

BEGIN, END = time(9), time(17)
"""The hours of whoever did not say otherwise."""
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody may be told things: between these hours of these weekdays (0 is Monday), but on no day off."""

    zone: str = "UTC"
    begins: time = BEGIN
    ends: time = END
    """Midnight is that at the end of the day."""
    weekdays: frozenset[int] = frozenset(range(5))
    off: tuple[Window, ...] = ()
    quiet_until: date | None = None

    @classmethod
    def of(cls, person: Person, wanted: Preferences) -> Self:
        """A person's own, in their zone."""
        return cls(person.zone, wanted.begins, wanted.ends, wanted.weekdays, wanted.off, wanted.quiet_until)

    def on(self, day: date) -> bool:
        """Whether it is a day of work."""
        quiet = self.quiet_until is not None and day < self.quiet_until
        return not quiet and day.weekday() in self.weekdays and not any(off.start <= day <= off.end for off in self.off)

    def at(self, hour: time) -> bool:
        """Whether it is an hour of work."""
        return self.begins <= hour and (hour < self.ends or self.ends == MIDNIGHT)


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name; None where there is none that we know."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; UTC where it is not known."""
    return zone_named(name) or ZoneInfo("UTC")


def day_in(zone: str, moment: datetime) -> date:
    """The day that it is there."""
    return moment.astimezone(zone_of(zone)).date()


def monday_in(zone: str, moment: datetime) -> date:
    """The Monday of the week that it is there."""
    day = day_in(zone, moment)
    return day - timedelta(days=day.weekday())


def said_in(zone: str, moment: datetime) -> str:
    """The day of a moment in the zone, in words: what closes in San Francisco at five closes in UTC the day after."""
    return said(day_in(zone, moment))


def at_work(after: datetime, hours: Hours) -> datetime:
    """The first moment, from the given one on, at which somebody with these hours is at work."""
    local = after.astimezone(zone_of(hours.zone))
    if hours.on(local.date()) and hours.at(local.time()):
        return after
    first = local.date() + timedelta(days=local.time() >= hours.begins)
    day = next(day for day in (first + timedelta(days=n) for n in count()) if hours.on(day))
    begins = datetime.combine(day, hours.begins, local.tzinfo).astimezone(after.tzinfo)
    return max(begins, after)  # where the clocks go back, the hour may have been before
