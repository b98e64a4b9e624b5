"""Portfolios with something to solve, and what a proposal makes of them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from planning.findings.values import Finding, Found
from planning.initiatives.values import Contact, Initiative, Intent, Request, Status
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.proposals.applying import applied
from planning.proposals.asking import NO_WISHES
from planning.proposals.scene import with_initiatives
from planning.proposals.searching import Effort
from planning.proposals.solving import propose
from planning.proposals.values import About, AboutKind, Proposed, Wishes
from planning.resources.values import Pool
from planning.window import Window
from tests.planning.portfolios import HOMES, LETTER, NOON, initiative, portfolio
from tests.planning.random_portfolios import any_portfolio, any_window

EVERYTHING = About(kind=AboutKind.QUARTER)
QUICK = Effort(work=1.0, seconds=10.0)
MONDAY = date(2027, 3, 1)
WRITERS = Pool(1, "Writers", 2.0)


def weeks(start: int, count: int = 1) -> Window:
    """Whole weeks, counted from Monday 1 March 2027."""
    first = MONDAY + timedelta(weeks=start)
    return Window(first, first + timedelta(days=7 * count - 3))


def planned(id: int, department: int, window: Window | None = None, **changes: Any) -> Initiative:
    """An initiative that has not begun, of eight weeks unless said otherwise."""
    days = window or weeks(0, 8)
    fields = {"department": department, "starts_on": days.start, "ends_on": days.end, "stages": (3,)}
    return initiative(id, **(fields | changes))


def asking(id: int, department: int, person_weeks: float, at: Window, **changes: Any) -> Initiative:
    """One that asks the writers."""
    return planned(id, department, requests=(Request(WRITERS.id, person_weeks, at),), **changes)


def telling(id: int, department: int, intent: str, at: Window, **changes: Any) -> Initiative:
    """One that writes to home owners."""
    return planned(id, department, contacts=(Contact(HOMES.id, LETTER.id, Intent(intent), at),), **changes)


def company(*initiatives: Initiative, **fields: Any) -> Portfolio:
    """With the writers as the only pool."""
    return portfolio(*initiatives, **{"pools": (WRITERS,), **fields})


def everything(portfolio: Portfolio, wishes: Wishes = NO_WISHES) -> Proposed:
    """What is proposed for the whole portfolio."""
    return propose(portfolio, EVERYTHING, wishes=wishes, effort=QUICK)


def of_finding(portfolio: Portfolio, found: Found, wishes: Wishes = NO_WISHES) -> Proposed:
    """What is proposed for one finding."""
    about = About(kind=AboutKind.FINDING, id=1)
    return propose(portfolio, about, Finding(1, found, NOON, NOON), wishes, QUICK)


def after(portfolio: Portfolio, proposed: Proposed) -> Portfolio:
    """The portfolio once the changes are made."""
    return with_initiatives(portfolio, applied({one.id: one for one in portfolio.initiatives}, proposed.changes))


def overlaps(portfolio: Portfolio) -> list[Found]:
    """All that the rules find."""
    return find_overlaps(portfolio, Scope.everything(portfolio))


def any_busy_portfolio(random: Random) -> Portfolio:
    """Anything goes, and some of it has begun or may only be moved within days that somebody said."""
    made = any_portfolio(random)
    return with_initiatives(made, [_varied(one, random) for one in made.initiatives])


def _varied(one: Initiative, random: Random) -> Initiative:
    status = random.choice([Status.IDEA, Status.PLANNED, Status.PLANNED, Status.ACTIVE, Status.PAUSED])
    said = random.choice([None, None, any_window(random)])
    return replace(one, draft=replace(one.draft, status=status, movable=said))
