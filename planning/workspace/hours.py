"""When people are at work, each in their own zone."""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning.window import said

BEGIN, END = time(9), time(17)
"""Nobody is asked or reminded outside these hours, nor on Saturdays and Sundays."""
_FRIDAY = 4


def zone_of(name: str) -> tzinfo:
    """The zone of that name; UTC where it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_in(zone: str, moment: datetime) -> date:
    """The day that it is there."""
    return moment.astimezone(zone_of(zone)).date()


def said_in(zone: str, moment: datetime) -> str:
    """The day of a moment in the zone, in words: what closes in San Francisco at five closes in UTC the day after."""
    return said(day_in(zone, moment))


def at_work(after: datetime, zone: str) -> datetime:
    """The first moment, from the given one on, at which somebody in the zone is at work."""
    local = after.astimezone(zone_of(zone))
    if local.weekday() <= _FRIDAY and BEGIN <= local.time() < END:
        return after
    begins = datetime.combine(local.date(), BEGIN, local.tzinfo)
    while begins < local or begins.weekday() > _FRIDAY:
        begins += timedelta(days=1)  # of wall time
    return begins.astimezone(after.tzinfo)
