"""The solver in a process of its own: it can be ended at any time, and what ends it does not end the bot.

OR-Tools is native code. It has aborted its process on rare models, and an abort cannot be caught where it happens.
"""

import threading
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic

import structlog

from bot.proposing.serving import Job, Said, serve
from bot.proposing.solving import Progress, Solve, Stop, solved
from planning.errors import PlanningError
from planning.findings.values import Finding
from planning.portfolio.values import Portfolio
from planning.proposals.values import About, Proposed, Wishes

LOOK_S = 0.2
GRACE_S = 10.0
"""How long the solver may take to come to an end when it is told to."""
HURRY_S = 2.0
"""The same when the bot is stopping."""
TOO_LARGE = "Concord found nothing in the time that it has. Ask for less at once, such as one stage or one pool."

log = structlog.get_logger()


class SolverDied(Exception):
    """The solver's process ended without an answer."""


class SolverFailed(Exception):
    """The solver stumbled; the text says over what kind of fault, and where."""


@dataclass(frozen=True, slots=True)
class _Running:
    process: BaseProcess
    line: Connection


class SolverProcess:
    """Computes proposals, one after the other. A process that died is replaced, and its job is tried once more."""

    def __init__(self, solve: Solve = solved, grace: float = GRACE_S) -> None:
        self._solve, self._grace = solve, grace
        self._running: _Running | None = None
        self._changing = threading.Lock()

    def start(self) -> None:
        """Have the process ready before the first one asks."""
        with self._changing:
            self._running = self._running or self._started()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        with self._changing:
            running, self._running = self._running, None
        if running is not None:
            running.process.kill()
            running.process.join()
            running.line.close()

    def hurry(self) -> None:
        """From now on there is little time to come to an end: the bot is stopping."""
        self._grace = min(self._grace, HURRY_S)

    def __call__(
        self,
        portfolio: Portfolio,
        about: About,
        finding: Finding | None,
        wishes: Wishes,
        /,
        *,
        progress: Progress,
        stop: Stop,
    ) -> Proposed:
        """What the solver says; after a stop, or when it does not come to an end, the best that it has told."""
        job = Job(portfolio, about, finding, wishes)
        try:
            return self._computed(job, progress, stop)
        except SolverDied:
            log.warning("solver died; its job is tried once more", about=str(about))
            return self._computed(job, progress, stop)

    def _started(self) -> _Running:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._solve), name="solver", daemon=True)
        process.start()
        theirs.close()
        ours.recv()  # it says that it is ready
        return _Running(process, ours)

    def _computed(self, job: Job, progress: Progress, stop: Stop) -> Proposed:
        try:
            self.start()
            running = self._running
            if running is None:
                raise SolverDied
            running.line.send(job)
            return self._answer(running.line, progress, stop)
        except (EOFError, OSError) as ended:
            self.stop()
            raise SolverDied from ended

    def _answer(self, line: Connection, progress: Progress, stop: Stop) -> Proposed:
        best: Proposed | None = None
        ends_at = float("inf")
        while monotonic() < ends_at:
            if ends_at == float("inf") and stop():
                line.send(None)
                ends_at = monotonic() + self._grace
            if not line.poll(LOOK_S):
                continue
            said, what = line.recv()
            if said is not Said.BETTER:
                return _last_word(said, what)
            best = what
            progress(best)
        self.stop()
        if best is None:
            raise PlanningError(TOO_LARGE)
        return best.model_copy(update={"proven": False})


def _last_word(said: Said, what: Proposed | str) -> Proposed:
    if isinstance(what, Proposed):
        return what
    raise PlanningError(what) if said is Said.REFUSED else SolverFailed(what)
