from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from bot.scheduler import Beat, beat, next_due
from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.answering import answer
from planning.agreement.answers import NamedStages
from planning.agreement.closing import PAUSE
from planning.agreement.opening import open_poll
from planning.agreement.values import PollKind
from planning.alerts.telling import enlist
from planning.digests.values import OccurrenceState, Schedule
from planning.findings.values import Rule
from planning.outbox.values import MessageKind
from planning.similarity import Floats
from tests.bot.sandbox.world import until
from tests.builders import NOW, at
from tests.handlers.slack import WordEncoder
from tests.planned import alert
from tests.planning.agreement.rounds import SAM, begun, sent, staffed
from tests.planning.alerts.overlapping import cards, overlapped

ENCODER = WordEncoder()


class BrokenEncoder(WordEncoder):
    """Its model is damaged."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Nothing."""
        raise RuntimeError("the model is damaged")


WEEKLY = Schedule(0, "C0EXECS", 0, 9, 0, "Europe/Berlin", datetime(2027, 1, 11, 8, 0, tzinfo=UTC))


def dues(schedule: Schedule, after: datetime, count: int) -> list[str]:
    """The next due times, in UTC."""
    found: list[datetime] = []
    for _ in range(count):
        found.append(next_due(schedule, found[-1] if found else after))
    return [f"{due:%m-%d %H:%M}" for due in found]


def test_a_schedule_is_due_at_its_local_time_on_both_sides_of_a_clock_change() -> None:
    assert dues(WEEKLY, datetime(2027, 3, 20, tzinfo=UTC), 3) == ["03-22 08:00", "03-29 07:00", "04-05 07:00"]


def test_a_time_that_the_clocks_skip_is_due_once() -> None:
    skipped = replace(WEEKLY, weekday=6, hour=2, minute=30)

    assert dues(skipped, datetime(2027, 3, 22, tzinfo=UTC), 2) == ["03-28 01:30", "04-04 00:30"]


def test_a_time_that_comes_twice_is_due_once() -> None:
    doubled = replace(WEEKLY, weekday=6, hour=2, minute=30)

    assert dues(doubled, datetime(2027, 10, 25, tzinfo=UTC), 2) == ["10-31 00:30", "11-07 01:30"]
    between = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)
    assert dues(doubled, between, 1) == ["11-07 01:30"]


@pytest.mark.parametrize(
    "zone", ["Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Australia/Lord_Howe", "UTC"]
)
def test_a_year_of_weeks_has_one_due_time_each_in_any_zone(zone: str) -> None:
    schedule = replace(WEEKLY, weekday=6, hour=2, minute=15, zone=zone)
    after, times = datetime(2027, 1, 1, tzinfo=UTC), []
    for _ in range(52):
        after = next_due(schedule, after)
        times.append(after)

    gaps = {later - earlier for earlier, later in pairwise(times)}
    assert all(abs(gap - timedelta(days=7)) <= timedelta(hours=1) for gap in gaps)


def scheduled(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        register.schedules.add(WEEKLY)


def test_a_beat_makes_what_is_due_once(database: Database, registers: SqlRegisters) -> None:
    scheduled(registers)

    assert beat(database, ENCODER, WEEKLY.next_due_at - timedelta(seconds=1)) == 0
    assert beat(database, ENCODER, WEEKLY.next_due_at) == 1
    assert beat(database, ENCODER, WEEKLY.next_due_at) == 0
    with registers.reading() as register:
        assert register.schedules.all()[0].next_due_at == WEEKLY.next_due_at + timedelta(days=7)
        assert register.schedules.occurrence(1).state is OccurrenceState.CLAIMED


def test_a_beat_makes_the_nightly_pass_once_a_night(database: Database, company: SqlRegisters) -> None:
    night = datetime(2027, 3, 2, 3, 0, tzinfo=UTC)
    for hours in (0, 1, 24):
        beat(database, ENCODER, night + timedelta(hours=hours))
        with company.reading() as register:
            assert register.workspaces.passed_on() == night.date() + timedelta(days=hours // 24)
            assert database.due_workspaces(night + timedelta(hours=hours)) == []
    assert database.due_workspaces(night + timedelta(hours=48)) == [company.workspace]


def test_a_workspace_whose_pass_fails_keeps_no_other_from_its_own(database: Database, company: SqlRegisters) -> None:
    other = database.registers(database.ensure_workspace("other", name="Other").id)
    with company.writing() as register:
        register.workspaces.save_least({Rule.DUPLICATE_EFFORT: 0.5})
        workspace = register.workspaces.current()
    with database.engine.begin() as connection:
        broken = text("UPDATE workspaces SET least = :least WHERE id = :id")
        connection.execute(broken, {"least": '{"no such rule": 1}', "id": workspace.id})

    beat(database, ENCODER, WEEKLY.next_due_at)

    with other.reading() as register:
        assert register.workspaces.passed_on() == WEEKLY.next_due_at.date()
    assert database.due_workspaces(WEEKLY.next_due_at) == []
    assert database.due_workspaces(WEEKLY.next_due_at + timedelta(days=1)) == sorted([workspace.id, "other"])


def naming_round(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        staffed(register)
        begun(register)


def test_a_beat_closes_a_round_at_its_time(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    for moment in (at(7, hours=6), at(7, hours=7), at(7, hours=7)):
        beat(database, ENCODER, moment)

    with company.reading() as register:
        assert register.polls.by_id(1).closed_at == at(7, hours=7)
    assert len(sent(database, MessageKind.RESULT)) == 1


def test_a_round_that_cannot_be_closed_is_tried_again_later(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    with company.writing() as register:
        person = register.people.by_id(register.polls.invitation(1).person)
        answer(register, 1, NamedStages(names=("Join", "Use")), person, NOW)
    beat(database, BrokenEncoder(), at(8))
    beat(database, ENCODER, at(8))
    with company.reading() as register:
        assert register.polls.by_id(1).open

    beat(database, ENCODER, at(8) + PAUSE)
    with company.reading() as register:
        assert not register.polls.by_id(1).open
        assert register.workspaces.passed_on() == at(8).date()


def test_a_round_that_cannot_be_closed_keeps_no_other_from_its_end(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    with company.writing() as register:
        person = register.people.by_id(register.polls.invitation(1).person)
        answer(register, 1, NamedStages(names=("Join", "Use")), person, NOW)
        open_poll(register, PollKind.SCORE, (1,), [(person, 1)], 1, at(7), SAM, 0, NOW)
    beat(database, BrokenEncoder(), at(8))

    with company.reading() as register:
        assert [register.polls.by_id(number).open for number in (1, 2)] == [True, False]


def test_the_first_beat_comes_at_once(database: Database, registers: SqlRegisters) -> None:
    scheduled(registers)
    beating = Beat(database, ENCODER, lambda: WEEKLY.next_due_at, seconds=60)
    beating.start()
    try:
        until(lambda: database.waiting_workspaces(WEEKLY.next_due_at))
    finally:
        beating.stop()


def test_what_waited_for_the_morning_is_told_by_the_beat_even_where_another_step_stumbles(
    database: Database, company: SqlRegisters
) -> None:
    naming_round(company)
    with company.writing() as register:
        (finding,) = overlapped(register, 1)
        enlist(register, alert(finding=finding.id, due_at=at(7, hours=23)))
        person = register.people.by_id(register.polls.invitation(1).person)
        answer(register, 1, NamedStages(names=("Join", "Use")), person, NOW)
    beat(database, BrokenEncoder(), at(8))

    assert cards(database) == [finding.id]
    with company.reading() as register:
        assert register.workspaces.passed_on() == at(8).date()
