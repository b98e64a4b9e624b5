"""What goes on in the solver's own process: one job after the other, until whoever asks has gone."""

import os
import signal
import threading
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from queue import SimpleQueue
from traceback import extract_tb

from bot.proposing.solving import Progress, Solve, warm_up
from planning.errors import PlanningError
from planning.findings.values import Finding
from planning.portfolio.values import Portfolio
from planning.proposals.values import About, Proposed, Wishes


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be computed."""

    portfolio: Portfolio
    about: About
    finding: Finding | None
    wishes: Wishes


class Said(StrEnum):
    """What the process says: that it is ready; then of each job better ones as they come, and one last word."""

    READY = "ready"
    BETTER = "better"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


def serve(line: Connection, solve: Solve) -> None:
    """Compute what comes over the line; None there means that it is enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the bot is told, and ends this process when it has ended itself
    jobs, enough = SimpleQueue[Job](), threading.Event()
    threading.Thread(target=_listen, args=(line, jobs, enough), daemon=True).start()
    warm_up()
    line.send(Said.READY)
    while True:
        _work(line, solve, jobs.get(), enough)


def _listen(line: Connection, jobs: "SimpleQueue[Job]", enough: threading.Event) -> None:
    """When the line ends, whoever asked has gone, and nobody wants an answer."""
    try:
        while True:
            job = line.recv()
            if job is None:
                enough.set()
            else:
                enough.clear()
                jobs.put(job)
    except (EOFError, OSError):
        os._exit(0)


def _work(line: Connection, solve: Solve, job: Job, enough: threading.Event) -> None:
    speaking = threading.Lock()

    def better(best: Proposed) -> None:
        with speaking:
            line.send((Said.BETTER, best))

    last = _last_word(solve, job, better, enough)
    with speaking:
        line.send(last)


def _last_word(solve: Solve, job: Job, better: Progress, enough: threading.Event) -> tuple[Said, Proposed | str]:
    try:
        best = solve(job.portfolio, job.about, job.finding, job.wishes, progress=better, stop=enough.is_set)
    except PlanningError as refusal:
        return Said.REFUSED, str(refusal)
    except Exception as fault:  # noqa: BLE001 - told to the bot, which logs it
        return Said.FAILED, f"{type(fault).__name__} at {_place(fault)}"
    return Said.DONE, best


def _place(fault: Exception) -> str:
    """Where it happened; the message of a fault may quote what people wrote."""
    return " ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(extract_tb(fault.__traceback__)[-6:]))
