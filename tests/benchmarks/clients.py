"""People who use Slack at the same time, as Slack's servers would pass it on: signed requests over HTTP."""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from random import Random
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
from slack_sdk.signature import SignatureVerifier

from handlers.ids import COMMAND, Modal
from handlers.patience import MOMENT
from handlers.views.registering import Filled, Turn, answer_field, register_form
from planning.journey.values import Journey
from tests.benchmarks.served import SECRET, TEAM
from tests.benchmarks.stored import slack_id
from tests.handlers.slack import submitted

PATH = "/slack/events"
ANSWER = answer_field(0)[:-1]
PEOPLE = 20
PATIENCE_S = 120
"""Of a client: a server that has just been started reads the portfolio first."""
LOOKS_S = 0.05
"""How often a person whose answer is still to come looks at the form."""
Send = Callable[[str], dict[str, Any]]
"""Sends a body; what was answered to it."""
Act = Callable[[Random, Send], None]


@dataclass(frozen=True, slots=True)
class Times:
    """How long the acknowledgements took, in milliseconds."""

    p50: float
    p99: float
    most: float
    count: int
    refused: int
    later: int
    """Forms that were acknowledged before their answer was found, and answered in the modal."""


def find(hook: str, words: Sequence[str], random: Random, send: Send) -> None:
    """`/cx find` and a word."""
    body: dict[str, str] = {
        "command": COMMAND,
        "text": f"find {random.choice(words)}",
        "user_id": slack_id(1 + random.randrange(PEOPLE)),
        "team_id": TEAM,
        "channel_id": "C1",
        "trigger_id": "1.2.abc",
        "response_url": hook,
        "is_enterprise_install": "false",
    }
    send(urlencode(body))


def register(slack: str, journey: Journey, texts: Sequence[str], random: Random, send: Send) -> None:
    """The form of `/cx new`, sent; where it comes back with what it would run into, that is answered and sent again."""
    words = random.choice(texts).split()
    filled = Filled(" ".join(words[:8])[:100], " ".join(words)[:500], (1 + random.randrange(len(journey.stages)),))
    view = submitted(register_form(filled, journey, {}, Turn(suggested=True)))
    user, id = {"id": slack_id(1 + random.randrange(PEOPLE)), "team_id": TEAM}, f"V{uuid.uuid4().hex}"
    again = _answered(slack, id, send(_submission({**view, "id": id}, user)))
    if again.get("callback_id") == Modal.REGISTER:
        asked = [block["block_id"] for block in again["blocks"] if block.get("block_id", "").startswith(ANSWER)]
        answer = send(_submission({**submitted(again, **dict.fromkeys(asked, "different")), "id": id}, user))
        _answered(slack, id, answer)


def is_later(answer: dict[str, Any]) -> bool:
    """Whether the answer of a form is still to come."""
    return MOMENT in json.dumps(answer, ensure_ascii=False)


def _answered(slack: str, id: str, answer: dict[str, Any]) -> dict[str, Any]:
    """The modal with its answer, waited for where it is still to come."""
    shown: dict[str, Any] = answer.get("view", {})
    deadline = time.monotonic() + PATIENCE_S
    while is_later(shown):
        if time.monotonic() > deadline:
            raise TimeoutError("A form of the load benchmark was never answered.")
        time.sleep(LOOKS_S)
        with urlopen(f"{slack}/{id}") as updated:
            shown = json.load(updated) or shown
    return shown


def _submission(view: dict[str, Any], user: dict[str, str]) -> str:
    body: dict[str, Any] = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": user,
        "trigger_id": "1.2.abc",
        "view": view,
        "response_urls": [],
    }
    return urlencode({"payload": json.dumps(body)})


def timed(port: int, act: Act, clients: int, seconds: float, pause_s: float) -> Times:
    """So many people, each of whom does it again and again for so long, with a pause of so long on average."""
    with ThreadPoolExecutor(clients) as pool:
        parts = [*pool.map(partial(_person, port, act, seconds, pause_s), range(clients))]
    values = 1000 * np.array([one for part in parts for one, _, _ in part])
    refused, later = sum(one for part in parts for _, one, _ in part), sum(one for part in parts for *_, one in part)
    p50, p99 = np.percentile(values, (50, 99)).tolist()
    return Times(p50, p99, float(values.max()), len(values), refused, later)


def _person(port: int, act: Act, seconds: float, pause_s: float, number: int) -> list[tuple[float, bool, bool]]:
    """Of each request: how long its acknowledgement took, whether it was refused, whether its answer came later."""
    random = Random(number)
    took: list[tuple[float, bool, bool]] = []
    ends_at = time.monotonic() + seconds

    def send(body: str) -> dict[str, Any]:
        begun = time.perf_counter()
        status, answer = _posted(port, body)
        waited, said = time.perf_counter() - begun, dict(json.loads(answer)) if answer.startswith("{") else {}
        took.append((waited, status != HTTPStatus.OK, is_later(said)))
        return said

    time.sleep(random.uniform(0, min(pause_s, seconds)))
    while not took or time.monotonic() < ends_at:
        act(random, send)
        rest_s = random.uniform(0.5, 1.5) * pause_s
        time.sleep(max(0.0, min(rest_s, ends_at - time.monotonic())))
    return took


def _posted(port: int, body: str) -> tuple[int, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": str(signature),
    }
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("POST", PATH, body.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
