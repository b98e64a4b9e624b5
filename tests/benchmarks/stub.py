"""A Slack that says yes to everything, in a process of its own: `python -m tests.benchmarks.stub 8765`.

It keeps the modals that are updated; `GET /<id>` takes one away.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

YES = {
    "ok": True,
    "team_id": "T0LOAD",
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
    "user": {"id": "U0BOT", "team_id": "T0LOAD"},
    "view": {"id": "V1"},
    "ts": "1.1",
    "channel": "D1",
}


UPDATED: dict[str, Any] = {}
"""Modals by their id."""


class Stub(BaseHTTPRequestHandler):
    """Answers whatever it is sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Yes."""
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.endswith("views.update"):
            update = json.loads(sent)
            UPDATED[update["view_id"]] = update["view"]
        self._answer(YES)

    def do_GET(self) -> None:
        """The modal as it was updated, once; before that nothing."""
        self._answer(UPDATED.pop(self.path.removeprefix("/"), {}))

    def _answer(self, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Stub).serve_forever()
