"""The process that serves: gunicorn's threads in front, and the crew beside them, which ends while they finish.

Its crew is made after the fork, for neither connections nor the text encoder's session would live through one.
"""

import os
import signal
import sys
from contextlib import ExitStack
from errno import EMFILE, ENFILE
from queue import SimpleQueue
from socket import socket
from threading import Thread
from time import sleep
from types import FrameType
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import TConn, ThreadWorker

from bot.serving.arriving import AGAIN_S, Arriving, is_here
from bot.serving.callers import Callers
from bot.serving.gate import DRAIN_S, Gate
from bot.stopping import leave

if TYPE_CHECKING:
    from bot.serving.server import Server

PAUSE_S = 0.1
"""Until a connection is looked for again where the process has too many files open."""

log = structlog.get_logger()


class Worker(ThreadWorker):
    """The one worker of a replica."""

    app: "Server"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._gate, self._callers, self._crew = Gate(), Callers(), ExitStack()
        self._arriving = Arriving()
        self._signals = SimpleQueue[None]()  # what a signal says to must not wait for anything that it has interrupted

    def init_process(self) -> None:
        """Begin; only in this process does it take less long to finish than the master grants."""
        self.cfg.set("graceful_timeout", DRAIN_S)
        super().init_process()

    def init_signals(self) -> None:
        """A terminal tells both processes; the master passes it on."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def load_wsgi(self) -> None:
        """Have the crew at work; what keeps it from that keeps the master from trying again."""
        Thread(target=self._listen, name="signals", daemon=True).start()
        from bot.serving.serving import FAULTS, serving  # the master goes without what this loads

        try:
            door: Any = self._crew.enter_context(serving(self.app.settings, self._gate, self._callers.heard))
        except FAULTS as error:
            if self._gate.told.is_set():
                leave()
            log.error("cannot start", why=str(error))
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
        self.wsgi = door

    def run(self) -> None:
        """Serve until told to stop, then go: whatever thread still works, another process takes over."""
        ending = Thread(target=self._end, name="ending", daemon=True)
        ending.start()
        try:
            super().run()
        except Exception:
            log.exception("the server failed")
        self._signals.put(None)  # where the master has gone, nobody has told it
        self._gate.drained()
        ending.join()
        leave()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: finish."""
        super().handle_exit(sig, frame)
        self._signals.put(None)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - gunicorn's names
        """SIGQUIT: go at once."""
        os._exit(128 + sig)

    def accept(self, listener: socket) -> None:
        """Take a connection; while there is no room for one, those that are there go on."""
        try:
            super().accept(listener)
        except OSError as error:
            if error.errno not in (EMFILE, ENFILE):
                raise
            log.warning("no room for another connection")
            sleep(PAUSE_S)

    def enqueue_req(self, conn: TConn) -> None:
        """Have a thread answer what comes by a connection, once it is there."""
        if is_here(conn.sock):
            super().enqueue_req(conn)
        else:
            self._arriving.wait(conn)

    def handle(self, conn: TConn) -> bool:
        """Answer what comes by a connection, if it comes in time."""
        with self._callers.listening(conn.sock):
            return super().handle(conn)

    def wait_for_and_dispatch_events(self, timeout: float | None) -> None:
        """Every second or more often: what has come, and who has taken too long."""
        super().wait_for_and_dispatch_events(AGAIN_S if self._arriving else timeout)
        self._look_again()
        self._callers.hang_up()
        self._gate.pulse.beat()

    def _look_again(self) -> None:
        here, late = self._arriving.look()
        for conn in here:
            super().enqueue_req(conn)
        for conn in late:
            self.nr_conns -= 1
            conn.close()

    def _listen(self) -> None:
        self._signals.get()
        self._gate.told.set()

    def _end(self) -> None:
        self._gate.told.wait()
        self._crew.close()
