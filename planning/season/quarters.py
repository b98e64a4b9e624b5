"""Quarters by their names, such as 2027-Q1."""

from datetime import date, datetime, timedelta

from planning.errors import NotFound
from planning.proposals.scoping import quarter_about, quarter_of_day
from planning.proposals.troubles import quarter_days
from planning.register import Register
from planning.window import Window
from planning.workspace.hours import day_in


def days_of_quarter(name: str) -> Window:
    """Its first and last day."""
    days = quarter_days(name)
    if days is None:
        raise NotFound("Say which quarter, such as 2027-Q1.")
    return days


def quarter_after(day: date) -> date:
    """The first day of the quarter after that of a day."""
    return days_of_quarter(quarter_of_day(day)).end + timedelta(days=1)


def quarter_typed(register: Register, text: str, now: datetime) -> str:
    """The quarter that somebody means: “this”, “next” or its name; next without a word."""
    today, typed = day_in(register.workspaces.current().zone, now), text.strip().casefold()
    if typed in ("", "next"):
        return quarter_of_day(quarter_after(today))
    return quarter_of_day(today) if typed == "this" else quarter_about(register, typed, now).quarter


def quarter_words(name: str) -> str:
    """As it is said: Q1 2027."""
    year, _, number = name.partition("-")
    return f"{number} {year}"
