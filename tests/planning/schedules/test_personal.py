from datetime import time

import pytest

from bot.scheduling.due_times import next_due
from db.registers import SqlRegister, SqlRegisters
from planning.alerts.preferences import Preferences
from planning.alerts.preferring import move_to
from planning.schedules.changing import save_schedule, skip_next
from planning.schedules.cron import Cron
from planning.schedules.personal import keep_list
from planning.schedules.values import Schedule
from tests.builders import NOW, at, lead

ADA = lead(1, id=1)
USUAL, EARLY = Preferences(1), Preferences(1, begins=time(7), weekdays=frozenset(range(4)))


def keep(register: SqlRegister, before: Preferences, wanted: Preferences, *, on: bool = True) -> Schedule | None:
    keep_list(register, ADA, (before, wanted), on, NOW, next_due)
    return next(iter(register.schedules.all()), None)


def test_the_list_begins_with_the_persons_day_in_their_own_zone(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert keep(register, USUAL, USUAL, on=False) is None
        made = keep(register, USUAL, USUAL)

    assert made is not None
    assert (str(made), made.subject) == ("every working day at 09:00 (Europe/Oslo)", 1)
    assert made.next_due_at == at(1, hours=-1)


def test_it_follows_the_hours_unless_the_person_chose_another_time(company: SqlRegisters) -> None:
    with company.writing() as register:
        keep(register, USUAL, USUAL)
        followed = keep(register, USUAL, EARLY)
        assert followed is not None
        assert str(followed) == "every Monday, Tuesday, Wednesday and Thursday at 07:00 (Europe/Oslo)"

        own = Schedule(0, followed.kind, Cron.of("30 8 * * mon"), followed.zone, NOW, subject=1)
        save_schedule(register, own, ADA, NOW, next_due)
        stayed = keep(register, EARLY, USUAL)
    assert stayed is not None
    assert stayed.cron.said == "every Monday at 08:30"


def test_who_wants_it_no_longer_and_then_again_has_the_same_one(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = keep(register, USUAL, USUAL)
        paused = keep(register, USUAL, USUAL, on=False)
        again = keep(register, USUAL, USUAL)

    assert paused is not None
    assert paused.paused
    assert again == first


@pytest.mark.parametrize(
    ("zone", "due_at"), [("Asia/Tokyo", at(1, hours=-9)), ("No/Where", at(1))], ids=["east", "a zone that nobody knows"]
)
def test_it_moves_with_the_person(company: SqlRegisters, zone: str, due_at: object) -> None:
    with company.writing() as register:
        keep(register, USUAL, USUAL)
        for _ in range(2):
            move_to(register, ADA, zone, NOW, next_due)
        (moved,) = register.schedules.all()
        verbs = [entry.verb for entry in register.audit.since(None)]

    assert moved.next_due_at == due_at
    assert verbs == ["schedule.saved", "person.zone", "schedule.saved"]


def test_what_has_come_due_a_moment_ago_is_not_lost_by_a_change(company: SqlRegisters) -> None:
    with company.writing() as register:
        made = keep(register, USUAL, USUAL)
        assert made is not None
        later = made.next_due_at.replace(second=5)
        keep_list(register, ADA, (USUAL, EARLY), True, later, next_due)
        (changed,) = register.schedules.all()

    assert changed.next_due_at == made.next_due_at


def test_the_one_that_is_left_out_stays_so_in_another_zone(company: SqlRegisters) -> None:
    with company.writing() as register:
        made = keep(register, USUAL, USUAL)
        assert made is not None
        skip_next(register, made.id, made.next_due_at, ADA, NOW)
        move_to(register, ADA, "Asia/Tokyo", NOW, next_due)
        (moved,) = register.schedules.all()

    assert moved.skips_at == moved.next_due_at
