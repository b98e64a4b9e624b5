"""The beat: every few seconds, whatever is due in any workspace is done; when is APScheduler's arithmetic.

What is done is a table: each step has a transaction of its own in each workspace in which something is due, and what
one stumbles over keeps neither the others nor another workspace from theirs.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.closing import postpone, watch
from planning.agreement.pulsing import begin_quarterly
from planning.alerts.telling import tell_due
from planning.decisions.escalating import escalate
from planning.digests.scheduling import claim_due
from planning.digests.values import Schedule
from planning.findings.passing import night, nightly_pass
from planning.findings.waking import wake
from planning.needs.mornings import leave_out, mornings
from planning.plans.following import rest, watch_plans
from planning.register import Register
from planning.season.opening import open_due_season
from planning.similarity import Encoder

log = structlog.get_logger()
_INSTANT = timedelta(microseconds=1)


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first due time after a moment; an hour that the clocks skip or repeat is due once."""
    trigger = CronTrigger(
        day_of_week=schedule.weekday, hour=schedule.hour, minute=schedule.minute, timezone=ZoneInfo(schedule.zone)
    )
    due: datetime = trigger.get_next_fire_time(None, after + _INSTANT)
    first = due.replace(fold=0).astimezone(UTC)
    if first <= after.astimezone(UTC):  # the same wall time came an hour ago, before the clocks went back
        due = trigger.get_next_fire_time(None, after + timedelta(days=1))
    return due.replace(fold=0).astimezone(UTC)


Step = Callable[[Register, Encoder, datetime], object]


def waking(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Open again what was put off until now."""
    return wake(register, now)


def alerts(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Tell what waited for somebody's hours."""
    return tell_due(register, now)


def polls(register: Register, encoder: Encoder, now: datetime) -> bool:
    """Ask, remind or close, one poll at a time."""
    return watch(register, encoder, now)


def passing(register: Register, _encoder: Encoder, now: datetime) -> bool:
    """The nightly pass, and whether it was made just now."""
    changes = nightly_pass(register, now)
    if changes is not None:
        counts = {name: len(getattr(changes, name)) for name in ("opened", "updated", "reopened", "closed")}
        log.info("nightly pass made", workspace=register.workspaces.current().id, **counts)
    return changes is not None


def pulse(register: Register, _encoder: Encoder, now: datetime) -> object:
    """Ask anew when a quarter has begun."""
    return begin_quarterly(register, now)


def plans(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Remind of plans, and ask what came of them."""
    return watch_plans(register, now)


def escalation(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Ask the executives for what the leads have not answered."""
    return escalate(register, now)


def lists(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Send what needs them to those whose day of work has begun and who want it."""
    return mornings(register, now)


def season(register: Register, _encoder: Encoder, now: datetime) -> object:
    """Open the planning season of the coming quarter when it is time."""
    return open_due_season(register, now)


STEPS: tuple[Step, ...] = (waking, alerts, polls, plans, lists)
"""What each beat does in a workspace in which something is due."""
NIGHTLY: tuple[Step, ...] = (
    escalation,
    pulse,
    season,
)
"""What follows the nightly pass, once: what a step stumbles over it tries again the next night."""
AGAIN: frozenset[Step] = frozenset({polls})
"""Steps that do one thing at a time, until nothing is left."""


def _let_go(register: Register, now: datetime) -> None:
    register.workspaces.save_pass(night(register.workspaces.current().zone, now))


RESTS: Mapping[Step, Callable[[Register, datetime], None]] = {
    polls: postpone,
    plans: rest,
    lists: leave_out,
    passing: _let_go,
}
"""What a step stumbles over it would stumble over at every beat, while all writers wait: this puts it off."""


def beat(database: Database, encoder: Encoder, now: datetime) -> int:
    """Claim the digests that are due, then take the steps; the number of digests made."""
    due = database.due_workspaces(now)
    made = sum(_digests(database, workspace, now) for workspace in due)
    for workspace in due:
        registers = database.registers(workspace)
        for step in STEPS:
            take(registers, step, encoder, now)
        if take(registers, passing, encoder, now):
            for step in NIGHTLY:
                take(registers, step, encoder, now)
    return made


def take(registers: SqlRegisters, step: Step, encoder: Encoder, now: datetime) -> bool:
    """Take a step in a workspace; whether it did something."""
    try:
        done = bool(_taken(registers, step, encoder, now))
        while step in AGAIN and _taken(registers, step, encoder, now):
            pass
    except SQLAlchemyError:
        log.exception("step failed; it is tried again", step=step.__name__, workspace=registers.workspace)
        return False
    return done


def _taken(registers: SqlRegisters, step: Step, encoder: Encoder, now: datetime) -> object:
    try:
        with registers.writing() as register:
            return step(register, encoder, now)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("step failed; it is put off", step=step.__name__, workspace=registers.workspace)
    if step not in RESTS:
        return False
    with registers.writing() as register:
        RESTS[step](register, now)
    return step in AGAIN


def _digests(database: Database, workspace: str, now: datetime) -> int:
    """One workspace's fault must not keep the others from theirs."""
    try:
        with database.registers(workspace).writing() as register:
            claimed = claim_due(register, now, next_due)
    except Exception:
        log.exception("beat failed", workspace=workspace)
        return 0
    for occurrence in claimed:
        log.info("digest claimed", workspace=workspace, occurrence=occurrence.id, due_at=occurrence.due_at.isoformat())
    return len(claimed)


class Beat:
    """Calls `beat` at an interval, in a thread of its own, never twice at once."""

    def __init__(self, database: Database, encoder: Encoder, now: Clock, seconds: float) -> None:
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            lambda: beat(database, encoder, now()),
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        """Begin, with a first beat at once: what was missed while nothing ran is due now."""
        self._scheduler.start()

    def stop(self) -> None:
        """End after the beat that is under way."""
        self._scheduler.shutdown(wait=True)
