from dataclasses import replace
from datetime import timedelta

import pytest

from bot.scheduling.due_times import next_due
from db.registers import SqlRegisters
from planning.errors import NotAllowed
from planning.schedules.changing import resume, save_schedule, skip_next
from planning.schedules.claiming import OVERTAKEN, REMEMBERED, TOO_LATE, UNWANTED, call_back, take_due
from planning.schedules.cron import Cron
from planning.schedules.values import GRACE, Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.workspace.values import Person
from tests.builders import NOW, at
from tests.scheduled import do_due, scheduled, weekly


def taken(registers: SqlRegisters, days: float) -> int:
    """How many schedules are found to be due, some days after NOW."""
    with registers.writing() as register:
        return take_due(register, at(days), weekly)


def known(registers: SqlRegisters) -> list[Occurrence]:
    """Every due time, oldest first."""
    with registers.reading() as register:
        return sorted(register.schedules.history(1, 99).items, key=lambda one: one.due_at)


def test_a_due_time_is_noticed_once_and_not_before(registers: SqlRegisters, mondays: Schedule) -> None:
    assert [taken(registers, days) for days in (-0.1, 0, 0, 0.1)] == [0, 1, 0, 0]
    with registers.reading() as register:
        assert register.schedules.by_id(mondays.id).next_due_at == at(7)


def test_of_several_that_were_missed_the_last_is_done_and_the_others_are_told(
    registers: SqlRegisters, mondays: Schedule
) -> None:
    with registers.writing() as register:
        (done,) = do_due(register, at(23))

    *earlier, last = known(registers)
    assert (done, done.due_at) == (last, at(21))
    assert {(one.state, one.reason) for one in earlier} == {(OccurrenceState.SKIPPED, OVERTAKEN)}
    assert [one.due_at for one in earlier] == [NOW, at(7), at(14)]


def test_after_years_without_concord_the_latest_ones_are_told(registers: SqlRegisters, mondays: Schedule) -> None:
    assert taken(registers, 7 * 400) == 1
    assert (len(known(registers)), known(registers)[-1].due_at) == (REMEMBERED, at(7 * 400))


@pytest.mark.parametrize(("beyond", "state"), [(-1, OccurrenceState.DUE), (1, OccurrenceState.SKIPPED)])
def test_what_is_later_than_its_grace_is_skipped_with_the_reason(
    registers: SqlRegisters, mondays: Schedule, beyond: int, state: OccurrenceState
) -> None:
    late = GRACE[mondays.kind] + timedelta(seconds=beyond)
    with registers.writing() as register:
        take_due(register, NOW + late, weekly)

    (one,) = known(registers)
    assert (one.state, one.reason) == (state, TOO_LATE if beyond > 0 else "")


def test_the_one_that_somebody_does_not_want_is_left_out_and_the_next_one_comes(
    registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        skip_next(register, mondays.id, NOW, stella, at(-1))

    assert [taken(registers, days) for days in (0, 7)] == [1, 1]
    assert [one.reason for one in known(registers)] == [UNWANTED, ""]


def test_an_unwanted_one_among_the_missed_is_told_as_such(
    registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        skip_next(register, mondays.id, NOW, stella, at(-1))

    assert taken(registers, 8) == 1
    assert [one.reason for one in known(registers)] == [UNWANTED, ""]


def test_a_paused_schedule_is_never_due(registers: SqlRegisters, mondays: Schedule) -> None:
    with registers.writing() as register:
        register.schedules.save(replace(mondays, paused=True))

    assert taken(registers, 30) == 0


def test_a_clock_that_jumps_ahead_and_back_makes_up_for_nothing_twice(
    registers: SqlRegisters, mondays: Schedule
) -> None:
    assert [taken(registers, days) for days in (14, 0, 7, 14, 21)] == [1, 0, 0, 0, 1]


def test_what_a_clock_in_the_future_has_put_off_is_called_back(registers: SqlRegisters, mondays: Schedule) -> None:
    assert taken(registers, 700) == 1
    with registers.writing() as register:
        assert [call_back(register, at(0.1), weekly) for _ in range(2)] == [1, 0]
        assert register.schedules.by_id(mondays.id).next_due_at == at(7)


@pytest.fixture
def nowhere(registers: SqlRegisters, mondays: Schedule) -> Schedule:
    """The digest has a zone that nobody knows; the check-ins, due after it, have not."""
    with registers.writing() as register:
        broken = replace(mondays, zone="Nowhere/Land")
        register.schedules.save(broken)
        scheduled(register, ScheduleKind.CHECK_IN, cron=Cron.of("0 9 * * mon"), zone="UTC", channel="")
    return broken


def test_one_in_a_zone_that_nobody_knows_is_set_aside_and_the_others_are_done(
    registers: SqlRegisters, nowhere: Schedule
) -> None:
    with registers.writing() as register:
        assert [take_due(register, NOW, next_due) for _ in range(2)] == [2, 0]
        latest = register.schedules.latest([1, 2])

        assert [latest[id].state for id in (1, 2)] == [OccurrenceState.FAILED, OccurrenceState.DUE]
        assert "“Nowhere/Land”" in latest[1].reason
        assert register.schedules.by_id(1).paused
        assert [entry.verb for entry in register.audit.since(at(-1))] == ["schedule.paused"]


def test_one_that_was_set_aside_comes_again_once_it_has_a_zone(
    registers: SqlRegisters, nowhere: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        take_due(register, NOW, next_due)
        with pytest.raises(NotAllowed, match="choose another"):
            resume(register, nowhere.id, stella, NOW, next_due)
        save_schedule(register, replace(register.schedules.by_id(1), zone="UTC"), stella, NOW, next_due)

        assert resume(register, nowhere.id, stella, NOW, next_due).next_due_at == at(7)


def test_one_in_a_zone_that_nobody_knows_keeps_no_other_from_being_called_back(
    registers: SqlRegisters, nowhere: Schedule
) -> None:
    with registers.writing() as register:
        for id in (1, 2):
            register.schedules.save(replace(register.schedules.by_id(id), next_due_at=at(700)))

        assert call_back(register, at(0.1), next_due) == 1
        assert register.schedules.by_id(2).next_due_at == at(7)
