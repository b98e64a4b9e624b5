"""What a newer release beside this one has written: it is left to that one, and holds up nothing of ours for long."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from db.database import Database
from db.outbox import Head, Outbox
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.outbox.values import Address, MessageKind, Posting
from planning.schedules.claiming import take_due
from planning.schedules.values import Occurrence, OccurrenceState, ScheduleKind
from tests.builders import NOW, at
from tests.scheduled import scheduled, weekly

LEASE = timedelta(minutes=1)
CHANNEL = Address.channel("C0EXEC")


def becomes_strange(database: Database, table: str, id: int = 1) -> None:
    """As a release would have written it that knows more kinds."""
    with database.engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET kind = 'horoscope' WHERE id = :id"), {"id": id})  # noqa: S608 - a name of ours


@pytest.fixture
def outbox(registers: SqlRegisters, database: Database) -> Outbox:
    """A message of a kind that nobody here knows, and one of ours behind it in the same conversation."""
    with registers.writing() as register:
        for key in ("theirs", "ours"):
            register.postings.add(Posting(key, MessageKind.DIGEST, 1, CHANNEL), NOW)
    becomes_strange(database, "outbox")
    return database.outbox(registers.workspace)


def keys(outbox: Outbox, minutes: float) -> list[str]:
    """What is taken on then."""
    return [one.posting.delivery_key for one in outbox.claim(at(minutes=minutes), LEASE, 9)]


def test_a_message_of_a_newer_kind_keeps_its_place_and_later_lets_ours_pass(outbox: Outbox) -> None:
    assert keys(outbox, minutes=4) == []
    assert keys(outbox, minutes=6) == ["ours"]


def test_a_message_of_a_newer_kind_whose_sender_stopped_is_not_ours_to_doubt(
    outbox: Outbox, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'sending', attempts = 1 WHERE id = 1"))

    assert outbox.expired(at(1)) == []
    assert database.doubting_workspaces(at(1)) == []
    assert [one.posting.delivery_key for one in outbox.page(9).items] == ["ours"]


def test_ours_stands_in_the_thread_of_a_message_of_a_newer_kind(registers: SqlRegisters, database: Database) -> None:
    outbox = database.outbox(registers.workspace)
    with registers.writing() as register:
        register.postings.add(Posting("theirs", MessageKind.DIGEST, 1, CHANNEL), NOW)
        register.postings.add(Posting("ours", MessageKind.DIGEST, 1, CHANNEL, follows="theirs"), NOW)
    (first,) = outbox.claim(NOW, LEASE, 9)
    outbox.posted(first, "C0EXEC", "1.1", 1, NOW)
    becomes_strange(database, "outbox")

    assert outbox.head(outbox.by_id(2)) == Head("C0EXEC", "1.1")
    with pytest.raises(NotFound):
        outbox.by_id(1)


def test_a_schedule_of_a_newer_kind_is_left_alone(registers: SqlRegisters, database: Database) -> None:
    with registers.writing() as register:
        for kind in (ScheduleKind.SEASON, ScheduleKind.NIGHTLY):
            scheduled(register, kind)
    becomes_strange(database, "schedules")

    with registers.writing() as register:
        assert take_due(register, NOW, weekly) == 1
        assert [one.kind for one in register.schedules.all()] == [ScheduleKind.NIGHTLY]
        assert register.schedules.due_after(NOW) == register.schedules.all()


def test_what_is_due_of_a_newer_kind_is_left_alone(registers: SqlRegisters, database: Database) -> None:
    with registers.writing() as register:
        scheduled(register, next_due_at=at(7))
        register.schedules.occur(Occurrence(0, 1, NOW, OccurrenceState.DUE, NOW))
    becomes_strange(database, "schedules")

    assert database.due_workspaces(at(1)) == []
    assert database.backlog(at(1)).due == ()
    with registers.writing() as register:
        assert register.schedules.claim(at(1), LEASE) is None
