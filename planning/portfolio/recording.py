"""The measures of the portfolio, put on record each night: the last of a quarter stands for it.

What is unknown is left unmeasured, and so is no 0. The mirror index of the four quarters before the first measurement
is worked out once, from the days of all initiatives that were not cancelled: whoever had planned days in a quarter was
at work in it, so far as anybody has said.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from planning.initiatives.values import Initiative, Status
from planning.portfolio.completeness import completeness
from planning.portfolio.measurements import Measure, Measurement, quarter_of
from planning.portfolio.mirroring import Link, bridges, mirror
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.window import Window

QUARTERS_BEFORE = 4
BRIDGES = 5


def measure(register: Register, now: datetime) -> None:
    """Write how the live portfolio stands, in the place of the quarter's last measurements."""
    portfolio = register.initiatives.portfolio(now)
    quarter = quarter_of(portfolio.today)
    mirrored = mirrored_in(quarter, portfolio.initiatives, now)
    if mirrored is not None and not register.measurements.of(Measure.MIRROR, 1):
        for earlier in _before(quarter, register.initiatives.all(), now):
            register.measurements.save(earlier)
    for measured in (*_fixes(quarter, portfolio, now), *([mirrored] if mirrored else [])):
        register.measurements.save(measured)


def mirrored_in(quarter: date, initiatives: Iterable[Initiative], now: datetime) -> Measurement | None:
    """How strongly these initiatives split along departments, with those that bridge; None where nobody can tell."""
    links: list[Link] = [(one.id, one.draft.department, one.draft.stages) for one in initiatives if one.draft.stages]
    found = mirror(links)
    if found is None:
        return None
    details: dict[str, object] = {"bridges": list(bridges(links, BRIDGES)), "initiatives": len(links)}
    return Measurement(Measure.MIRROR, quarter, found.value, now, found.low, found.high, details)


def _fixes(quarter: date, portfolio: Portfolio, now: datetime) -> Iterator[Measurement]:
    whole = completeness(portfolio)
    if whole.share is not None:
        fixed: dict[str, object] = {"complete": whole.complete, "problems": whole.described}
        yield Measurement(Measure.COMPLETENESS, quarter, whole.share, now, details=fixed)
    if whole.dabbling is not None:
        counts: dict[str, object] = {"count": whole.lacking, "of": whole.serving, "unsaid": whole.unsaid}
        yield Measurement(Measure.DABBLING, quarter, whole.dabbling, now, details=counts)


def _before(quarter: date, initiatives: Iterable[Initiative], now: datetime) -> Iterator[Measurement]:
    """The quarters before one, as the days of initiatives tell; the oldest first."""
    planned = [one for one in initiatives if one.draft.status is not Status.CANCELLED and one.joined is None]
    for earlier in _quarters_before(quarter):
        then = [one for one in planned if one.window is not None and one.window.shared_with(earlier) is not None]
        measured = mirrored_in(earlier.start, then, now)
        if measured is not None:
            yield measured


def _quarters_before(quarter: date) -> list[Window]:
    """The oldest first."""
    days: list[Window] = []
    for _ in range(QUARTERS_BEFORE):
        end = quarter - timedelta(days=1)
        quarter = quarter_of(end)
        days.append(Window(quarter, end))
    return days[::-1]
