"""The beat: every few seconds, whatever is due in any workspace is done.

What has become due is first written as occurrences, in one short transaction; each is then claimed, and done in a
transaction of its own. What one stumbles over keeps neither the others nor another workspace from theirs: the
workspaces take turns, one that somebody else is writing in is passed over, and what a beat has no time for the next
one does.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from random import shuffle
from threading import Event
from time import monotonic

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.clock import Clock
from bot.rounds import Rounds
from bot.scheduling.chores import Chore, do_chores
from bot.scheduling.due_times import next_due
from bot.scheduling.steps import PATIENCE, STEPS, take
from bot.seeing.meters import Meters
from db.database import Database
from db.registers import SqlRegisters
from planning.errors import Busy
from planning.schedules.claiming import AT_ONCE, call_back, take_due
from planning.schedules.doing import Claim, LostLease, claim, do, put_off
from planning.similarity import Encoder

log = structlog.get_logger()

BEAT_S = 10.0
"""After which no new turn, and then no new step, is begun, so that what has become due meanwhile is seen."""
TO_DO = timedelta(seconds=5)
"""What we have claimed we wait for longer: nobody else takes it on before our lease ends."""
BACK = timedelta(minutes=1)
"""A clock that has gone back by more than this stood in the future before."""


def beat(
    database: Database, encoder: Encoder, now: Clock, stopping: Event | None = None, meters: Meters | None = None
) -> int:
    """Do what is scheduled, then take the steps; how many occurrences were done.

    Replicas that beat at once begin with different workspaces, and who came last in one beat may be first in the next.
    """
    stops, ends = stopping or Event(), monotonic() + BEAT_S
    due = database.due_workspaces(now())
    shuffle(due)
    turns = [Turns(database.registers(workspace), encoder, now, meters or Meters()) for workspace in due]
    waiting = turns
    while waiting:
        waiting = [one for one in waiting if monotonic() < ends and not stops.is_set() and one.take()]
    ends = monotonic() + BEAT_S
    for workspace, step in product(due, STEPS):
        if monotonic() < ends and not stops.is_set():
            take(database.registers(workspace), step, encoder, now)
    return sum(one.done for one in turns)


@dataclass
class Turns:
    """What is scheduled in one workspace, one occurrence in each turn."""

    registers: SqlRegisters
    encoder: Encoder
    now: Clock
    meters: Meters
    noticing: bool = True
    """Whether there may be due times that are not written yet."""
    done: int = 0

    def take(self) -> bool:
        """Notice what is due and do one; whether there may be more. One's fault must not keep others from theirs."""
        try:
            if self.noticing:
                self.noticing = self._notice()
            ours = self._claim()
            self.done += ours is not None and self._do(ours)
        except Busy:
            return False
        except Exception:
            log.exception("schedules failed; they are tried again", workspace=self.registers.workspace)
            return False
        return self.noticing or ours is not None

    def _notice(self) -> bool:
        with self.registers.writing(PATIENCE) as register:
            return take_due(register, self.now(), next_due) == AT_ONCE

    def _claim(self) -> Claim | None:
        with self.registers.writing(PATIENCE) as register:
            ours = claim(register, self.now())
        if ours is not None:
            self.meters.claimed("occurrence", "taken")
            self.meters.claimed("occurrence", "expired", ours.occurrence.taken_over)
        return ours

    def _do(self, ours: Claim) -> bool:
        told = _told(self.registers, ours)
        try:
            with self.registers.writing(TO_DO) as register:
                result = do(register, ours, self.encoder, self.now())
        except LostLease:
            self.meters.claimed("occurrence", "lost")
            log.warning("somebody else has taken it on", **told)
            return False
        except (Busy, OperationalError, InterfaceError):  # not its fault: it is taken on again when the lease ends
            raise
        except Exception:
            log.exception("scheduled task failed; it is put off", **told)
            with suppress(LostLease), self.registers.writing(TO_DO) as register:
                put_off(register, ours, self.now())
            return False
        self.meters.lagged(str(ours.schedule.kind), (self.now() - ours.occurrence.due_at).total_seconds())
        log.info("scheduled task done", **told, result=type(result).__name__)
        return True


class Beat(Rounds):
    """Calls `beat` at an interval, in a thread of its own, and at once when it is woken."""

    def __init__(
        self,
        database: Database,
        encoder: Encoder,
        now: Clock,
        seconds: float,
        meters: Meters | None = None,
        chores: Sequence[Chore] = (),
    ) -> None:
        super().__init__("beat", seconds)
        self._chores = chores
        self._database, self._encoder, self._now = database, encoder, now
        self._meters, self._seconds = meters or Meters(), seconds
        self._last: datetime | None = None

    def _round(self) -> float:
        now, began = self._now(), monotonic()
        goes_on = self._last is not None and now >= self._last - BACK
        if goes_on or call_all_back(self._database, now):
            self._last = now
        beat(self._database, self._encoder, _going_on_from(now), self._stopping, self._meters)
        do_chores(self._chores, now)
        self._meters.beaten(monotonic() - began)
        return self._seconds


def _going_on_from(now: datetime) -> Clock:
    """Time as it passes during a beat, however the clock jumps meanwhile."""
    began = monotonic()
    return lambda: now + timedelta(seconds=monotonic() - began)


def call_all_back(database: Database, now: datetime) -> bool:
    """What a clock that stood in the future has put off is due at its time again; whether every workspace answered."""
    looked_through = True
    for workspace in database.workspaces():
        try:
            with database.registers(workspace.id).writing(TO_DO) as register:
                strays = call_back(register, now, next_due)
        except Exception:  # one workspace's fault must not keep all beats from being made
            log.exception("schedules could not be looked through", workspace=workspace.id)
            looked_through = False
        else:
            if strays:
                log.warning("a clock stood in the future; called back", workspace=workspace.id, schedules=strays)
    return looked_through


def _told(registers: SqlRegisters, ours: Claim) -> dict[str, object]:
    return {
        "workspace": registers.workspace,
        "schedule": str(ours.schedule.kind),
        "occurrence": ours.occurrence.id,
        "due_at": ours.occurrence.due_at.isoformat(),
    }
