"""The bot's processes: killed, stalled and told to end, and started again as whoever runs them would.

They are forked off a process that has imported the bot and done nothing yet: a start costs a tenth of the time, so
that a run has ten times as many.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot import clock
from bot.cli import app

NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["bot.cli", "bot.running", "tests.chaos.running"])
READY = b'"event": "running"'
"""What the log says when the bot serves."""
HEARD_S = 0.02
"""A replica hears at once that time has leapt, as all clocks of a world that is no test do."""
DRAINED_S = 10.0
"""So long a bot may take to end by itself."""


def serve(environment: Mapping[str, str], log: str) -> None:
    """What `concord run` does, in this process; it ends with whoever started it, however that one ended."""
    threading.Thread(target=_end_with_parent, name="leash", daemon=True).start()
    os.environ.update(environment)
    clock.FRESH_S = HEARD_S
    kept = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(kept, stream)
    app(["run"])


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass
class Replica:
    """One process of the bot, the latest of its kind."""

    name: str
    environment: Mapping[str, str]
    log: Path
    process: BaseProcess | None = None
    stalled: bool = False
    _from: int = 0
    _one_by_one: threading.RLock = field(default_factory=threading.RLock)

    def start(self) -> None:
        """Start it; it is there a little later."""
        self._from = self.log.stat().st_size if self.log.exists() else 0
        process = NURSERY.Process(target=serve, args=(dict(self.environment), str(self.log)), name=self.name)
        process.start()
        self.process, self.stalled = process, False

    @property
    def ended(self) -> int | None:
        """The exit status of a process that is over."""
        with self._one_by_one:
            return None if self.process is None else self.process.exitcode

    @property
    def serving(self) -> bool:
        """Whether it has started up and is not stalled."""
        return self.process is not None and self.ended is None and not self.stalled and READY in self.said()

    def said(self) -> bytes:
        """The log of the latest process."""
        if not self.log.exists():
            return b""
        with self.log.open("rb") as log:
            log.seek(self._from)
            return log.read()

    def send(self, what: signal.Signals) -> None:
        """Send a signal, if there is still somebody to get it."""
        with self._one_by_one:
            if self.process is not None and self.process.pid and self.ended is None:
                with suppress(ProcessLookupError):  # it may end in this moment
                    os.kill(self.process.pid, what)

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self.send(signal.SIGKILL)
        self.stalled = False

    def end(self) -> float:
        """SIGTERM, as in a deployment; how long it took."""
        began, process = time.monotonic(), self.process
        self.send(signal.SIGTERM)
        while process is self.process and self.ended is None and time.monotonic() - began < 3 * DRAINED_S:
            time.sleep(0.02)
        return time.monotonic() - began


@dataclass
class Replicas:
    """All of them, with somebody who starts again whatever has ended."""

    all: Sequence[Replica]
    ends: Counter[int] = field(default_factory=Counter)
    """Exit status → how often a process ended with it, be it by our hand or by itself."""
    slowest_end: float = 0.0
    _stopping: threading.Event = field(default_factory=threading.Event)
    _timers: list[threading.Timer] = field(default_factory=list)
    _keeper: threading.Thread | None = None

    def start(self) -> None:
        """Start all, and from now on whatever ends."""
        for replica in self.all:
            replica.start()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """Kill all, for good."""
        self._stopping.set()
        if self._keeper is not None:
            self._keeper.join()
        for timer in self._timers:
            timer.cancel()
        for replica in self.all:
            replica.kill()
            if replica.process is not None:
                replica.process.join()

    def serving(self) -> list[Replica]:
        """Those that work now."""
        return [replica for replica in self.all if replica.serving]

    def stall(self, replica: Replica, seconds: float) -> None:
        """SIGSTOP, and SIGCONT later."""
        replica.stalled = True
        replica.send(signal.SIGSTOP)
        self._later(seconds, partial(self._wake, replica, replica.process))

    def deploy(self, replica: Replica) -> None:
        """End it in order, while others go on; the keeper starts it again."""
        self._later(0, partial(self._end, replica))

    def _end(self, replica: Replica) -> None:
        self.slowest_end = max(self.slowest_end, replica.end())

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def wake_all(self) -> None:
        """Let all stalled ones go on."""
        for replica in self.all:
            self._wake(replica, replica.process)

    def _wake(self, replica: Replica, process: BaseProcess | None) -> None:
        if replica.process is process:
            replica.send(signal.SIGCONT)
            replica.stalled = False

    def _keep(self) -> None:
        while not self._stopping.wait(0.1):
            for replica in self.all:
                status = replica.ended
                if status is not None:
                    self.ends[status] += 1
                    replica.start()
