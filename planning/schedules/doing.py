"""Doing what is due, once: what is done and that it is done are kept together, or neither is.

Whoever takes an occurrence on has it until the lease ends. The one who comes back too late finds that the number of
attempts has moved on (the fencing token of Kleppmann, Designing Data-Intensive Applications, chapter 8), and nothing
of what it did is kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planning.audit.values import Entry
from planning.errors import PlanningError
from planning.register import Register
from planning.schedules.claiming import OVERTAKEN, TOO_LATE
from planning.schedules.tasks import Done, Result, Skipped, Task, Wait
from planning.schedules.timetable import TIMETABLE
from planning.schedules.values import GRACE, LEASE, LONGEST_WAIT, Occurrence, OccurrenceState, Schedule
from planning.similarity import Encoder

ATTEMPTS = 5
"""What fails that often is given up, and its schedule says so."""
FIRST_PAUSE = timedelta(minutes=1)
"""Until it is tried again; twice as long each time."""
BROKEN = "It failed {failures} times; whoever runs Concord finds in its log why."

LOST = "Somebody else has taken this on meanwhile."


class LostLease(PlanningError):
    """Somebody else has taken this on meanwhile."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An occurrence that is ours for a while, and the schedule that it belongs to."""

    occurrence: Occurrence
    schedule: Schedule


def claim(register: Register, now: datetime) -> Claim | None:
    """Take on the oldest occurrence that waits, or whose doer has not come back; None when there is none."""
    occurrence = register.schedules.claim(now, LEASE)
    return None if occurrence is None else Claim(occurrence, register.schedules.by_id(occurrence.schedule))


def do(register: Register, ours: Claim, encoder: Encoder, now: datetime) -> Result:
    """Do it and write what came of it. Raises LostLease, and then nothing must be kept."""
    if not register.schedules.hold(ours.occurrence):
        raise LostLease(LOST)
    task = Task(register, ours.schedule, ours.occurrence, encoder, now)
    stale = _stale(task)
    result = Skipped(stale) if stale else TIMETABLE[ours.schedule.kind](task)
    _settle(register, _after(ours, result, now))
    if isinstance(result, Done):
        details: dict[str, object] = {"schedule": ours.schedule.id, "due_at": ours.occurrence.due_at.isoformat()}
        register.audit.add(
            Entry(
                now, f"{ours.schedule.kind}.done", f"occurrence:{ours.occurrence.id}", ours.occurrence.asked_by, details
            )
        )
    return result


def put_off(register: Register, ours: Claim, now: datetime) -> Occurrence:
    """Try again later what has failed, or give it up after several attempts. Raises LostLease."""
    failed = replace(ours.occurrence, failures=ours.occurrence.failures + 1)
    if failed.failures < ATTEMPTS:
        after = replace(failed, state=OccurrenceState.DUE, not_before=now + FIRST_PAUSE * 2 ** (failed.failures - 1))
    else:
        after = _ended(failed, OccurrenceState.FAILED, now, BROKEN.format(failures=failed.failures))
    _settle(register, after)
    return after


def _stale(task: Task) -> str:
    """Why it is not done any more: it waited, or was begun, before Concord stopped for long."""
    occurrence, schedule = task.occurrence, task.schedule.id
    since = occurrence.not_before or occurrence.due_at
    latest = task.register.schedules.latest([schedule]).get(schedule, occurrence)
    overtaken = latest.id != occurrence.id and latest.due_at > since
    if overtaken and latest.state is not OccurrenceState.SKIPPED:
        return OVERTAKEN
    return (occurrence.reason or TOO_LATE) if task.now - since > GRACE[task.schedule.kind] else ""


def _after(ours: Claim, result: Result, now: datetime) -> Occurrence:
    occurrence = ours.occurrence
    match result:
        case Done(content):
            return _ended(replace(occurrence, content=content), OccurrenceState.DONE, now)
        case Wait(until, reason) if until - occurrence.due_at <= GRACE[ours.schedule.kind]:
            again = min(until, now + LONGEST_WAIT)
            return replace(occurrence, state=OccurrenceState.DUE, not_before=again, reason=reason)
    return _ended(occurrence, OccurrenceState.SKIPPED, now, result.reason)


def _ended(occurrence: Occurrence, state: OccurrenceState, now: datetime, reason: str = "") -> Occurrence:
    return replace(occurrence, state=state, claimed_at=now, reason=reason, not_before=None)


def _settle(register: Register, after: Occurrence) -> None:
    if not register.schedules.settle(replace(after, leased_until=None)):
        raise LostLease(LOST)
