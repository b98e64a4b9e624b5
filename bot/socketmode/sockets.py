"""The Socket Mode connections of a process: more than one, so that a refresh of one loses nothing.

Slack sends each envelope to any one of the open connections, and asks every few hours to have one replaced: the new one
is open before the old one is let go. The wire is that of `websockets`: the client of Slack's SDK cannot send frames of
64 KiB, recurses out on long ones, and may hold a dead connection for a living one.
"""

import json
from collections.abc import Callable
from random import SystemRandom
from threading import Event, Lock, Thread
from time import monotonic

import structlog
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed

from bot.seeing.pulses import Pulse
from bot.socketmode.envelopes import Envelopes, Unsent
from bot.socketmode.lines import Line, NotOpened, Patience, open_line

WANTED = 2
LINK_DISABLED = "link_disabled"
SWITCHED_OFF = "Socket Mode was switched off. On the app's page, “Socket Mode”, switch it on again."
_chance = SystemRandom()

log = structlog.get_logger()


class Sockets:
    """Keeps so many connections open from `start` to `stop`; `on_change` hears how many serve."""

    def __init__(
        self,
        client: WebClient,
        app_token: str,
        envelopes: Envelopes,
        on_change: Callable[[int], None] = lambda _serving: None,
        patience: Patience | None = None,
        wanted: int = WANTED,
    ) -> None:
        self.pulse = Pulse()
        self._client, self._token, self._envelopes = client, app_token, envelopes
        self._on_change, self._patience, self._wanted = on_change, patience or Patience(), wanted
        self._lines: list[Line] = []
        self._lock, self._stopping, self._changed = Lock(), Event(), Event()
        self._failures, self._told = 0, ""
        self._thread = Thread(target=self._keep, name="sockets", daemon=True)

    @property
    def connected(self) -> int:
        """How many connections serve."""
        with self._lock:
            return sum(line.serves for line in self._lines)

    def start(self) -> None:
        """Begin to open them, one after the other."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what has arrived, then close; a connection that is just being opened is closed when it is."""
        self._stopping.set()
        self._changed.set()
        if not self._envelopes.drained(self._patience.answering):
            log.warning("closing before everything is answered")
        self._close()
        self._thread.join(self._patience.closing)
        self._close()
        self._envelopes.drained(self._patience.closing)  # what arrived while the connections closed
        self._envelopes.close()

    def _close(self) -> None:
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            line.socket.close()
        for line in lines:
            line.ended.wait(self._patience.closing)

    def send(self, line: Line, text: str) -> None:
        """Send by the connection where the envelope came from; by another one when it is gone."""
        with self._lock:
            others = [other for other in self._lines if other is not line]
        for one in (line, *others):
            try:
                one.socket.send(text)
            except ConnectionClosed:
                continue
            return
        raise Unsent

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self.pulse.beat()
            self._changed.clear()
            if self.connected >= self._wanted:
                self._changed.wait(self._patience.ping)
                continue
            self._stopping.wait(self._pause())
            if not self._stopping.is_set():
                self._try()

    def _try(self) -> None:
        try:
            self._open()
        except NotOpened as problem:
            self._failures += 1
            self._tell(str(problem))
            self._stopping.wait(problem.after or 0.0)
        except Exception:  # nobody else would open connections
            self._failures += 1
            log.exception("no connection to Slack could be opened")
        else:
            self._tell_again()

    def _pause(self) -> float:
        """Longer with each failure, and not all processes at once."""
        if not self._failures:
            return 0.0
        longest = min(self._patience.longest_pause, self._patience.pause * 2.0**self._failures)
        return longest * _chance.uniform(0.5, 1.0)

    def _open(self) -> None:
        line = open_line(self._client, self._token, self._patience)
        with self._lock:
            self._lines.append(line)
        Thread(target=self._read, args=(line,), name="socket", daemon=True).start()
        line.greeted.wait(self._patience.opening)
        if self._stopping.is_set():
            line.socket.close()
        elif not line.serves:
            line.socket.close()
            raise NotOpened("Slack opened a connection and did not greet.")

    def _read(self, line: Line) -> None:
        """Read until the connection ends, whoever ends it."""
        try:
            with line.socket:
                for text in line.socket:
                    self._hear(line, text if isinstance(text, str) else text.decode())
        except (ConnectionClosed, ValueError) as error:
            log.info("a connection broke", error=type(error).__name__)
        finally:
            self._forget(line)

    def _forget(self, line: Line) -> None:
        with self._lock:
            self._lines.remove(line)
        if not line.is_retiring:
            lasted = monotonic() - line.since > self._patience.steady
            self._failures = 0 if lasted else self._failures + 1
        line.ended.set()
        line.greeted.set()
        self._note()

    def _hear(self, line: Line, text: str) -> None:
        message = json.loads(text)
        match message.get("type"):
            case "hello":
                line.greeted.set()
                self._note()
            case "disconnect":
                self._retire(line, str(message.get("reason", "")))
            case _:
                self._envelopes.take(message, lambda reply: self.send(line, reply))

    def _retire(self, line: Line, reason: str) -> None:
        """It is read until Slack ends it, while another one takes its place."""
        if line.is_retiring:
            return
        if reason == LINK_DISABLED:
            self._tell(SWITCHED_OFF)
        line.is_retiring = True
        self._note()
        Thread(target=self._let_go, args=(line,), name="retiring", daemon=True).start()

    def _let_go(self, line: Line) -> None:
        line.ended.wait(self._patience.retiring)
        line.socket.close()

    def _note(self) -> None:
        self._changed.set()
        self._on_change(self.connected)

    def _tell(self, why: str) -> None:
        """Once for each reason, not for each try."""
        if why != self._told:
            log.warning("a connection to Slack is missing; it is tried again", why=why, connected=self.connected)
        self._told = why

    def _tell_again(self) -> None:
        self._failures = 0
        if self._told and self.connected >= self._wanted:
            log.info("connected to Slack again", connected=self.connected)
            self._told = ""
