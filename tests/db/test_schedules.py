"""Schedules and occurrences in the database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from db.registers import SqlRegisters
from planning.digests.values import Ask, AskedDecision, Cell, Occurrence, OccurrenceState, OpenGap
from tests.builders import NOW, at, coverage, digest, schedule


def test_a_schedule_comes_back_as_saved(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        first = register.schedules.add(schedule(id=9))
        second = replace(register.schedules.add(schedule(channel="C2")), paused=True, weekday=6, hour=23, minute=59)
        register.schedules.save(second)

    with registers.reading() as register:
        assert register.schedules.all() == [first, second] == [schedule(id=1), register.schedules.by_id(2)]


def test_due_are_those_whose_time_has_come_and_that_are_not_paused(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for due_at, paused in ((at(1), False), (NOW, False), (at(-1), False), (at(-2), True)):
            register.schedules.add(schedule(next_due_at=due_at, paused=paused))

        assert [one.id for one in register.schedules.due(NOW)] == [3, 2]
        assert register.schedules.due(at(-3)) == []


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
        register.schedules.add(schedule())
        claimed = register.schedules.claim(1, NOW, at(hours=1), full)

    with registers.reading() as register:
        assert register.schedules.occurrence(1) == claimed
    assert claimed == Occurrence(1, 1, NOW, OccurrenceState.CLAIMED, at(hours=1), full)


def test_a_due_time_is_taken_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for _ in range(2):
            register.schedules.add(schedule())
        register.schedules.skip(1, at(-7), at(-7), "The bot was down.")
        assert register.schedules.claim(1, at(-7), NOW, digest()) is None
        assert register.schedules.last_digest_at(1) is None
        assert register.schedules.claim(1, NOW, at(hours=1), digest()) is not None
        assert register.schedules.claim(2, NOW, at(hours=2), digest()) is not None
        register.schedules.skip(1, NOW, at(hours=3), "Too late.")

    with registers.reading() as register:
        assert register.schedules.last_digest_at(1) == at(hours=1)
        assert register.schedules.occurrence(1).reason == "The bot was down."
        assert register.schedules.made_since(at(hours=2)) == [register.schedules.made_since(NOW)[-1]]


def test_two_processes_at_once_make_one_digest(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for _ in range(5):
            register.schedules.add(schedule())
    together = Barrier(4)

    def beat(_: int) -> int:
        together.wait()
        with registers.writing() as register:
            made = 0
            for one in register.schedules.due(NOW):
                made += register.schedules.claim(one.id, one.next_due_at, NOW, digest()) is not None
                register.schedules.save(replace(one, next_due_at=at(7)))
            return made

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(beat, range(4))) == 5
