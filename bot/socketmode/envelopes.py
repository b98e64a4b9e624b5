"""What arrives over Socket Mode is answered here, whichever connection it came by."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

Send = Callable[[str], None]

THREADS = 64
"""Each waits for one listener to acknowledge, which takes three seconds at most."""
HEAVY_BYTES = 60_000
"""Replies are fitted to less; Slack's own client could not send 64 KiB."""

log = structlog.get_logger()


class Unsent(Exception):
    """No connection was there to send an answer by."""


class Envelopes:
    """Has the app answer each, and knows how many wait for their answer."""

    def __init__(self, app: App, threads: int = THREADS) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, "envelope")
        self._under_way, self._changed = 0, Condition()

    def take(self, message: Mapping[str, Any], send: Send) -> None:
        """Have a message of Slack answered; what is no envelope needs no answer."""
        request = SocketModeRequest.from_dict(dict(message))
        if request is None:
            return
        self._count(1)
        self._pool.submit(self._answer, request, send)

    def drained(self, seconds: float) -> bool:
        """Wait until everything that arrived is answered; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, seconds)

    def close(self) -> None:
        """Take nothing any more, and let go of the threads."""
        self._pool.shutdown(wait=False)

    def _answer(self, request: SocketModeRequest, send: Send) -> None:
        """An answer that cannot be sent is Slack's to ask for again: what is done twice changes nothing."""
        try:
            response = run_bolt_app(self._app, request)
            if response.status == 200:
                send(_reply(request.envelope_id, response))
            else:
                log.warning("not answered", envelope=request.envelope_id, status=response.status)
        except Unsent:
            log.warning("answer not sent: no connection is open", envelope=request.envelope_id)
        except Exception:  # one envelope must not take the thread away from the others
            log.exception("envelope failed", envelope=request.envelope_id)
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._under_way += change
            self._changed.notify_all()


def _reply(envelope: str, response: BoltResponse) -> str:
    """The acknowledgement, with what the listener wants to say by it."""
    reply: dict[str, Any] = {"envelope_id": envelope}
    if response.body:
        is_json = response.headers.get("content-type", [""])[0].startswith("application/json")
        reply["payload"] = json.loads(response.body) if is_json else {"text": response.body}
    text = json.dumps(reply)
    if len(text) > HEAVY_BYTES:
        log.warning("heavy reply", envelope=envelope, bytes=len(text))
    return text
