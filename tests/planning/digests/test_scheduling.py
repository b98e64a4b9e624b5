from datetime import UTC, datetime, timedelta

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.digests.scheduling import claim_due, preview, save_schedule, send_now
from planning.digests.values import Occurrence, OccurrenceState, Schedule
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.outbox.values import Delivery, MessageKind
from planning.workspace.values import Person, Role

DUE = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def weekly(schedule: Schedule, after: datetime) -> datetime:
    """Due every week at the time of DUE."""
    return DUE + (1 + (after - DUE) // WEEK) * WEEK


@pytest.fixture
def steward(registers: SqlRegisters) -> Person:
    with registers.writing() as register:
        return register.people.add("Stella", slack_id="U0S", roles=frozenset({Role.STEWARD}))


@pytest.fixture
def schedule(registers: SqlRegisters, steward: Person) -> Schedule:
    with registers.writing() as register:
        saved = save_schedule(register, "C0EXECS", 0, 9, 0, "Europe/Berlin", steward, DUE - WEEK, weekly)
    assert saved.next_due_at == DUE
    return saved


def claimed_at(registers: SqlRegisters, now: datetime) -> list[Occurrence]:
    with registers.writing() as register:
        return claim_due(register, now, weekly)


def queued(database: Database) -> list[str]:
    """The delivery keys of what waits, oldest first."""
    page = database.outbox(database.workspaces()[0].id).page(50)
    assert all(message.state is Delivery.PENDING for message in page.items)
    assert all(message.posting.kind is MessageKind.DIGEST for message in page.items)
    return [message.posting.delivery_key for message in reversed(page.items)]


def test_a_due_digest_is_made_and_queued_once(database: Database, registers: SqlRegisters, schedule: Schedule) -> None:
    (made,) = claimed_at(registers, DUE)

    assert claimed_at(registers, DUE) == []
    assert made.digest is not None
    assert made.digest.schedule == "Monday 09:00 (Europe/Berlin)"
    assert queued(database) == [f"digest:{schedule.id}:{DUE.isoformat()}"]


def test_nothing_is_made_before_its_time(registers: SqlRegisters, schedule: Schedule) -> None:
    assert claimed_at(registers, DUE - timedelta(seconds=1)) == []


def test_weeks_that_were_missed_are_caught_up_once_and_the_earlier_ones_are_told_as_skipped(
    database: Database, registers: SqlRegisters, schedule: Schedule
) -> None:
    (made,) = claimed_at(registers, DUE + 3 * WEEK + timedelta(days=2))

    assert made.due_at == DUE + 3 * WEEK
    assert queued(database) == [f"digest:{schedule.id}:{made.due_at.isoformat()}"]
    with registers.reading() as register:
        skipped = [register.schedules.occurrence(id) for id in (1, 2, 3)]
        assert register.schedules.by_id(schedule.id).next_due_at == DUE + 4 * WEEK
    assert {one.state for one in skipped} == {OccurrenceState.SKIPPED}
    assert all("not running" in one.reason for one in skipped)


def test_one_that_is_later_than_its_grace_is_skipped_with_the_reason(
    database: Database, registers: SqlRegisters, schedule: Schedule
) -> None:
    assert claimed_at(registers, DUE + WEEK - timedelta(minutes=30)) == []
    assert queued(database) == []
    with registers.reading() as register:
        assert "nearly due" in register.schedules.occurrence(1).reason
    assert len(claimed_at(registers, DUE + WEEK)) == 1


def test_each_digest_begins_where_the_last_one_ended(registers: SqlRegisters, schedule: Schedule) -> None:
    (first,), (second,) = claimed_at(registers, DUE), claimed_at(registers, DUE + WEEK)

    assert first.digest is not None
    assert second.digest is not None
    assert (first.digest.since, second.digest.since) == (None, DUE)


def test_sending_a_preview_twice_sends_it_once(
    database: Database, registers: SqlRegisters, schedule: Schedule, steward: Person
) -> None:
    with registers.writing() as register:
        send_now(register, schedule.id, DUE - timedelta(days=1), steward, DUE)
    with pytest.raises(AlreadyDone), registers.writing() as register:
        send_now(register, schedule.id, DUE - timedelta(days=1), steward, DUE)

    assert len(queued(database)) == 1


def test_only_executives_and_stewards_send_and_the_others_are_told_whom_to_ask(
    registers: SqlRegisters, schedule: Schedule
) -> None:
    with registers.writing() as register:
        employee = register.people.add("Emil")
        executive = register.people.add("Edda", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed, match="executives and stewards"), registers.writing() as register:
        send_now(register, schedule.id, DUE, employee, DUE)
    with registers.writing() as register:
        assert send_now(register, schedule.id, DUE, executive, DUE).due_at == DUE


def test_a_preview_writes_nothing(database: Database, registers: SqlRegisters, schedule: Schedule) -> None:
    with registers.reading() as register:
        assert preview(register, DUE).company == "Harbour Insurance"

    assert queued(database) == []


def test_saving_again_changes_the_one_schedule(registers: SqlRegisters, schedule: Schedule, steward: Person) -> None:
    with registers.writing() as register:
        again = save_schedule(register, "C0OTHER", 0, 9, 0, "UTC", steward, DUE, weekly)
        assert register.schedules.all() == [again]

    assert (again.id, again.channel, again.next_due_at) == (schedule.id, "C0OTHER", DUE + WEEK)


def test_only_a_steward_says_when(registers: SqlRegisters, schedule: Schedule) -> None:
    with registers.writing() as register:
        executive = register.people.add("Edda", roles=frozenset({Role.EXECUTIVE}))
        with pytest.raises(NotAllowed):
            save_schedule(register, "C0EXECS", 0, 9, 0, "UTC", executive, DUE, weekly)


def test_every_fault_of_a_schedule_is_told_at_its_field(registers: SqlRegisters, steward: Person) -> None:
    with pytest.raises(FieldError) as caught, registers.writing() as register:
        save_schedule(register, "", 7, 24, 0, "Mars/Olympus", steward, DUE, weekly)

    assert set(caught.value.errors) == {"channel", "weekday", "time", "zone"}
