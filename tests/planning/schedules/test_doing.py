from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.values import PollKind
from planning.digests.executive import preview
from planning.digests.values import Digest
from planning.outbox.values import MessageKind
from planning.schedules.claiming import OVERTAKEN, TOO_LATE, take_due
from planning.schedules.doing import ATTEMPTS, FIRST_PAUSE, Claim, LostLease, claim, do, put_off
from planning.schedules.values import GRACE, LEASE, Occurrence, OccurrenceState, Schedule, ScheduleKind
from tests.asked import poll
from tests.builders import NOW, at
from tests.scheduled import ENCODER, do_due, scheduled, weekly


def queued(database: Database) -> list[str]:
    """The delivery keys of the digests that wait, oldest first."""
    page = database.outbox(database.workspaces()[0].id).page(50)
    assert all(message.posting.kind is MessageKind.DIGEST for message in page.items)
    return [message.posting.delivery_key for message in reversed(page.items)]


def ours(register: SqlRegister, now: datetime) -> Claim:
    """What waits, claimed."""
    claimed = claim(register, now)
    assert claimed is not None
    return claimed


def what_became(registers: SqlRegisters) -> Occurrence:
    """Of the first due time."""
    with registers.reading() as register:
        return register.schedules.occurrence(1)


@pytest.fixture
def due(registers: SqlRegisters, mondays: Schedule) -> SqlRegisters:
    """A digest waits to be made."""
    with registers.writing() as register:
        take_due(register, NOW, weekly)
    return registers


def test_a_due_digest_is_made_and_queued_once(database: Database, due: SqlRegisters) -> None:
    with due.writing() as register:
        (made,) = do_due(register, NOW)
        assert do_due(register, NOW) == []

    assert Digest.model_validate(made.content).schedule == "every Monday at 09:00 (Europe/Oslo)"
    assert queued(database) == [f"digest:1:{NOW.isoformat()}"]
    with due.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)] == ["schedule.saved", "executive.done"]


def test_each_digest_begins_where_the_last_one_ended(due: SqlRegisters) -> None:
    with due.writing() as register:
        made = [*do_due(register, NOW), *do_due(register, at(7))]

    assert [Digest.model_validate(one.content).since for one in made] == [None, NOW]


def test_a_preview_writes_nothing(database: Database, due: SqlRegisters) -> None:
    with due.reading() as register:
        assert preview(register, NOW).company == "Harbour Insurance"

    assert queued(database) == []


def test_of_a_doer_that_stalled_nothing_is_kept(database: Database, due: SqlRegisters) -> None:
    with due.writing() as register:
        stalled = ours(register, NOW)
    with due.writing() as register:
        second = ours(register, NOW + LEASE)
    with pytest.raises(LostLease), due.writing() as register:
        do(register, stalled, ENCODER, NOW + LEASE)
    assert queued(database) == []
    with pytest.raises(LostLease), due.writing() as register:
        put_off(register, stalled, NOW + LEASE)

    with due.writing() as register:
        do(register, second, ENCODER, NOW + LEASE)
    assert len(queued(database)) == 1
    with pytest.raises(LostLease), due.writing() as register:
        do(register, stalled, ENCODER, NOW + LEASE)
    assert len(queued(database)) == 1


def test_what_fails_is_tried_again_ever_later_and_given_up_in_the_end(due: SqlRegisters) -> None:
    now, pauses = NOW, []
    for _ in range(ATTEMPTS):
        with due.writing() as register:
            after = put_off(register, ours(register, now), now)
        pauses.append(after.not_before and after.not_before - now)
        now = after.not_before or now

    assert pauses == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4, FIRST_PAUSE * 8, None]
    given_up = what_became(due)
    assert (given_up.state, given_up.failures) == (OccurrenceState.FAILED, ATTEMPTS)
    assert "failed 5 times" in given_up.reason
    with due.writing() as register:
        assert claim(register, at(30)) is None


def test_what_has_to_wait_is_looked_at_again_and_left_out_after_its_grace(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        scheduled(register, ScheduleKind.PULSE, zone="UTC")
        register.polls.add(poll(kind=PollKind.PULSE, opened_at=at(-200), closed_at=at(-190)))
        take_due(register, NOW, lambda _schedule, after: after + timedelta(days=90))
        do(register, ours(register, NOW), ENCODER, NOW)
        waiting = register.schedules.occurrence(1)
        assert (waiting.state, waiting.not_before) == (OccurrenceState.DUE, at(1))

        late = NOW + GRACE[ScheduleKind.PULSE]
        do(register, ours(register, late), ENCODER, late)
        assert register.schedules.occurrence(1).state is OccurrenceState.SKIPPED


def test_what_was_noticed_and_left_lying_is_overtaken_by_the_next_one(database: Database, due: SqlRegisters) -> None:
    with due.writing() as register:
        claim(register, NOW)
    with due.writing() as register:
        made = do_due(register, at(7))

    assert [(one.state, one.reason) for one in made] == [
        (OccurrenceState.SKIPPED, OVERTAKEN),
        (OccurrenceState.DONE, ""),
    ]
    assert len(queued(database)) == 1


def test_what_was_noticed_and_left_lying_beyond_its_grace_is_skipped(due: SqlRegisters) -> None:
    late = NOW + GRACE[ScheduleKind.EXECUTIVE] + timedelta(seconds=1)
    with due.writing() as register:
        do(register, ours(register, late), ENCODER, late)

    assert (what_became(due).state, what_became(due).reason) == (OccurrenceState.SKIPPED, TOO_LATE)


def test_two_hundred_are_done_once_each_whoever_does_them(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        scheduled(register)
        for minutes in range(200):
            register.schedules.occur(Occurrence(0, 1, at(minutes=minutes), OccurrenceState.DUE, NOW))
    together = Barrier(3)

    def claims(_: int) -> list[int]:
        mine: list[int] = []
        together.wait()
        while True:
            with registers.writing() as register:
                claimed = claim(register, NOW)
            if claimed is None:
                return mine
            mine.append(claimed.occurrence.id)

    with ThreadPoolExecutor(3) as replicas:
        claimed = [id for mine in replicas.map(claims, range(3)) for id in mine]
    assert sorted(claimed) == [*range(1, 201)]
