from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.delivery.drawings.mornings import DRAW
from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.preferences import Preferences
from planning.outbox.values import MessageKind
from planning.schedules.changing import send_now
from planning.schedules.tasks import Done, Result, Skipped
from planning.schedules.timetable import TIMETABLE
from planning.schedules.values import OccurrenceState, ScheduleKind
from tests.builders import NOW, draft, found, posting, vector
from tests.scheduled import carried_out, do_due, scheduled, task

NINE = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)
"""Nine o'clock in Oslo, a Tuesday."""
DAY = timedelta(days=1)


@pytest.fixture
def early(company: SqlRegisters) -> SqlRegisters:
    """Something needs Ada, whose day begins at half past eight."""
    with company.writing() as register:
        for n in (1, 2):
            register.initiatives.add(draft(department=n), vector(n), NOW)
        register.findings.add(found(1, 2), NOW)
        register.preferences.save(Preferences(1, begins=time(8, 30)))
    return company


def sent(registers: SqlRegisters, now: datetime, person: int = 1, **fields: Any) -> Result:
    """What comes of somebody's list."""
    with registers.writing() as register:
        return carried_out(register, ScheduleKind.PERSONAL, now, subject=person, zone="Europe/Oslo", **fields)


def test_the_list_is_queued_once_a_day(database: Database, early: SqlRegisters) -> None:
    assert [sent(early, NINE.replace(hour=hour)) for hour in (8, 9)] == [Done(), Done()]

    (list_,) = database.outbox(early.workspace).page(9).items
    assert (list_.posting.kind, str(list_.posting.address)) == (MessageKind.MORNING, "person:U0ADA")


def test_a_clock_that_was_a_day_ahead_takes_no_day_away(database: Database, early: SqlRegisters) -> None:
    for due_at, now in ((NINE, NINE + DAY), (NINE + DAY, NINE + DAY)):
        with early.writing() as register:
            list_ = task(register, ScheduleKind.PERSONAL, due_at, subject=1, zone="Europe/Oslo")
            assert TIMETABLE[ScheduleKind.PERSONAL](replace(list_, now=now)) == Done()

    assert database.outbox(early.workspace).page(9).total == 2


def test_who_asks_for_it_gets_it_again_even_on_a_day_off(database: Database, early: SqlRegisters) -> None:
    later = NINE.replace(hour=10)
    with early.writing() as register:
        own = scheduled(register, ScheduleKind.PERSONAL, subject=1, zone="Europe/Oslo", next_due_at=NINE)
        do_due(register, NINE)
        register.preferences.save(Preferences(1, weekdays=frozenset({0})))
        send_now(register, own.id, later, register.people.by_id(1), later)
        (done,) = do_due(register, later)
        done_by = [one.actor for one in register.audit.since(None) if one.verb == "personal.done"]

    assert (done.state, done_by) == (OccurrenceState.DONE, [None, 1])
    assert database.outbox(early.workspace).page(9).total == 2


def test_nothing_is_no_message(early: SqlRegisters) -> None:
    with early.writing() as register:
        register.people.add("Nora New", slack_id="U0NORA", zone="Europe/Oslo")

    assert sent(early, NINE, person=3) == Skipped("Nothing needed them.")


@pytest.mark.parametrize(
    "wanted",
    [Preferences(1, quiet_until=date(2027, 3, 3)), Preferences(1, weekdays=frozenset({0}))],
    ids=["quiet", "day off"],
)
def test_a_day_off_is_a_day_off(early: SqlRegisters, wanted: Preferences) -> None:
    with early.writing() as register:
        register.preferences.save(wanted)

    assert sent(early, NINE) == Skipped("It is a day off.")


def test_the_message_says_what_waits(early: SqlRegisters) -> None:
    with early.reading() as register:
        drawn = DRAW[MessageKind.MORNING](register, posting(kind=MessageKind.MORNING, subject=1), NINE)

    assert "1 thing needs you today" in drawn.message({}).text
