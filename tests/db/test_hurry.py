"""Somebody who waits for Slack is told within three seconds that the register is busy, and nothing is half done."""

import time
from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import Busy
from tests.builders import NOW, draft, vector

SLACK_WAITS_S = 3.0


@pytest.fixture
def waiting(database: Database, company: SqlRegisters) -> SqlRegisters:
    """The same registers, opened for somebody who waits."""
    return replace(database, in_hurry=True).registers(company.workspace)


def test_who_waits_is_told_in_time_that_somebody_else_writes(company: SqlRegisters, waiting: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(), vector(1), NOW)
        begun = time.monotonic()
        with pytest.raises(Busy, match="nothing was saved"), waiting.writing():
            pytest.fail("nobody writes beside another")
        took = time.monotonic() - begun

    assert took < SLACK_WAITS_S


def test_reading_waits_for_nobody(company: SqlRegisters, waiting: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(), vector(1), NOW)
        with waiting.reading() as seen:
            assert seen.initiatives.all() == []


def test_who_waits_for_a_connection_is_told_so(
    company: SqlRegisters, waiting: SqlRegisters, database: Database
) -> None:
    pool = database.engine.pool
    taken = [pool.connect() for _ in range(40)]
    begun = time.monotonic()
    with pytest.raises(Busy), waiting.reading() as register:
        register.initiatives.all()
    took = time.monotonic() - begun
    for each in taken:
        each.close()

    assert took < SLACK_WAITS_S


def test_after_the_other_has_written_it_goes_on(company: SqlRegisters, waiting: SqlRegisters) -> None:
    with company.writing() as register, pytest.raises(Busy), waiting.writing():
        pass
    with waiting.writing() as register:
        register.initiatives.add(draft(), vector(1), NOW)

    with company.reading() as register:
        assert len(register.initiatives.all()) == 1
