from datetime import UTC, date, datetime, time

import pytest

from planning.window import Window
from planning.workspace.hours import Hours, at_work, monday_in


@pytest.mark.parametrize(
    ("moment", "zone", "begins"),
    [
        ("2027-03-01T09:30", "UTC", "2027-03-01T09:30"),
        ("2027-03-01T16:59", "UTC", "2027-03-01T16:59"),
        ("2027-03-01T17:00", "UTC", "2027-03-02T09:00"),
        ("2027-03-01T03:00", "UTC", "2027-03-01T09:00"),
        ("2027-03-05T17:30", "UTC", "2027-03-08T09:00"),
        ("2027-03-01T09:30", "America/New_York", "2027-03-01T14:00"),
        ("2027-03-01T09:30", "Asia/Kathmandu", "2027-03-01T09:30"),
        ("2027-03-26T20:00", "Europe/Oslo", "2027-03-29T07:00"),
        ("2027-03-01T08:00", "Nowhere/Land", "2027-03-01T09:00"),
    ],
    ids=[
        *("at work", "a minute before the end", "the end", "at night", "over the weekend"),
        *("behind us", "ahead of us", "over a change of the clocks", "an unknown zone"),
    ],
)
def test_work_begins_at_nine_in_the_zone_of_the_person(moment: str, zone: str, begins: str) -> None:
    assert at_work(datetime.fromisoformat(f"{moment}+00:00"), Hours(zone)) == datetime.fromisoformat(f"{begins}+00:00")


@pytest.mark.parametrize(
    ("hours", "begins"),
    [
        (Hours(begins=time(10, 30)), "2027-03-01T10:30"),
        (Hours(weekdays=frozenset({5, 6})), "2027-03-06T09:00"),
        (Hours(off=(Window(date(2027, 2, 22), date(2027, 3, 5)),)), "2027-03-08T09:00"),
        (Hours(quiet_until=date(2027, 3, 3)), "2027-03-03T09:00"),
        (Hours(begins=time(7), ends=time(9, 30)), "2027-03-02T07:00"),
        (Hours(begins=time(0), ends=time(0)), "2027-03-01T09:30"),
    ],
    ids=["a later morning", "weekends only", "a holiday", "quiet until a day", "an early end", "until midnight"],
)
def test_a_person_says_their_own_hours(hours: Hours, begins: str) -> None:
    after = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)

    assert at_work(after, hours) == datetime.fromisoformat(f"{begins}+00:00")


def test_an_hour_that_comes_twice_is_never_in_the_past() -> None:
    again = datetime(2027, 10, 31, 1, 15, tzinfo=UTC)  # the second 2:15 of that night in Oslo
    nightly = Hours("Europe/Oslo", time(2, 30), weekdays=frozenset(range(7)))

    assert at_work(again, nightly) >= again


def test_an_hour_that_the_clocks_skip_is_the_one_after_it() -> None:
    nightly = Hours("Europe/Oslo", time(2, 30), weekdays=frozenset(range(7)))
    before = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)

    begins = at_work(before, nightly)
    assert begins == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert at_work(begins, nightly) == begins


def test_a_week_begins_on_monday_where_one_is() -> None:
    sunday_night = datetime(2027, 3, 7, 23, 30, tzinfo=UTC)

    assert monday_in("UTC", sunday_night) == date(2027, 3, 1)
    assert monday_in("Europe/Oslo", sunday_night) == date(2027, 3, 8)
