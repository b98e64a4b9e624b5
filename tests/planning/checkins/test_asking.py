from datetime import date, timedelta
from typing import Any

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.preferences import Notice, Preferences
from planning.checkins.asking import NOBODY, is_due
from planning.initiatives.values import Status
from planning.outbox.values import Delivery, Message, MessageKind
from planning.schedules.tasks import Done, Skipped
from tests.builders import NOW, TODAY, at, initiative
from tests.planning.checkins.stories import ask, asking_of, owned


def queued(database: Database, registers: SqlRegisters) -> list[Message]:
    page = database.outbox(registers.workspace).page(50).items
    return sorted((one for one in page if one.posting.kind is MessageKind.CHECK_IN), key=lambda one: one.id)


def test_every_owner_gets_one_message_about_all_that_they_own(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        for owner in (1, 2, 1):
            owned(register, owner)

    assert ask(company) == Done({"people": 2, "initiatives": 3})
    ada, bo = queued(database, company)
    assert [str(ada.posting.address), str(bo.posting.address)] == ["person:U0ADA", "person:U0BO"]
    assert ada.posting.delivery_key == f"check_in:1:{NOW.isoformat()}"
    assert [one.initiative.id for one in asking_of(company, ada.posting.subject).questions] == [1, 3]


def test_the_message_waits_for_the_owners_own_hours(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        owned(register)
    ask(company, at(hours=10))

    (message,) = queued(database, company)
    assert (message.state, message.not_before) == (Delivery.PENDING, at(hours=23))


@pytest.mark.parametrize(
    "wanted",
    [Preferences(1, frozenset({Notice.REMINDERS})), Preferences(1, quiet_until=TODAY + timedelta(days=9))],
    ids=["muted", "away for long"],
)
def test_who_wants_no_reminders_or_is_away_is_not_asked(company: SqlRegisters, wanted: Preferences) -> None:
    with company.writing() as register:
        owned(register)
        register.preferences.save(wanted)

    assert ask(company) == Skipped(NOBODY)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"status": Status.ACTIVE}, True),
        ({"status": Status.PLANNED, "starts_on": TODAY + timedelta(days=14)}, True),
        ({"status": Status.PLANNED, "starts_on": TODAY + timedelta(days=15)}, False),
        ({"status": Status.PLANNED, "starts_on": date(2027, 1, 1)}, True),
        ({"status": Status.PLANNED}, False),
        ({"status": Status.IDEA, "starts_on": TODAY}, False),
        ({"status": Status.PAUSED, "starts_on": TODAY}, False),
    ],
)
def test_what_is_under_way_or_begins_soon_is_asked_about(fields: dict[str, Any], due: bool) -> None:
    assert is_due(initiative(**fields), TODAY) is due


def test_what_has_no_owner_or_is_over_is_not_asked_about(company: SqlRegisters) -> None:
    with company.writing() as register:
        owned(register, None)
        owned(register, status=Status.DONE)

    assert ask(company) == Skipped(NOBODY)


def test_asking_anew_draws_the_message_before_again(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        owned(register)
        owned(register)
    for days in (0, 28):
        ask(company, at(days))

    former, latest = queued(database, company)
    assert (former.posting.subject, former.wanted) == (1, 2)
    assert (latest.posting.subject, latest.wanted) == (3, 1)
    assert asking_of(company, 1).open == ()
