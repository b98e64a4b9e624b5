"""Reading and composing the scoreboard."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from planning.agreement.ratifying import last_ratified
from planning.agreement.tallying import Tally, tally
from planning.agreement.values import PollKind
from planning.metrics.readings import Reading
from planning.portfolio import completeness as fixing
from planning.portfolio.measurements import Measure, Measurement
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.scoreboard.agreements import Asked, agreement, pulse, score_tests
from planning.scoreboard.measured import completeness, dabbling, mirror
from planning.scoreboard.metric_lines import metric_table
from planning.scoreboard.values import Scoreboard

LINES = 8
"""As many metrics are told, the worst; all of them are counted."""
POLLS, QUARTERS = 8, 5


def scoreboard(register: Register, now: datetime) -> Scoreboard:
    """The scoreboard as it is now."""
    return scoreboard_of(register, register.initiatives.portfolio(now))


def scoreboard_of(register: Register, portfolio: Portfolio) -> Scoreboard:
    """The scoreboard of a portfolio that was read already."""
    readings = register.readings.of(*(metric.id for metric in portfolio.metrics)) if portfolio.metrics else {}
    quarters = register.measurements.of(Measure.MIRROR, QUARTERS)
    return compose_scoreboard(portfolio, readings, _asked(register, portfolio), quarters)


def compose_scoreboard(
    portfolio: Portfolio,
    readings: Mapping[int, Sequence[Reading]],
    asked: Asked,
    quarters: Sequence[Measurement],
) -> Scoreboard:
    """The scoreboard on the day of the portfolio; `quarters` are the last mirror indices, the oldest first."""
    whole = fixing.completeness(portfolio)
    return Scoreboard(
        metrics=metric_table(portfolio, readings, LINES),
        agreement=agreement(asked, portfolio),
        pulse=pulse(asked),
        scores=score_tests(portfolio),
        completeness=completeness(whole),
        dabbling=dabbling(whole),
        mirror=mirror(quarters, portfolio),
    )


def _asked(register: Register, portfolio: Portfolio) -> Asked:
    tallied = _tally(register, portfolio)
    return Asked(
        namings=register.polls.of_kind(PollKind.NAMING, POLLS),
        pulses=register.polls.of_kind(PollKind.PULSE, POLLS),
        tally=tallied,
        ratified=last_ratified(register) if tallied else None,
        zone=register.workspaces.current().zone,
    )


def _tally(register: Register, portfolio: Portfolio) -> Tally | None:
    newest = next(iter(register.ratifications.newest()), None)
    if newest is None:
        return None
    stances = register.ratifications.stances(newest.id)
    return tally(newest, stances, portfolio.journey, portfolio.departments, portfolio.people)
