"""The app's own address: payloads are POSTed to it, signed, as Slack does where an app does not use Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.errors import Json
from bot.sandbox.manifest import Manifest
from bot.sandbox.road import NoAnswer

AT_ONCE = 32
UNREACHED = ("dispatch_failed", "connection_failed")
LATE = ("operation_timeout", "http_timeout")
BROKEN = ("http_service_error", "http_error")
_SENDERS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hooks")


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Hooks:
    """Requests to the addresses in the app's manifest."""

    def __init__(
        self, manifest: Manifest, signing_secret: str, ack_seconds: float, on_change: Callable[[bool], None]
    ) -> None:
        self._manifest = manifest
        self._secret = signing_secret
        self._ack_seconds = ack_seconds
        self._on_change = on_change
        self.is_connected = True

    async def until_connected(self) -> None:
        """Nobody knows whether an address answers before it is asked."""

    async def deliver(self, kind: str, payload: Json, *, attempt: int | None = None, reason: str = "") -> Json:
        """POST a payload and give what was answered."""
        retry = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason} if attempt else {}
        content_type, body = _written(kind, payload)
        answered = await self.post(self._address(kind, payload), content_type, body, retry)
        if answered.status // 100 != 2:
            raise NoAnswer(*BROKEN, is_final=answered.headers.get("x-slack-no-retry") == "1")
        return _read(answered)

    async def verify(self, challenge: str) -> bool:
        """Whether the events' address is the app's: it sends the challenge back."""
        question = {"token": "local-workspace", "challenge": challenge, "type": "url_verification"}
        url = self._manifest.settings.event_subscriptions.request_url
        answered = await self.post(url, "application/json", json.dumps(question).encode(), {})
        said = _read(answered)
        return answered.status == 200 and challenge in (said.get("challenge"), said.get("text"))

    async def post(self, url: str, content_type: str, body: bytes, more: Mapping[str, str]) -> Answered:
        """Send bytes, signed, and wait for as long as Slack waits."""
        if not url:
            raise NoAnswer(*UNREACHED)
        headers = {"Content-Type": content_type, **signed(self._secret, body), **more}
        loop = asyncio.get_running_loop()
        sending = loop.run_in_executor(_SENDERS, _send, url, body, headers, self._ack_seconds)
        try:
            answered = await asyncio.wait_for(sending, self._ack_seconds)
        except TimeoutError as error:
            raise NoAnswer(*LATE) from error
        except (OSError, HTTPException) as error:
            self._noticed(is_there=False)
            raise NoAnswer(*UNREACHED) from error
        self._noticed(is_there=True)
        return answered

    def _noticed(self, *, is_there: bool) -> None:
        if is_there is not self.is_connected:
            self.is_connected = is_there
            self._on_change(is_there)

    def _address(self, kind: str, payload: Json) -> str:
        settings = self._manifest.settings
        if kind == "slash_commands":
            command = self._manifest.command(str(payload["command"]))
            return command.url if command else ""
        if kind == "events_api":
            return settings.event_subscriptions.request_url
        menus = settings.interactivity.message_menu_options_url
        return menus if menus and payload["type"] == "block_suggestion" else settings.interactivity.request_url


def signed(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers that prove where a body comes from, by the machine's own clock as the app has it."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _written(kind: str, payload: Json) -> tuple[str, bytes]:
    if kind == "events_api":
        return "application/json", json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _read(answered: Answered) -> Json:
    text = answered.body.decode(errors="replace")
    if not text.strip():
        return {}
    try:
        found: Any = json.loads(text)
    except json.JSONDecodeError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}


def _send(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Answered:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("POST", parts.path or "/", body, dict(headers))
        answer = connection.getresponse()
        return Answered(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()
