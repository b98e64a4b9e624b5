"""The beat: every few seconds, whatever is due in any workspace is claimed; when is APScheduler's arithmetic."""

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
from planning.digests.scheduling import claim_due
from planning.digests.values import Schedule
from planning.errors import PlanningError
from planning.findings.passing import night, nightly_pass
from planning.findings.refreshing import Changes
from planning.findings.waking import wake
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


def beat(database: Database, encoder: Encoder, now: datetime) -> int:
    """Claim what is due, wake what is snoozed, watch polls and make the nightly passes; the number of digests made.

    Each workspace has a transaction of its own, its polls, its pass and its pulse three others: a digest does not wait
    for them, and none is lost with another.
    """
    due = database.due_workspaces(now)
    made = sum(_digests(database, workspace, now) for workspace in due)
    for workspace in due:
        _polls(database.registers(workspace), encoder, now)
        if _pass(database, workspace, now):
            _pulse(database.registers(workspace), now)
    return made


def _digests(database: Database, workspace: str, now: datetime) -> int:
    """One workspace's fault must not keep the others from theirs."""
    try:
        with database.registers(workspace).writing() as register:
            wake(register, now)
            claimed = claim_due(register, now, next_due)
    except (PlanningError, SQLAlchemyError):
        log.exception("beat failed", workspace=workspace)
        return 0
    for occurrence in claimed:
        log.info("digest claimed", workspace=workspace, occurrence=occurrence.id, due_at=occurrence.due_at.isoformat())
    return len(claimed)


def _polls(registers: SqlRegisters, encoder: Encoder, now: datetime) -> None:
    try:
        while _watched(registers, encoder, now):
            pass
    except SQLAlchemyError:
        log.exception("polls not watched; the next beat tries again", workspace=registers.workspace)


def _watched(registers: SqlRegisters, encoder: Encoder, now: datetime) -> bool:
    """What stumbles once would stumble at every beat, while all writers wait: it rests for a while."""
    try:
        with registers.writing() as register:
            return watch(register, encoder, now)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("poll not watched; it rests for a while", workspace=registers.workspace)
    with registers.writing() as register:
        postpone(register, now)
    return True


def _pass(database: Database, workspace: str, now: datetime) -> bool:
    """Whether it was made just now."""
    try:
        changes = _passed(database.registers(workspace), now)
    except SQLAlchemyError:
        log.exception("nightly pass failed; the next beat tries again", workspace=workspace)
        return False
    if changes is not None:
        counts = {name: len(getattr(changes, name)) for name in ("opened", "updated", "reopened", "closed")}
        log.info("nightly pass made", workspace=workspace, **counts)
    return changes is not None


def _pulse(registers: SqlRegisters, now: datetime) -> None:
    """Whatever keeps it from beginning keeps it until the next night, and nothing else with it."""
    try:
        with registers.writing() as register:
            begin_quarterly(register, now)
    except Exception:
        log.exception("pulse not begun; tomorrow's night tries again", workspace=registers.workspace)


def _passed(registers: SqlRegisters, now: datetime) -> Changes | None:
    """What a rule stumbles over it would stumble over at every beat, while all writers wait: that night is let go."""
    try:
        with registers.writing() as register:
            return nightly_pass(register, now)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("nightly pass failed; the next one is tomorrow's", workspace=registers.workspace)
    with registers.writing() as register:
        register.workspaces.save_pass(night(register.workspaces.current().zone, now))
    return None


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
