from datetime import date

import pytest

from planning.transfer.dates import Order, Reading, UnreadableDay, days_of, order_in

YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12-31",
        "2026/12/31",
        "2026-12-31T23:59:00Z",
        "2026-12-31 00:00",
        "31/12/2026",
        "12/31/2026",
        "31.12.2026",
        "31.12.26",
        "31 Dec 2026",
        "31-Dec-26",
        "31st of December 2026",
        "Dec 31, 2026",
        "December 31st 2026",
        "Thu, 31 Dec 2026",
        " 31  DEC  2026 ",
    ],
)
def test_the_common_forms_of_a_day_are_understood(cell: str) -> None:
    window = days_of(cell, Reading())

    assert (window.start, window.end) == (YEAR_END, YEAR_END)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("Feb 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), YEAR_END),
        ("12/2026", date(2026, 12, 1), YEAR_END),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q4 2026", date(2026, 10, 1), YEAR_END),
        ("H2 2026", date(2026, 7, 1), YEAR_END),
        ("2026", date(2026, 1, 1), YEAR_END),
    ],
)
def test_a_month_quarter_half_or_year_is_a_span_of_days(cell: str, start: date, end: date) -> None:
    window = days_of(cell, Reading())

    assert (window.start, window.end) == (start, end)


def test_a_day_that_could_be_two_is_refused_with_both() -> None:
    with pytest.raises(UnreadableDay, match="3 April or 4 March"):
        days_of("3/4/2026", Reading())


@pytest.mark.parametrize(("others", "day"), [(["25/12/2026"], date(2026, 4, 3)), (["12/25/2026"], date(2026, 3, 4))])
def test_other_dates_of_the_file_settle_which_comes_first(others: list[str], day: date) -> None:
    assert days_of("3/4/2026", Reading(order_in(others))).start == day


def test_dates_that_contradict_each_other_settle_nothing() -> None:
    assert order_in(["25/12/2026", "12/25/2026", "1/2/2026", "soon"]) is None
    assert order_in(["13/1/2026"]) is Order.DAY


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("FY23", date(2022, 10, 1), date(2023, 9, 30)),
        ("FY2023 Q2", date(2023, 1, 1), date(2023, 3, 31)),
        ("Q1 FY22/23", date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_a_fiscal_date_is_understood_when_the_years_first_month_is_known(cell: str, start: date, end: date) -> None:
    window = days_of(cell, Reading(fiscal_start=10))

    assert (window.start, window.end) == (start, end)


def test_a_fiscal_date_is_refused_while_nobody_says_when_the_year_begins() -> None:
    with pytest.raises(UnreadableDay, match="--fiscal-year-start"):
        days_of("FY23 Q2", Reading())


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-13-01", "13/2026", "H3 2026", "46387", "soon", "0001-01-01", "²/3/2026"]
)
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableDay):
        days_of(cell, Reading())
