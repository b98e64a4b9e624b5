"""Schedules and what became of them, for tests; every field can be said otherwise by its name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from planning.digests.values import Digest
from planning.findings.detecting import carry_out
from planning.findings.passing import learn
from planning.findings.queueing import Change
from planning.findings.refreshing import Changes, look
from planning.register import Register
from planning.schedules.claiming import take_due
from planning.schedules.doing import claim, do
from planning.schedules.tasks import Result, Task
from planning.schedules.timetable import TIMETABLE
from planning.schedules.values import NextDue, Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.similarity import Encoder
from tests.builders import NOW, schedule
from tests.handlers.slack import WordEncoder

ENCODER = WordEncoder()
WEEK = timedelta(days=7)


def weekly(_schedule: Schedule, after: datetime) -> datetime:
    """Due every week at the time of NOW."""
    return NOW + (1 + (after - NOW) // WEEK) * WEEK


def still(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def scheduled(register: Register, kind: ScheduleKind = ScheduleKind.EXECUTIVE, **fields: Any) -> Schedule:
    """The schedule of a kind and subject; where it is new, it is due now."""
    wanted = schedule(kind=kind, **fields)
    return register.schedules.of(kind, wanted.subject) or register.schedules.add(wanted)


def task(register: Register, kind: ScheduleKind, now: datetime, **fields: Any) -> Task:
    """An occurrence of a kind that is due now, in UTC where nothing else is said."""
    known = scheduled(register, kind, **{"zone": "UTC", "channel": "", **fields})
    running = Occurrence(0, known.id, now, OccurrenceState.RUNNING, now, attempts=1)
    return Task(register, known, register.schedules.occur(running) or running, ENCODER, now)


def carried_out(register: Register, kind: ScheduleKind, now: datetime, **fields: Any) -> Result:
    """What comes of a task that is due now."""
    return TIMETABLE[kind](task(register, kind, now, **fields))


def done_digest(register: Register, made: Digest, due_at: datetime = NOW) -> Occurrence:
    """An executives' digest that was sent."""
    content = made.model_dump(mode="json")
    done = Occurrence(0, scheduled(register).id, due_at, OccurrenceState.DONE, due_at, content)
    kept = register.schedules.occur(done)
    assert kept is not None
    return kept


def do_due(
    register: Register, now: datetime, next_due: NextDue = weekly, encoder: Encoder = ENCODER
) -> list[Occurrence]:
    """Do whatever is due, as a beat does; what became of it."""
    take_due(register, now, next_due)
    done = []
    while ours := claim(register, now):
        do(register, ours, encoder, now)
        done.append(register.schedules.occurrence(ours.occurrence.id))
    return done


def nightly_pass(register: Register, now: datetime) -> Changes:
    """The nightly pass of a portfolio of any size, in one unit; what it changed."""
    learn(register, now)
    return carry_out(register, Change(None, nightly=True), look(register, now), now)
