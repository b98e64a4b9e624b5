from datetime import UTC, date, datetime, time

import pytest

from bot.delivery.drawings.mornings import DRAW
from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.preferences import Preferences
from planning.needs.mornings import mornings
from planning.outbox.values import MessageKind
from tests.builders import NOW, draft, found, posting, vector

EIGHT = datetime(2027, 3, 2, 7, 0, tzinfo=UTC)
"""Eight o'clock in Oslo, a Tuesday."""
NINE, TEN, TWO = (EIGHT.replace(hour=hour) for hour in (8, 9, 13))


@pytest.fixture
def early(company: SqlRegisters) -> SqlRegisters:
    """Ada wants the list each morning, from half past eight on; something needs her."""
    with company.writing() as register:
        for n in (1, 2):
            register.initiatives.add(draft(department=n), vector(n), NOW)
        register.findings.add(found(1, 2), NOW)
        register.preferences.save(Preferences(1, morning=True, begins=time(8, 30)))
    return company


def sent(registers: SqlRegisters, now: datetime) -> int:
    """How many lists go out at a moment."""
    with registers.writing() as register:
        return mornings(register, now)


def test_the_list_comes_once_when_the_day_of_work_begins(early: SqlRegisters) -> None:
    assert [sent(early, moment) for moment in (EIGHT, NINE, NINE, TEN)] == [0, 1, 0, 0]


def test_the_workspace_is_due_while_somebody_waits_for_the_list(database: Database, early: SqlRegisters) -> None:
    with early.writing() as register:
        register.workspaces.save_pass(date(2027, 3, 9))

    assert database.due_workspaces(EIGHT) == []
    assert database.due_workspaces(NINE) == [early.workspace]
    sent(early, NINE)
    assert database.due_workspaces(NINE) == []


def test_nothing_is_no_message(early: SqlRegisters) -> None:
    with early.writing() as register:
        register.preferences.save(Preferences(1))
        register.people.add("Nora New", slack_id="U0NORA", zone="Europe/Oslo")
        register.preferences.save(Preferences(3, morning=True, begins=time(8)))

    assert sent(early, NINE) == 0


def test_who_did_not_ask_for_it_is_left_alone(company: SqlRegisters) -> None:
    assert sent(company, NINE) == 0


@pytest.mark.parametrize(
    "wanted",
    [Preferences(1, morning=True, quiet_until=date(2027, 3, 3)), Preferences(1, morning=True, weekdays=frozenset({0}))],
    ids=["quiet", "day off"],
)
def test_a_day_off_is_a_day_off(early: SqlRegisters, wanted: Preferences) -> None:
    with early.writing() as register:
        register.preferences.save(wanted)

    assert sent(early, TEN) == 0


def test_what_was_missed_all_morning_waits_for_the_next_one(early: SqlRegisters) -> None:
    assert [sent(early, TWO), sent(early, NINE.replace(day=3))] == [0, 1]


def test_the_message_says_what_waits(early: SqlRegisters) -> None:
    with early.reading() as register:
        drawn = DRAW[MessageKind.MORNING](register, posting(kind=MessageKind.MORNING, subject=1), NINE)

    assert "1 thing needs you today" in drawn.message({}).text
