"""The pulse that begins by itself, beside the nightly pass."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.scheduling.beat import beat
from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.closing import call_off
from planning.agreement.pulsing import open_pulse
from planning.agreement.values import PollKind
from planning.findings.values import Kind
from planning.schedules.cron import Cron
from planning.schedules.values import ScheduleKind
from tests.builders import NOW, at, draft, vector
from tests.handlers.slack import WordEncoder
from tests.planning.agreement.rounds import SAM, staffed
from tests.scheduled import scheduled, still

APRIL = datetime(2027, 4, 1, 4, 0, tzinfo=UTC)
"""A Thursday, in the quarter after NOW's."""
CLEAR = "Customers call twice because the letter does not say what to do."


@pytest.fixture
def asked_once(company: SqlRegisters) -> SqlRegisters:
    """There was a pulse in the quarter of NOW."""
    with company.writing() as register:
        staffed(register)
        for n in (1, 2, 3):
            register.initiatives.add(draft(problem=CLEAR, stages=(1,)), vector(n), NOW)
        poll = open_pulse(register, 3, SAM, 7, NOW)
        call_off(register, poll.id, SAM, at(1))
        for kind in (ScheduleKind.NIGHTLY, ScheduleKind.PULSE):
            scheduled(register, kind, cron=Cron.of("0 4 * * *"), zone="UTC", next_due_at=APRIL)
    return company


def begun(company: SqlRegisters) -> list[datetime]:
    with company.reading() as register:
        return [poll.opened_at for poll in register.polls.of_kind(PollKind.PULSE)]


def test_the_night_of_a_new_quarter_begins_one_however_many_look(database: Database, asked_once: SqlRegisters) -> None:
    for _ in range(2):
        beat(database, WordEncoder(), still(APRIL))

    assert begun(asked_once) == [APRIL, NOW]


def test_a_pulse_that_cannot_begin_spoils_no_night(database: Database, asked_once: SqlRegisters) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE polls SET result = '{}'"))
    beat(database, WordEncoder(), still(APRIL))

    with asked_once.reading() as register:
        assert register.findings.standing(Kind.GAP)
