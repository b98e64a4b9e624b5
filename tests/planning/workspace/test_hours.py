from datetime import datetime

import pytest

from planning.workspace.hours import at_work


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
    assert at_work(datetime.fromisoformat(f"{moment}+00:00"), zone) == datetime.fromisoformat(f"{begins}+00:00")
