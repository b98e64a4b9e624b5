"""What comes in by the door and what does not."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import Ack, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from structlog.testing import capture_logs

from bot.addresses import EVENTS
from bot.app import MeteredApp
from bot.seeing.meters import Meters
from bot.serving.door import BYTES_MAX, Door
from bot.serving.signatures import SIGNATURE, TIMESTAMP, Signatures
from tests.bot.serving.town import SECRET, command, knock, signed

BODY = command("http://127.0.0.1:9", "T0ONE", "a text of somebody's")
WINDOW_S = 300


@dataclass
class Doorstep:
    """A door, and behind it an app that writes down what came in."""

    came: list[str] = field(default_factory=list)
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        known = AuthorizeResult(enterprise_id=None, team_id="T0ONE", bot_token="xoxb-1")
        app = MeteredApp(Meters(), client=WebClient(), signing_secret=SECRET, authorize=lambda: known)
        app.command("/cx")(self.listen)
        self.door = Door(app, Signatures(SECRET))

    def listen(self, ack: Ack, body: dict[str, Any]) -> None:
        ack()
        self.came.append(body["text"])

    def asked(
        self, body: bytes, headers: Mapping[str, str], method: str = "POST", path: str = EVENTS, **more: str
    ) -> int:
        """The status of the answer."""
        return knock(self.door, body, headers, method, path, **more)[0]


@pytest.fixture
def step() -> Doorstep:
    return Doorstep()


def test_what_slack_signed_comes_in(step: Doorstep) -> None:
    assert step.asked(BODY, signed(BODY)) == 200
    assert step.came == ["a text of somebody's"]


@pytest.mark.parametrize(
    "changes",
    [
        {TIMESTAMP: ""},
        {SIGNATURE: ""},
        {TIMESTAMP: "", SIGNATURE: ""},
        {TIMESTAMP: "now"},
        {TIMESTAMP: "17٣"},
        {TIMESTAMP: "1e9"},
        {TIMESTAMP: "9" * 5000},
        {SIGNATURE: "v0=" + "0" * 64},
        {SIGNATURE: "v0=" + "é" * 64},
        {SIGNATURE: "v1=" + "0" * 64},
    ],
    ids=[
        "no time",
        "no signature",
        "neither",
        "words",
        "other digits",
        "float",
        "long",
        "wrong",
        "no ASCII",
        "version",
    ],
)
def test_headers_that_are_not_slacks_are_refused(step: Doorstep, changes: Mapping[str, str]) -> None:
    assert step.asked(BODY, {**signed(BODY), **changes}) == 401
    assert step.came == []


@pytest.mark.parametrize("seconds", [-WINDOW_S - 2, WINDOW_S + 2, -86_400], ids=["old", "to come", "of yesterday"])
def test_what_was_signed_at_another_time_is_refused(step: Doorstep, seconds: int) -> None:
    assert step.asked(BODY, signed(BODY, seconds)) == 401


@pytest.mark.parametrize(
    "body",
    [BODY + b" ", BODY[:-1], BODY.replace(b"T0ONE", b"T0TWO"), BODY.replace(b"+", b"%20"), b"", b"\xff\xfe"],
    ids=["longer", "shorter", "another team", "the same in other bytes", "empty", "no text"],
)
def test_other_bytes_than_the_signed_ones_are_refused(step: Doorstep, body: bytes) -> None:
    assert step.asked(body, signed(BODY)) == 401
    assert step.came == []


def test_what_another_app_signed_is_refused(step: Doorstep) -> None:
    assert step.asked(BODY, signed(BODY, secret="of another app")) == 401


def test_nothing_of_a_refused_request_is_in_the_log(step: Doorstep, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    headers = {**signed(BODY), SIGNATURE: "v0=" + "0" * 64}
    with capture_logs() as logs:
        step.asked(BODY, headers)

    told = caplog.text + json.dumps(logs)
    assert logs
    assert not any(secret in told for secret in ("somebody", headers[SIGNATURE], "T0ONE"))


def test_a_look_whether_we_speak_tls_is_answered(step: Doorstep) -> None:
    assert step.asked(b"ssl_check=1&token=t", {}) == 200


def test_behind_such_a_look_nothing_else_comes_in(step: Doorstep) -> None:
    assert step.asked(BODY + b"&ssl_check=1", {}) == 200
    assert step.came == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"CONTENT_LENGTH": ""}, 411),
        ({"CONTENT_LENGTH": "-1"}, 411),
        ({"CONTENT_LENGTH": "²"}, 411),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"CONTENT_LENGTH": str(BYTES_MAX + 1)}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": str(len(BODY) + 1)}, 400),
    ],
)
def test_a_length_that_is_not_said_or_not_true_is_refused(step: Doorstep, more: dict[str, str], status: int) -> None:
    assert step.asked(BODY, signed(BODY), **more) == status


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", EVENTS), ("POST", "/slack/install"), ("GET", "/"), ("POST", "/slack/events/"), ("DELETE", EVENTS)],
)
def test_elsewhere_there_is_nothing(step: Doorstep, method: str, path: str) -> None:
    assert step.asked(BODY, signed(BODY), method, path) == 404


@pytest.mark.parametrize(
    "body",
    [
        b"[1]",
        b"{",
        b"payload=[1]",
        b"payload={",
        b"payload=1",
        b"\xff",
        b'{"type": []}',
        b"[" * 10_000,
        b"payload=" + b'{"a":' * 10_000,
        b'payload={"type": "block_actions", "user": 5}',
        b'payload={"type": "block_actions", "actions": [1]}',
        b'{"type": "event_callback", "authorizations": [[]], "event": {"type": {}}}',
    ],
    ids=[
        *("list", "cut", "form of a list", "form cut", "form of a number", "no text", "no type", "deep", "form deep"),
        *("user of a number", "actions of numbers", "authorizations of lists"),
    ],
)
def test_what_is_signed_and_cannot_be_read_breaks_nothing(step: Doorstep, body: bytes) -> None:
    assert step.asked(body, signed(body)) in (400, 401, 404)


def test_what_bolt_stumbles_over_on_its_way_to_a_listener_is_no_fault_of_ours(step: Doorstep) -> None:
    step.door.app.error(lambda: BoltResponse(status=200))
    step.door.app.middleware(lambda next_: next_())
    body = b'payload={"type": "block_actions", "team": {"id": "T0ONE"}, "user": {"id": "U0"}, "actions": null}'

    assert step.asked(body, signed(body)) == 400


def test_a_fault_of_ours_is_told_to_the_log_only(step: Doorstep, monkeypatch: pytest.MonkeyPatch) -> None:
    body = command("http://127.0.0.1:9", "T0ONE", "x")

    def fail() -> BoltResponse:
        raise RuntimeError("a text of somebody's")

    step.door.app.error(fail)
    step.door.app.middleware(fail)
    with capture_logs() as logs:
        assert step.asked(body, signed(body)) == 500

    assert [line["event"] for line in logs] == ["request failed"]
