from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduling.due_times import next_due
from db.registers import SqlRegisters
from planning.schedules.changing import pause, save_schedule, send_now
from planning.schedules.claiming import take_due
from planning.schedules.cron import Cron
from planning.schedules.values import OccurrenceState, Schedule
from planning.workspace.values import Person
from tests.builders import NOW, at, schedule
from tests.scheduled import do_due, weekly

AT_NINE = datetime(2027, 3, 1, 8, tzinfo=UTC)
"""Nine o'clock in Oslo on the Monday of NOW."""


@pytest.mark.parametrize(
    ("zone", "time", "expected"),
    [
        ("America/New_York", "0 9", datetime(2027, 3, 8, 14, tzinfo=UTC)),
        ("Europe/Oslo", "0 16", datetime(2027, 3, 8, 15, tzinfo=UTC)),
        ("Pacific/Kiritimati", "0 9", datetime(2027, 3, 7, 19, tzinfo=UTC)),
    ],
    ids=["to the west", "later", "far to the east"],
)
def test_who_moves_it_gets_no_second_one_on_the_same_day(
    registers: SqlRegisters, stella: Person, zone: str, time: str, expected: datetime
) -> None:
    with registers.writing() as register:
        first = save_schedule(register, schedule(), stella, at(-1), next_due)
        do_due(register, AT_NINE, next_due)
        moved = replace(first, zone=zone, cron=Cron.of(f"{time} * * mon"))
        saved = save_schedule(register, moved, stella, AT_NINE + timedelta(hours=1), next_due)

    assert saved.next_due_at == expected


def test_who_corrects_the_time_before_the_first_one_still_gets_it_that_day(
    registers: SqlRegisters, stella: Person
) -> None:
    with registers.writing() as register:
        first = save_schedule(register, schedule(), stella, NOW, next_due)
        send_now(register, first.id, NOW, stella, NOW)
        do_due(register, NOW, next_due)
        later = replace(first, cron=Cron.of("0 16 * * mon"))

        assert save_schedule(register, later, stella, NOW, next_due).next_due_at == at(hours=6)


def test_what_waits_when_it_is_paused_is_left_out(registers: SqlRegisters, mondays: Schedule, stella: Person) -> None:
    with registers.writing() as register:
        take_due(register, NOW, weekly)
        pause(register, mondays.id, stella, NOW)

        assert do_due(register, NOW) == []
        assert register.schedules.occurrence(1).state is OccurrenceState.SKIPPED


def test_what_is_sent_out_of_turn_is_sent_however_long_the_preview_stood_there(
    registers: SqlRegisters, mondays: Schedule, stella: Person
) -> None:
    with registers.writing() as register:
        do_due(register, NOW)
        send_now(register, mondays.id, at(-30), stella, at(0.1))

        assert [one.state for one in do_due(register, at(0.1))] == [OccurrenceState.DONE]
