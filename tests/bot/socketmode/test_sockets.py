"""Two connections per process: one is refreshed, or breaks, and nothing is lost."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from socket import SHUT_RDWR, create_server, socket
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient
from structlog.testing import capture_logs
from websockets.http11 import Request
from websockets.server import ServerProtocol

from bot.sandbox.server import Sandbox, running
from bot.sandbox.state import Pace
from bot.socketmode.envelopes import HEAVY_BYTES, Envelopes
from bot.socketmode.lines import Patience
from bot.socketmode.sockets import SWITCHED_OFF, Sockets
from tests.bot.sandbox.world import ANA, APP_TOKEN, BOT_TOKEN, GENERAL, Control, page_user, until, workspace_file

QUICK = Patience(pause=0.01, longest_pause=0.1, answering=2.0, steady=0.0)


class Heard:
    """An app that counts what it was asked."""

    def __init__(self, client: WebClient) -> None:
        self.asked: list[str] = []
        self.held, self.gate = Event(), Event()
        self.gate.set()
        self._lock = Lock()
        self.app = App(client=client, token_verification_enabled=False)
        self.app.command("/robin")(self._hear)

    def _hear(self, ack: Ack, command: dict[str, Any]) -> None:
        self.held.set()
        self.gate.wait(2.5)
        with self._lock:
            self.asked.append(command["text"])
        ack("x" * 2 * HEAVY_BYTES if command["text"] == "much" else f"heard {command['text']}")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running(workspace_file(), pace=Pace(ack_seconds=3.0, closing_seconds=0.2)) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def heard(client: WebClient) -> Heard:
    return Heard(client)


@pytest.fixture
def sockets(client: WebClient, heard: Heard) -> Iterator[Sockets]:
    """Two connections, both open."""
    sockets = Sockets(client, APP_TOKEN, Envelopes(heard.app), patience=QUICK)
    sockets.start()
    until(lambda: sockets.connected == 2)
    yield sockets
    sockets.stop()


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    return Control(sandbox.url)


def opened_since(control: Control, before: int) -> bool:
    """Whether a connection was asked for after the first so many times."""
    return len(control.calls("apps.connections.open")) > before


def ask(sandbox: Sandbox, text: str) -> bool:
    """Type a command; whether Slack had its answer."""
    with page_user(sandbox.url, ANA) as ana:
        return bool(ana.say(f"/robin {text}", GENERAL)["ok"])


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_nothing_is_lost_or_doubled_while_a_connection_is_refreshed_again_and_again(
    sandbox: Sandbox, sockets: Sockets, heard: Heard, control: Control, reason: str
) -> None:
    with ThreadPoolExecutor(5) as people:
        answers = [people.submit(ask, sandbox, f"question {number}") for number in range(200)]
        for _ in range(20):
            before = len(control.calls("apps.connections.open"))
            control.post("socket", {"action": "disconnect", "reason": reason, "only": 1})
            until(partial(opened_since, control, before))
            until(lambda: sockets.connected == 2 and len(sandbox.workspace.sockets.connections) < 6)

    assert all(answer.result() for answer in answers)
    assert sorted(heard.asked) == sorted(f"question {number}" for number in range(200))


def test_while_one_is_refreshed_the_other_serves(sandbox: Sandbox, sockets: Sockets, control: Control) -> None:
    control.fault("apps.connections.open", "slow", seconds=1.0)
    control.post("socket", {"action": "disconnect", "only": 1})
    until(lambda: sockets.connected == 1)

    assert ask(sandbox, "now")
    until(lambda: sockets.connected == 2)


def test_without_any_connection_it_keeps_trying_and_says_so_once(sockets: Sockets, control: Control) -> None:
    with capture_logs() as logs:
        control.post("socket", {"action": "refuse"})
        until(lambda: sockets.connected == 0)
        opened = len(control.calls("apps.connections.open"))
        until(lambda: len(control.calls("apps.connections.open")) > opened + 4)
        control.post("socket", {"action": "accept"})
        until(lambda: sockets.connected == 2)

    told = [line["event"] for line in logs if line["log_level"] == "warning"]
    assert told == ["a connection to Slack is missing; it is tried again"]
    assert "connected to Slack again" in [line["event"] for line in logs]


def test_slack_is_asked_again_when_it_wants_to_be(sockets: Sockets, control: Control) -> None:
    control.fault("apps.connections.open", "ratelimited", retry_after=1)
    opened = len(control.calls("apps.connections.open"))
    control.post("socket", {"action": "disconnect", "only": 1})
    until(lambda: len(control.calls("apps.connections.open")) > opened)
    limited_at = monotonic()
    until(lambda: sockets.connected == 2)

    assert monotonic() - limited_at > 0.9
    assert len(control.calls("apps.connections.open")) == opened + 2


def test_who_switched_socket_mode_off_is_told_what_to_do(sockets: Sockets, control: Control) -> None:
    with capture_logs() as logs:
        control.post("socket", {"action": "disconnect", "reason": "link_disabled", "only": 1})
        until(lambda: any(line.get("why") == SWITCHED_OFF for line in logs))


def test_what_is_under_way_is_answered_before_the_connections_close(
    sandbox: Sandbox, sockets: Sockets, heard: Heard
) -> None:
    heard.gate.clear()
    with ThreadPoolExecutor(2) as people:
        answer = people.submit(ask, sandbox, "late")
        assert heard.held.wait(5)
        stopped = people.submit(sockets.stop)
        sleep(0.3)
        assert sockets.connected == 2
        heard.gate.set()
        stopped.result()

        assert answer.result()
    assert sockets.connected == 0


def test_an_answer_that_is_ready_after_its_connection_has_gone_goes_by_the_other(
    sandbox: Sandbox, sockets: Sockets, heard: Heard, control: Control
) -> None:
    heard.gate.clear()
    with ThreadPoolExecutor(1) as people:
        answer = people.submit(ask, sandbox, "late")
        assert heard.held.wait(5)
        control.post("socket", {"action": "disconnect", "only": 1})
        sleep(0.6)
        control.post("socket", {"action": "disconnect", "only": 1})
        sleep(0.6)
        heard.gate.set()

        assert answer.result()


def test_a_reply_beyond_the_frames_of_slacks_client_is_sent_and_noted(sandbox: Sandbox, sockets: Sockets) -> None:
    with capture_logs() as logs:
        assert ask(sandbox, "much")

    assert "heavy reply" in [line["event"] for line in logs]


class Mute(WebClient):
    """Leads to a server that greets, and then neither says nor hears anything."""

    def __init__(self) -> None:
        super().__init__()
        self.listener = create_server(("127.0.0.1", 0))
        self.callers: list[socket] = []
        Thread(target=self._greet, daemon=True).start()

    def apps_connections_open(self, **_arguments: Any) -> Any:
        return {"url": f"ws://127.0.0.1:{self.listener.getsockname()[1]}/"}

    def _greet(self) -> None:
        while (caller := self._accepted()) is not None:
            protocol = ServerProtocol()
            protocol.receive_data(caller.recv(65536))
            (request,) = protocol.events_received()
            assert isinstance(request, Request)
            protocol.send_response(protocol.accept(request))
            protocol.send_text(b'{"type": "hello"}')
            caller.sendall(b"".join(protocol.data_to_send()))
            self.callers.append(caller)

    def _accepted(self) -> socket | None:
        try:
            return self.listener.accept()[0]
        except OSError:
            return None

    def end(self) -> None:
        self.listener.shutdown(SHUT_RDWR)
        for each in (self.listener, *self.callers):
            each.close()


def test_a_connection_that_falls_silent_is_replaced(heard: Heard) -> None:
    mute = Mute()
    sockets = Sockets(mute, APP_TOKEN, Envelopes(heard.app), patience=replace(QUICK, ping=0.1, pong=0.2, closing=0.1))
    sockets.start()
    until(lambda: len(mute.callers) > 4)
    sockets.stop()
    mute.end()


def test_what_is_delivered_again_says_so_to_whoever_listens(client: WebClient) -> None:
    app = App(client=client, token_verification_enabled=False)
    seen: list[list[str]] = []
    app.event("app_home_opened")(lambda request: seen.append(tried(request)))
    envelopes = Envelopes(app)
    event = {"type": "app_home_opened", "user": ANA, "tab": "home"}
    payload = {"type": "event_callback", "team_id": "T0LOCAL", "event_id": "Ev1", "event_time": 1, "event": event}
    envelope = {"envelope_id": "e", "type": "events_api", "payload": payload, "retry_reason": "timeout"}
    sent: list[str] = []
    for attempt in (0, 1):
        envelopes.take({**envelope, "retry_attempt": attempt}, sent.append)
        assert envelopes.drained(5.0)

    until(lambda: sorted(seen) == [["0"], ["1"]])
    assert [json.loads(reply) for reply in sent] == [{"envelope_id": "e"}] * 2


def tried(request: BoltRequest) -> list[str]:
    return list(request.headers["x-slack-retry-num"])


def test_what_slack_says_that_is_no_envelope_is_passed_over(heard: Heard) -> None:
    sent: list[str] = []
    envelopes = Envelopes(heard.app)
    envelopes.take(json.loads('{"type": "something_new"}'), sent.append)

    assert envelopes.drained(1.0)
    assert sent == []
