"""When schedules are due, on both sides of every kind of change of the clocks; all times are written in UTC."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.due_times import next_due
from planning.schedules.cron import WEEKDAYS, Cron
from tests.builders import schedule

DST = [
    # zone, cron, after, due times
    ("Europe/London", "0 9 * * *", "2027-03-27T00:00", "03-27 09:00, 03-28 08:00, 03-29 08:00"),
    ("Europe/London", "30 1 * * *", "2027-03-27T00:00", "03-27 01:30, 03-28 01:30, 03-29 00:30"),
    ("Europe/London", "30 1 * * *", "2027-10-30T00:00", "10-30 00:30, 10-31 00:30, 11-01 01:30"),
    ("Europe/London", "0 1 * * sun", "2027-10-30T00:00", "10-31 00:00, 11-07 01:00"),
    ("America/New_York", "0 9 * * *", "2027-03-13T12:00", "03-13 14:00, 03-14 13:00, 03-15 13:00"),
    ("America/New_York", "30 2 * * *", "2027-03-13T00:00", "03-13 07:30, 03-14 07:30, 03-15 06:30"),
    ("America/New_York", "30 1 * * *", "2027-11-06T00:00", "11-06 05:30, 11-07 05:30, 11-08 06:30"),
    ("America/New_York", "0 9 * * sun", "2027-11-06T00:00", "11-07 14:00, 11-14 14:00"),
    ("Australia/Lord_Howe", "15 2 * * *", "2027-10-01T00:00", "10-01 15:45, 10-02 15:45, 10-03 15:15"),
    ("Australia/Lord_Howe", "45 1 * * *", "2027-04-02T00:00", "04-02 14:45, 04-03 14:45, 04-04 15:15"),
    ("Australia/Lord_Howe", "0 9 * * *", "2027-04-02T00:00", "04-02 22:00, 04-03 22:30, 04-04 22:30"),
    ("America/Santiago", "30 0 * * *", "2027-09-03T12:00", "09-04 04:30, 09-05 04:30, 09-06 03:30"),
    ("America/Santiago", "30 23 * * *", "2027-04-03T00:00", "04-03 02:30, 04-04 02:30, 04-05 03:30"),
    ("America/Santiago", "0 9 * * sun", "2027-09-04T00:00", "09-05 12:00, 09-12 12:00"),
    ("Asia/Kolkata", "0 9 * * *", "2027-03-27T00:00", "03-27 03:30, 03-28 03:30, 03-29 03:30"),
    ("Asia/Kolkata", "30 2 * * sun", "2027-10-30T00:00", "10-30 21:00, 11-06 21:00"),
    ("America/Nuuk", "30 23 * * *", "2024-03-29T12:00", "03-30 01:30, 03-31 01:30, 04-01 00:30"),
    ("Pacific/Apia", "0 9 * * *", "2011-12-28T20:00", "12-29 19:00, 12-30 19:00, 12-31 19:00"),
    ("Pacific/Apia", "0 9 * * fri", "2011-12-28T20:00", "12-30 19:00, 01-05 19:00"),
]
CALENDAR = [
    ("0 9 29 2 *", "2027-03-01", "2028-02-29, 2032-02-29"),
    ("0 9 29 2 *", "2096-03-01", "2104-02-29"),
    ("0 9 29 2 mon", "2027-03-01", "2044-02-29, 2072-02-29"),
    ("0 9 31 * *", "2027-01-31", "2027-03-31, 2027-05-31"),
    ("0 9 30,31 * *", "2027-01-31", "2027-03-30, 2027-03-31, 2027-04-30"),
    ("0 9 1 1 *", "2027-01-01", "2028-01-01, 2029-01-01"),
    ("0 9 1-7 * tue", "2027-01-01", "2027-01-05, 2027-02-02, 2027-03-02"),
    ("0 9 13 * fri", "2027-01-01", "2027-08-13, 2028-10-13"),
]
ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/Nuuk",
    "Pacific/Chatham",
    "Pacific/Apia",
    "UTC",
]


def dues(cron: str, zone: str, after: datetime, count: int) -> list[datetime]:
    """The next due times."""
    known, found = schedule(cron=Cron.of(cron), zone=zone), [after]
    for _ in range(count):
        found.append(next_due(known, found[-1]))
    return found[1:]


@pytest.mark.parametrize(("zone", "cron", "after", "told"), DST)
def test_each_day_has_one_due_time_whatever_the_clocks_do(zone: str, cron: str, after: str, told: str) -> None:
    expected = told.split(", ")
    found = dues(cron, zone, datetime.fromisoformat(after).replace(tzinfo=UTC), len(expected))

    assert [f"{due:%m-%d %H:%M}" for due in found] == expected


@pytest.mark.parametrize(("cron", "after", "told"), CALENDAR)
def test_a_day_that_a_month_does_not_have_is_left_out(cron: str, after: str, told: str) -> None:
    expected = told.split(", ")
    found = dues(cron, "UTC", datetime.fromisoformat(after).replace(hour=9, tzinfo=UTC), len(expected))

    assert [str(due.date()) for due in found] == expected


def test_between_the_two_times_of_one_night_nothing_is_due_again() -> None:
    between = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)

    assert dues("30 2 * * sun", "Europe/Oslo", between, 1) == [datetime(2027, 11, 7, 1, 30, tzinfo=UTC)]


FIRST = datetime(2005, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 55 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
MINUTES, HOURS = st.integers(0, 59), st.integers(0, 23)
SOME_DAYS = st.sampled_from(["*", *(day[:3].lower() for day in WEEKDAYS), "mon-fri", "sat,sun"])
SOME_DATES = st.sampled_from(["*", "1", "31", "1-7", "28-31", "4,15"])


@given(st.sampled_from(ZONES), MINUTES, HOURS, SOME_DATES, SOME_DAYS, MOMENTS)
def test_due_times_go_on_each_at_its_local_time(
    zone: str, minute: int, hour: int, date: str, weekday: str, after: datetime
) -> None:
    times = [after, *dues(f"{minute} {hour} {date} * {weekday}", zone, after, 4)]

    assert all(earlier < later for earlier, later in pairwise(times))
    for due in times[1:]:
        local = due.astimezone(ZoneInfo(zone))
        skipped = (local.hour, local.minute) != (hour, minute)
        assert local.fold == 0
        assert not skipped or _clocks_changed(due, zone)


@given(st.sampled_from(ZONES), MINUTES, HOURS, MOMENTS)
def test_what_is_due_daily_leaves_no_day_out(zone: str, minute: int, hour: int, after: datetime) -> None:
    gaps = [later - earlier for earlier, later in pairwise(dues(f"{minute} {hour} * * *", zone, after, 8))]

    assert all(timedelta(hours=22) < gap < timedelta(hours=26) for gap in gaps)


def _clocks_changed(due: datetime, zone: str) -> bool:
    """Within the day before."""
    local = ZoneInfo(zone)
    return due.astimezone(local).utcoffset() != (due - timedelta(days=1)).astimezone(local).utcoffset()
