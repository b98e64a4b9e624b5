"""One proposal while it is computed: what is found is written, and what people say meanwhile is read."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from planning.proposals.asking import Progress, Proposal
from planning.proposals.requesting import draw_again
from planning.proposals.values import Proposed
from planning.register import Registers
from planning.season.packing import send_packs

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a proposal is ours, for how long something better is looked for, and how often we write and read.

    The lease is renewed while we compute, so that only a process that died loses it; of 10,000 initiatives the solver
    may be silent for a minute on a busy machine.
    """

    lease: timedelta = timedelta(minutes=3)
    limit_s: float = 20.0
    look_s: float = 1.0


class Watch:
    """Belongs to whoever claimed the proposal; what is written after another one took it on does not count."""

    def __init__(
        self, registers: Registers, proposal: Proposal, now: Clock, stopping: threading.Event, pace: Pace
    ) -> None:
        self._registers, self._proposal, self._now = registers, proposal, now
        self._stopping, self._pace, self._enough = stopping, pace, proposal.stop
        self._looked_at = time.monotonic()
        self._ends_at = self._looked_at + pace.limit_s
        self._best, self._told = proposal.best, proposal.best
        self._looking = threading.Lock()

    def better(self, best: Proposed) -> None:
        """Keep a better one; it is written with the next look."""
        self._best = best
        self._look()

    def enough(self) -> bool:
        """Whether to end: somebody wants it, the time is over, or the proposal is no longer ours."""
        self._look()
        return self._enough or self._stopping.is_set() or time.monotonic() > self._ends_at

    def ended(self, best: Proposed) -> None:
        """Write what came of it; what the end of this process cut off waits for the next one."""
        if self._stopping.is_set() and not best.proven:
            self._write(_waiting)
            return
        self._write(lambda one: replace(self._closed(one, Progress.DONE), best=best))

    def failed(self, why: str) -> None:
        """Write why nothing came of it; while we stop that may be for want of time, and the next one has more."""
        if self._stopping.is_set():
            self._write(_waiting)
            return
        self._write(lambda one: replace(self._closed(one, Progress.FAILED), failure=why))

    def _closed(self, proposal: Proposal, progress: Progress) -> Proposal:
        return replace(proposal, progress=progress, leased_until=None, done_at=self._now())

    def _look(self) -> None:
        """Once in a while, by whichever thread of the solver comes first; a fault there must not reach the solver."""
        if time.monotonic() - self._looked_at < self._pace.look_s or not self._looking.acquire(blocking=False):
            return
        try:
            self._looked_at = time.monotonic()
            self._write(lambda one: replace(one, best=self._best, leased_until=self._now() + self._pace.lease))
        except SQLAlchemyError:
            log.exception("progress not written", proposal=self._proposal.id)
        finally:
            self._looking.release()

    def _write(self, change: Callable[[Proposal], Proposal]) -> None:
        with self._registers.writing() as register:
            proposal = register.proposals.by_id(self._proposal.id, lock=True)
            if proposal.attempts != self._proposal.attempts or proposal.progress is not Progress.RUNNING:
                self._enough = True
                return
            self._enough = proposal.stop
            changed = change(proposal)
            register.proposals.save(changed)
            if changed.best != self._told or changed.progress is not Progress.RUNNING:
                draw_again(register, changed)
            send_packs(register, changed, self._now())
            self._told = changed.best


def _waiting(proposal: Proposal) -> Proposal:
    return replace(proposal, progress=Progress.WAITING, leased_until=None)
