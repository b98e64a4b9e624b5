from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.register import Register
from planning.schedules.changing import (
    check_zone,
    cron_of,
    may_change,
    may_send,
    pause,
    resume,
    save_schedule,
    send_now,
    skip_next,
    unskip,
)
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.workspace.values import Person, Role
from tests.builders import NOW, at, lead, person, schedule, steward
from tests.scheduled import do_due, weekly

EXECUTIVE = person(id=50, roles=frozenset({Role.EXECUTIVE}))
OF_SERVICE = schedule(kind=ScheduleKind.DEPARTMENT, subject=2)
MINE = schedule(kind=ScheduleKind.PERSONAL, subject=5)


def saved(registers: SqlRegisters, wanted: Schedule, actor: Person, now: datetime = NOW) -> Schedule:
    with registers.writing() as register:
        return save_schedule(register, wanted, actor, now, weekly)


def test_saving_again_changes_the_one_schedule(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    again = saved(registers, replace(mondays, id=0, channel="C0OTHER", zone="UTC"), stella, at(-1))

    assert (again.id, again.channel, again.next_due_at) == (mondays.id, "C0OTHER", NOW)
    with registers.reading() as register:
        assert register.schedules.all() == [again]


def test_what_has_just_come_due_is_still_done_after_a_change(
    registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        skip_next(register, mondays.id, NOW, stella, at(-1))
    again = saved(registers, replace(mondays, channel="C0OTHER"), stella)

    assert (again.next_due_at, again.skips_at) == (NOW, NOW)


def test_saving_what_it_is_already_changes_nothing(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    assert saved(registers, replace(mondays, id=0), stella, at(-1)) == mondays

    with registers.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)] == ["schedule.saved"]


@pytest.mark.parametrize(
    ("schedule", "changers", "senders"),
    [
        (schedule(), "steward", "steward executive"),
        (OF_SERVICE, "steward lead of it", "steward lead of it"),
        (MINE, "oneself", "oneself"),
        (schedule(kind=ScheduleKind.PULSE), "steward", "steward"),
    ],
    ids=["executive", "department", "personal", "pulse"],
)
def test_who_may_change_and_who_may_send(schedule: Schedule, changers: str, senders: str) -> None:
    people = {
        "steward": steward(id=40),
        "executive": EXECUTIVE,
        "lead of it": lead(2, id=41),
        "another lead": lead(1, id=42),
        "member of it": person(id=43, department=2),
        "oneself": person(id=5),
    }

    assert " ".join(name for name, one in people.items() if may_change(one, schedule)) == changers
    assert " ".join(name for name, one in people.items() if may_send(one, schedule)) == senders


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (schedule(), "Only a steward can change this"),
        (OF_SERVICE, "one of the department’s leads"),
        (MINE, "somebody else’s"),
    ],
)
def test_who_may_not_is_told_who_may(registers: SqlRegisters, wanted: Schedule, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        saved(registers, wanted, EXECUTIVE)


@pytest.mark.parametrize(
    ("field", "fault"),
    [("channel", {"channel": ""}), ("zone", {"zone": "Mars/Olympus"}), ("zone", {"zone": ""})],
)
def test_a_fault_is_told_at_its_field(
    registers: SqlRegisters, stella: Person, field: str, fault: dict[str, str]
) -> None:
    with pytest.raises(FieldError) as caught:
        saved(registers, schedule(**fault), stella)

    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize("zone", ["../etc/passwd", "Europe", "\0", "Europe/Oslo "])
def test_no_text_of_a_zone_does_harm(zone: str) -> None:
    with pytest.raises(FieldError):
        check_zone(zone)


def test_five_fields_that_are_wrong_are_told_at_their_field() -> None:
    with pytest.raises(FieldError) as caught:
        cron_of("at nine")

    assert list(caught.value.errors) == ["cron"]


def test_what_is_paused_is_not_made_up_for(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    with registers.writing() as register:
        pause(register, mondays.id, stella, at(-1))
        assert do_due(register, at(20)) == []
        assert resume(register, mondays.id, stella, at(20), weekly).next_due_at == at(21)
        assert do_due(register, at(20)) == []
        assert [one.due_at for one in do_due(register, at(21))] == [at(21)]


def left_out(register: Register, id: int, actor: Person, now: datetime) -> Schedule:
    return skip_next(register, id, NOW, actor, now)


@pytest.mark.parametrize("press", [pause, left_out])
def test_the_second_press_changes_nothing(
    registers: SqlRegisters, mondays: Schedule, stella: Person, press: Callable[..., Schedule]
) -> None:
    with registers.writing() as register:
        first = press(register, mondays.id, stella, at(-1))
        with pytest.raises(AlreadyDone):
            press(register, mondays.id, stella, at(-1))

        assert register.schedules.by_id(mondays.id) == first
        assert [entry.verb for entry in register.audit.since(None)].count("schedule.saved") == 1


def test_a_skip_is_of_the_one_that_was_seen(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    with registers.writing() as register:
        do_due(register, NOW)
        with pytest.raises(AlreadyDone, match="That one is over"):
            skip_next(register, mondays.id, NOW, stella, at(0.1))


def test_a_skip_can_be_taken_back(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    with registers.writing() as register:
        skip_next(register, mondays.id, NOW, stella, at(-1))
        unskip(register, mondays.id, stella, at(-1))
        with pytest.raises(AlreadyDone):
            unskip(register, mondays.id, stella, at(-1))

        assert len(do_due(register, NOW)) == 1


def test_what_is_sent_twice_is_sent_once(
    database: Database, registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        send_now(register, mondays.id, at(-1), stella, at(-0.9))
    with pytest.raises(AlreadyDone, match="under way"), registers.writing() as register:
        send_now(register, mondays.id, at(-0.9), EXECUTIVE, at(-0.9))
    with registers.writing() as register:
        (made,) = do_due(register, at(-0.9))
    with pytest.raises(AlreadyDone, match="done already"), registers.writing() as register:
        send_now(register, mondays.id, at(-1), stella, at(-0.8))

    assert (made.state, made.due_at) == (OccurrenceState.DONE, at(-1))
    assert database.outbox(registers.workspace).depth() == 1


def test_what_waits_says_for_what(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    waits = Occurrence(0, mondays.id, at(-1), OccurrenceState.DUE, at(-1), reason="Too few people.", not_before=at(1))
    with registers.writing() as register:
        register.schedules.occur(waits)
        with pytest.raises(AlreadyDone, match="It waits: Too few people"):
            send_now(register, mondays.id, NOW, stella, NOW)


def test_sending_out_of_turn_leaves_the_next_one_where_it_is(
    registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        edda = register.people.add("Edda", roles=EXECUTIVE.roles)
        send_now(register, mondays.id, at(-1), edda, at(-1))
        assert [one.due_at for one in do_due(register, NOW)] == [at(-1), NOW]
        assert [entry.actor for entry in register.audit.since(None) if entry.verb == "schedule.sent"] == [edda.id]


def test_who_may_not_send_is_told_whom_to_ask(registers: SqlRegisters, mondays: Schedule) -> None:
    with pytest.raises(NotAllowed, match="Ask a steward"), registers.writing() as register:
        send_now(register, mondays.id, NOW, person(id=9), NOW)
