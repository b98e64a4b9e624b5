from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from threading import Event

import pytest
from sqlalchemy import text

from bot.scheduling.beat import Beat, beat, call_all_back
from bot.seeing.meters import Meters
from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.answering import answer
from planning.agreement.answers import NamedStages
from planning.agreement.closing import PAUSE
from planning.agreement.opening import open_poll
from planning.agreement.values import PollKind
from planning.alerts.telling import enlist
from planning.findings.values import Rule
from planning.outbox.values import MessageKind
from planning.schedules.claiming import take_due
from planning.schedules.cron import Cron
from planning.schedules.values import LEASE, Occurrence, OccurrenceState, ScheduleKind
from planning.similarity import Floats
from tests.bot.sandbox.world import until
from tests.builders import NOW, at
from tests.handlers.slack import WordEncoder
from tests.planned import alert
from tests.planning.agreement.rounds import SAM, begun, sent, staffed
from tests.planning.alerts.overlapping import cards, overlapped
from tests.scheduled import scheduled, still, weekly

ENCODER = WordEncoder()


class BrokenEncoder(WordEncoder):
    """Its model is damaged."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Nothing."""
        raise RuntimeError("the model is damaged")


@pytest.fixture
def mondays(registers: SqlRegisters) -> SqlRegisters:
    """A digest is due NOW."""
    with registers.writing() as register:
        scheduled(register)
    return registers


def nightly(registers: SqlRegisters, days: float = 0) -> None:
    """The pass is due some days after NOW."""
    with registers.writing() as register:
        scheduled(register, ScheduleKind.NIGHTLY, cron=Cron.of("0 9 * * *"), zone="UTC", next_due_at=at(days))


def next_of(registers: SqlRegisters) -> datetime:
    """When the first schedule is due next."""
    with registers.reading() as register:
        return register.schedules.by_id(1).next_due_at


def done_by(database: Database, now: datetime) -> int:
    """How many are done until nothing is due, however slow the machine is."""
    done = 0
    while database.due_workspaces(now):
        done += beat(database, ENCODER, still(now))
    return done


def became(registers: SqlRegisters, id: int = 1) -> OccurrenceState:
    """What became of a due time."""
    with registers.reading() as register:
        return register.schedules.occurrence(id).state


def made(registers: SqlRegisters) -> list[int]:
    """The due times that are done."""
    with registers.reading() as register:
        return register.schedules.made_since(at(-1))


def break_thresholds(database: Database, registers: SqlRegisters) -> None:
    """So that no pass can be made."""
    with registers.writing() as register:
        register.workspaces.save_least({Rule.DUPLICATE_EFFORT: 0.5})
    with database.engine.begin() as connection:
        broken = text("UPDATE workspaces SET least = :least WHERE id = :id")
        connection.execute(broken, {"least": '{"no such rule": 1}', "id": registers.workspace})


def test_a_beat_makes_what_is_due_once(database: Database, mondays: SqlRegisters) -> None:
    assert [beat(database, ENCODER, still(moment)) for moment in (at(-0.1), NOW, NOW, at(0.1))] == [0, 1, 0, 0]

    assert became(mondays) is OccurrenceState.DONE
    assert next_of(mondays) == at(7, hours=-1)


def test_what_is_due_in_many_workspaces_is_done_in_turns(database: Database) -> None:
    for workspace in ("first", "second"):
        with database.registers(database.ensure_workspace(workspace).id).writing() as register:
            for person in range(1, 4):
                register.people.add(f"Person {person}")
                scheduled(register, ScheduleKind.PERSONAL, subject=person)

    assert done_by(database, NOW) == 6


def test_a_beat_that_has_no_time_left_leaves_the_rest_to_the_next_one(
    database: Database, mondays: SqlRegisters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scheduling.beat.BEAT_S", 0.0)
    assert beat(database, ENCODER, still(NOW)) == 0

    monkeypatch.undo()
    assert beat(database, ENCODER, still(NOW)) == 1


def test_a_beat_that_is_stopped_begins_nothing(database: Database, mondays: SqlRegisters) -> None:
    stopping = Event()
    stopping.set()

    assert beat(database, ENCODER, still(NOW), stopping) == 0
    assert database.due_workspaces(NOW) == [mondays.workspace]


def test_what_fails_is_tried_again_and_keeps_no_other_workspace_from_its_own(
    database: Database, company: SqlRegisters
) -> None:
    other = database.registers(database.ensure_workspace("other", name="Other").id)
    for each in (company, other):
        nightly(each)
    break_thresholds(database, company)

    assert done_by(database, NOW) == 1
    assert (became(company), became(other)) == (OccurrenceState.DUE, OccurrenceState.DONE)
    with company.writing() as register:
        register.workspaces.save_least({})
    assert [done_by(database, at(minutes=minutes)) for minutes in (0.5, 1)] == [0, 1]


def test_what_fails_five_times_is_given_up_with_a_word_for_the_stewards(
    database: Database, company: SqlRegisters
) -> None:
    nightly(company)
    break_thresholds(database, company)
    for minutes in (0, 1, 3, 7, 15):
        beat(database, ENCODER, still(at(minutes=minutes)))

    assert became(company) is OccurrenceState.FAILED
    assert database.due_workspaces(at(minutes=60)) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_workspace_that_another_process_writes_in_does_not_hold_up_the_others(database: Database) -> None:
    busy, free = (database.registers(database.ensure_workspace(name).id) for name in ("busy", "free"))
    for each in (busy, free):
        nightly(each)
    with busy.writing():
        assert beat(database, ENCODER, still(NOW)) == 1
        assert became(free) is OccurrenceState.DONE
    assert beat(database, ENCODER, still(NOW)) == 1


def naming_round(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        staffed(register)
        begun(register)


def test_a_beat_closes_a_round_at_its_time(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    for moment in (at(7, hours=6), at(7, hours=7), at(7, hours=7)):
        beat(database, ENCODER, still(moment))

    with company.reading() as register:
        assert register.polls.by_id(1).closed_at == at(7, hours=7)
    assert len(sent(database, MessageKind.RESULT)) == 1


def test_a_round_that_cannot_be_closed_is_tried_again_later(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    with company.writing() as register:
        person = register.people.by_id(register.polls.invitation(1).person)
        answer(register, 1, NamedStages(names=("Join", "Use")), person, NOW)
    beat(database, BrokenEncoder(), still(at(8)))
    beat(database, ENCODER, still(at(8)))
    with company.reading() as register:
        assert register.polls.by_id(1).open

    beat(database, ENCODER, still(at(8) + PAUSE))
    with company.reading() as register:
        assert not register.polls.by_id(1).open


def test_a_round_that_cannot_be_closed_keeps_no_other_from_its_end(database: Database, company: SqlRegisters) -> None:
    naming_round(company)
    with company.writing() as register:
        person = register.people.by_id(register.polls.invitation(1).person)
        answer(register, 1, NamedStages(names=("Join", "Use")), person, NOW)
        open_poll(register, PollKind.SCORE, (1,), [(person, 1)], 1, at(7), SAM, 0, NOW)
    beat(database, BrokenEncoder(), still(at(8)))

    with company.reading() as register:
        assert [register.polls.by_id(number).open for number in (1, 2)] == [True, False]


def test_the_first_beat_comes_at_once(database: Database, mondays: SqlRegisters) -> None:
    beating = Beat(database, ENCODER, lambda: NOW, seconds=60)
    beating.start()
    try:
        until(lambda: database.waiting_workspaces(NOW))
    finally:
        beating.stop()


def test_what_a_clock_in_the_future_has_put_off_is_called_back_at_the_first_beat(
    database: Database, mondays: SqlRegisters
) -> None:
    with mondays.writing() as register:
        register.schedules.save(replace(register.schedules.by_id(1), next_due_at=at(700)))
    beating = Beat(database, ENCODER, lambda: at(-1), seconds=60)
    beating.start()
    try:
        until(lambda: next_of(mondays) == at(hours=-1))
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
    beat(database, BrokenEncoder(), still(at(8)))

    assert cards(database) == [finding.id]


def test_a_beat_that_is_woken_does_at_once_what_somebody_wants_now(database: Database, mondays: SqlRegisters) -> None:
    beating = Beat(database, ENCODER, lambda: NOW, seconds=60)
    beating.start()
    try:
        until(lambda: made(mondays) == [1])
        with replace(mondays, on_asked=lambda _workspace: beating.wake()).writing() as register:
            asked_by = register.people.add("Ruth Chief").id
            wanted = Occurrence(0, 1, at(1), OccurrenceState.DUE, NOW, {"asked_by": asked_by}, not_before=NOW)
            register.schedules.occur(wanted)
        until(lambda: made(mondays) == [1, 2])
    finally:
        beating.stop()


def test_a_lease_begins_when_the_work_is_taken_on(database: Database, mondays: SqlRegisters) -> None:
    passing = count()
    beat(database, ENCODER, lambda: at(minutes=next(passing)))

    with mondays.reading() as register:
        assert register.schedules.occurrence(1).claimed_at > at(minutes=1)


def test_work_that_was_left_behind_is_counted(database: Database, mondays: SqlRegisters) -> None:
    with mondays.writing() as register:
        take_due(register, NOW, weekly)
        register.schedules.claim(NOW, LEASE)
    meters = Meters()
    beat(database, ENCODER, still(NOW + LEASE), meters=meters)

    assert 'concord_claims_total{outcome="expired",what="occurrence"} 1.0' in meters.told().decode()


def test_a_workspace_whose_schedule_cannot_be_read_keeps_no_other_from_its_own(
    database: Database, mondays: SqlRegisters
) -> None:
    other = database.registers(database.ensure_workspace("other", name="Other").id)
    nightly(other, days=700)
    with database.engine.begin() as connection:
        broken = text("UPDATE schedules SET cron = 'now and then', due_at = :at WHERE workspace_id = :id")
        connection.execute(broken, {"id": mondays.workspace, "at": str(at(0.5))})

    assert not call_all_back(database, NOW)
    assert next_of(other) == at(1)

    assert beat(database, ENCODER, still(at(1))) == 1
    assert became(other) is OccurrenceState.DONE
