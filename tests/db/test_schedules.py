"""Schedules and occurrences in the database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from db.database import Database
from db.registers import SqlRegisters
from planning.digests.values import Ask, AskedDecision, Cell, Digest, OpenGap
from planning.schedules.cron import Cron
from planning.schedules.values import LEASE, Occurrence, OccurrenceState, ScheduleKind
from tests.builders import NOW, at, coverage, digest, schedule
from tests.scheduled import done_digest, scheduled

MINUTE = timedelta(minutes=1)


def waiting(due: int = 1, **fields: object) -> Occurrence:
    """A due time of schedule 1 that is to be done."""
    return replace(Occurrence(0, 1, at(minutes=due), OccurrenceState.DUE, NOW), **fields)  # type: ignore[arg-type]


@pytest.fixture
def weekly(registers: SqlRegisters) -> SqlRegisters:
    """There is a schedule."""
    with registers.writing() as register:
        scheduled(register)
    return registers


def test_a_schedule_comes_back_as_saved(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        first = register.schedules.add(schedule(id=9))
        second = register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=7, channel=""))
        second = replace(second, paused=True, cron=Cron.of("59 23 1-7 * tue"), skips_at=at(1))
        register.schedules.save(second)

    with registers.reading() as register:
        assert register.schedules.all() == [first, second] == [schedule(id=1), register.schedules.by_id(2)]
        assert register.schedules.all([ScheduleKind.PERSONAL]) == [second]
        assert register.schedules.of(ScheduleKind.PERSONAL, 7) == second
        assert register.schedules.of(ScheduleKind.PERSONAL) is None


def test_due_are_those_whose_time_has_come_and_that_are_not_paused(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for n, (due_at, paused) in enumerate(((at(1), False), (NOW, False), (at(-1), False), (at(-2), True))):
            register.schedules.add(schedule(next_due_at=due_at, paused=paused, subject=n))

        assert [one.id for one in register.schedules.due(NOW, 9)] == [3, 2]
        assert register.schedules.due(at(-3), 9) == []


def test_a_digest_is_kept_as_it_was(registers: SqlRegisters) -> None:
    asked = AskedDecision(
        decision=1,
        finding=1,
        rule="duplicate_effort",
        references=("CX-1", "CX-2"),
        titles=("A", "B"),
        departments=("Sales", "Service"),
        days=12,
        sentence="Both work on Join.",
    )
    full = digest(
        since=at(-7),
        coverage=coverage(cells=(Cell(stage=1, department=1, count=3),), silent=()),
        decisions=(asked,),
        gaps=(OpenGap(finding=2, rule="stage_without_work", sentence="No live initiative works on Join."),),
        asks=(Ask(department="Sales", leads=("Ada",), slack_ids=("U1",), what="Decide."),),
    )
    with registers.writing() as register:
        done_digest(register, full)

    with registers.reading() as register:
        assert Digest.model_validate(register.schedules.occurrence(1).content) == full


def test_a_due_time_is_known_once(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        first = register.schedules.occur(waiting())
        assert first == waiting(id=1)
        assert register.schedules.occur(waiting(state=OccurrenceState.SKIPPED)) is None
        assert register.schedules.occurrence(1) == first


def test_the_oldest_is_claimed_first_and_a_claim_counts(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        for due in (2, 1):
            register.schedules.occur(waiting(due))
        claimed = [register.schedules.claim(NOW, LEASE) for _ in range(3)]

    assert [one and (one.due_at, one.attempts) for one in claimed] == [(at(minutes=1), 1), (at(minutes=2), 1), None]


def test_what_is_put_off_waits_for_its_time(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        register.schedules.occur(waiting(not_before=at(minutes=5)))

        assert register.schedules.claim(at(minutes=4), LEASE) is None
        assert register.schedules.claim(at(minutes=5), LEASE) is not None


def test_what_was_put_off_by_a_clock_in_the_future_waits_no_longer(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        register.schedules.occur(waiting(not_before=at(700)))

        assert register.schedules.claim(NOW, LEASE) is not None


def test_whose_doer_does_not_come_back_is_taken_over_and_the_first_one_cannot_settle(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        register.schedules.occur(waiting())
        first = register.schedules.claim(NOW, LEASE)
        assert register.schedules.claim(NOW + LEASE - MINUTE, LEASE) is None
        second = register.schedules.claim(NOW + LEASE, LEASE)
        assert first is not None
        assert second is not None
        done = replace(second, state=OccurrenceState.DONE, leased_until=None)

        assert not register.schedules.settle(replace(first, state=OccurrenceState.FAILED))
        assert register.schedules.settle(done)
        assert not register.schedules.settle(done)
        assert register.schedules.occurrence(1) == done


def test_who_still_holds_it_does_so_only_until_somebody_else_has_claimed_it(weekly: SqlRegisters) -> None:
    with weekly.writing() as register:
        register.schedules.occur(waiting())
        first = register.schedules.claim(NOW, LEASE)
        assert first is not None
        assert register.schedules.hold(first)

        register.schedules.claim(NOW + LEASE, LEASE)
        assert not register.schedules.hold(first)


@pytest.mark.parametrize("ahead", [timedelta(days=3650), LEASE + MINUTE])
def test_a_lease_that_no_clock_of_ours_would_have_given_is_taken_over(
    weekly: SqlRegisters, database: Database, ahead: timedelta
) -> None:
    """It was claimed while a clock stood in the future."""
    with weekly.writing() as register:
        register.schedules.save(replace(register.schedules.by_id(1), paused=True))
        register.schedules.occur(waiting())
        register.schedules.claim(NOW + ahead, LEASE)

        assert database.due_workspaces(NOW - MINUTE) == []
    assert database.due_workspaces(NOW) == [weekly.workspace]
    with weekly.writing() as register:
        assert register.schedules.claim(NOW, LEASE) is not None


def test_what_became_of_the_due_times_is_told_newest_first(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for days in (-7, 0, -14):
            done_digest(register, digest(), at(days))

    with registers.reading() as register:
        page = register.schedules.history(1, 2)
        assert ([one.due_at for one in page.items], page.total) == ([NOW, at(-7)], 3)
        assert register.schedules.latest([1, 2]) == {1: page.items[0]}
        assert register.schedules.last_done_at(1) == NOW
        assert len(register.schedules.made_since(at(-7))) == 2


def test_what_a_replica_of_the_release_before_wrote_is_read(weekly: SqlRegisters, database: Database) -> None:
    with database.engine.begin() as connection:
        old = "UPDATE schedules SET cron = '', due_at = NULL, next_due_at = :at, weekday = 4, hour = 16, minute = 30"
        connection.execute(text(old), {"at": "2027-03-05 15:30:00+00:00"})

    with weekly.reading() as register:
        read = register.schedules.by_id(1)
        assert (read.cron.said, read.next_due_at) == ("every Friday at 16:30", at(4, hours=6.5))


def test_what_somebody_wants_done_now_wakes_the_beat_after_the_commit(registers: SqlRegisters) -> None:
    woken: list[str] = []
    asking = replace(registers, on_asked=woken.append)
    with asking.writing() as register:
        scheduled(register)
        register.schedules.occur(Occurrence(0, 1, at(-1), OccurrenceState.DUE, NOW))
    assert woken == []

    with asking.writing() as register:
        register.schedules.occur(Occurrence(0, 1, NOW, OccurrenceState.DUE, NOW, {"asked_by": 1}))
    assert woken == ["main"]
