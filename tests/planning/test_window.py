from datetime import date, timedelta

import pytest

from planning.window import working_days


@pytest.mark.parametrize("days", range(1, 22))
@pytest.mark.parametrize("start", [date(2027, 3, 1) + timedelta(days=step) for step in range(7)], ids=str)
def test_working_days_are_mondays_to_fridays(start: date, days: int) -> None:
    every = [start + timedelta(days=step) for step in range(days)]

    assert working_days(start.toordinal(), every[-1].toordinal()) == sum(day.weekday() < 5 for day in every)
