"""The clocks of the replicas: the workspace's time, and for each replica how wrong its own is at the moment."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.bot.sandbox.world import Control

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Clocks:
    """What time it is in Slack, and how far each replica is off."""

    control: Control
    url: str = ""
    skews: dict[str, timedelta] = field(default_factory=dict)
    offset: timedelta = timedelta()
    latest: datetime = LONG_AGO
    """The latest moment that any replica can have taken for now."""
    leaps: list[float] = field(default_factory=list)
    """When Slack's clock was moved, by the machine's own clock."""
    wrong: list[tuple[float, bool]] = field(default_factory=list)
    """Since when some replica's clock was wrong, or all were right again."""

    def start(self) -> None:
        """Learn what time it is in Slack."""
        self.offset = timedelta(seconds=self.control.read("clock")["offset_s"])
        self._note()

    def now(self) -> datetime:
        """The right time."""
        return datetime.now(UTC) + self.offset

    def advance(self, by: timedelta) -> None:
        """Move Slack's clock, and with it that of every replica."""
        self.leaps.append(time.monotonic())
        self.offset = timedelta(seconds=self.control.post("clock", {"advance_s": by.total_seconds()})["offset_s"])
        self._note()

    def skew(self, replica: str, by: timedelta) -> None:
        """Put the clock of one replica wrong, or right again."""
        self.skews[replica] = by
        self.wrong.append((time.monotonic(), any(self.skews.values())))
        self._note()

    def leapt(self, since: float, until: float) -> bool:
        """Whether Slack's clock was moved then, by the machine's own clock, which not all replicas knew at once."""
        return any(since < at < until for at in self.leaps)

    def disagreed(self, since: float, until: float) -> bool:
        """Whether the clock of some replica was wrong then, by the machine's own clock."""
        before = [wrong for at, wrong in self.wrong if at <= since]
        return any(wrong for at, wrong in self.wrong if since < at < until) or (bool(before) and before[-1])

    def seen_by(self, replica: str) -> dict[str, float]:
        """What a replica is told."""
        return {"offset_s": (self.offset + self.skews.get(replica, timedelta())).total_seconds()}

    def _note(self) -> None:
        self.latest = max(self.latest, self.now() + max(self.skews.values(), default=timedelta()))


class Server(ThreadingHTTPServer):
    """It says nothing of replicas that are killed while they ask."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave it."""


@contextmanager
def ticking(control: Control) -> Iterator[Clocks]:
    """Serve the clocks, each replica's at an address of its own."""
    clocks = Clocks(control)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(clocks.seen_by(self.path.strip("/"))).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Answer)
    clocks.url = f"http://127.0.0.1:{server.server_address[1]}"
    clocks.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield clocks
    finally:
        server.shutdown()
        server.server_close()
