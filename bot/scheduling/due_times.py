"""When a schedule is due next: the triggers of APScheduler find the days, and this says what clocks do to the time.

Each day that fits its cron has one due time. A time that the clocks skip comes later by as much as they skip, and one
that comes twice is the first of the two. A day that a zone leaves out has none of its own: its time falls together
with that of the next day. (APScheduler leaves these cases open, so it is asked in a time without changes.)
"""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from planning.schedules.values import Schedule

_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first due time after a moment."""
    zone, trigger = ZoneInfo(schedule.zone), _trigger(schedule.cron.text)
    yesterday = after.astimezone(zone).date() - _DAY  # what the clocks skip before midnight comes after it
    moment, wall = after, datetime.combine(yesterday, time(), UTC)
    while moment <= after:
        wall = trigger.get_next_fire_time(None, wall)
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        wall += _INSTANT
    return moment


@lru_cache(maxsize=1000)
def _trigger(cron: str) -> CronTrigger:
    minute, hour, day, month, weekday = cron.split()
    return CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=UTC)
