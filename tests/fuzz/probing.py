"""Somebody who sends anything at all, and what is wrong with what comes back."""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from structlog.testing import capture_logs

from bot.sandbox.blocks.check import checked_blocks, checked_view
from bot.sandbox.errors import SlackError
from bot.sandbox.ids import Ids
from bot.serving.door import STUMBLES
from handlers.keeping import REPLY_BYTES
from tests.tenancy.crawling import entry_of
from tests.tenancy.visiting import Json, Visitor, plainly

TEXT_MAX, MESSAGE_MAX = 13_000, 4_000
SAID_S = 20.0
"""Of the processor's time: only what hangs takes so long."""
PLAIN = ("plain_text", "text", "link")
"""Where Slack reads no markup: plain_text objects, and the text and link elements of rich_text."""
LIVE = re.compile(r"<[!@#]|<http|<mailto")
FOREIGN = re.compile(r"Traceback|Something went wrong|validation error|Input should|pydantic|NoneType")
"""What nobody should read."""


@dataclass
class Probe(Visitor):
    """Sends requests of somebody of a workspace; a flaw is a sentence."""

    stranger: str = "\0"
    """A mark of another workspace, of which nothing may come out."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each entry was tried."""

    def flaws(self, body: Json) -> list[str]:
        """Everything that is wrong with the answer to a request."""
        body = {**body, **self._who(body)}
        self._count(body)
        with capture_logs() as told, _errors() as errors:
            began = process_time()
            answer = self._answered(json.loads(json.dumps(body)))
            spent = process_time() - began
        reply = plainly(json.loads(answer.body)) if answer.body and answer.body.startswith(("{", "[")) else {}
        heard = self.slack.heard()
        return [
            *([f"status {answer.status}"] if answer.status not in (200, 400, 404) else []),
            *([f"took {spent:.0f} s"] if spent > SAID_S else []),
            *errors,
            *(str(one) for one in told if one["log_level"] in ("error", "critical") or "exc_info" in one),
            *([f"leak: {self.stranger}"] if self.stranger in json.dumps([heard, reply]) else []),
            *reply_flaws(reply),
            *(flaw for said in heard for flaw in said_flaws(said)),
        ]

    def _answered(self, body: Json) -> BoltResponse:
        """What Bolt stumbles over while it reads it is answered by the door."""
        try:
            request = BoltRequest(mode="socket_mode", body=body)
        except STUMBLES:
            return BoltResponse(status=400)
        return self.house.app.dispatch(request)

    def _count(self, body: Json) -> None:
        try:
            self.counts[entry_of(body)] += 1
        except (KeyError, IndexError, TypeError, AttributeError):
            self.counts["", "of no shape"] += 1


def reply_flaws(reply: Json) -> list[str]:
    """What is wrong with what a submission or a menu is answered."""
    weight = len(json.dumps(reply))
    heavy = [f"a reply of {weight} bytes"] if weight > REPLY_BYTES + 2_000 else []
    empty = [f"a fault without words at {name}" for name, text in (reply.get("errors") or {}).items() if not text]
    return [*heavy, *empty, *said_flaws(reply)]


def said_flaws(said: Json) -> list[str]:
    """What is wrong with one thing that Slack is told."""
    flaws = [f"people read: {match[0]}" for match in FOREIGN.finditer(json.dumps(said))]
    view = said.get("view")
    if isinstance(view, dict):
        flaws += _refused(lambda: checked_view(_bare(view), view["type"], Ids(), lambda _file: True))
    if said.get("blocks"):
        flaws += _refused(lambda: checked_blocks(said["blocks"], Ids(), lambda _file: True))
        length = sum(map(len, _texts(said["blocks"])))
        flaws += [f"{length} characters in blocks"] if length > TEXT_MAX else []
    text = str(said.get("text") or "")
    flaws += [f"a text of {len(text)}"] if len(text) > MESSAGE_MAX else []
    return flaws + [f"alive: {one[:80]}" for one in live(said)]


def live(value: Any) -> list[str]:
    """Texts that Slack would read as markup and that hold more than words."""
    if isinstance(value, list):
        return [found for each in value for found in live(each)]
    if not isinstance(value, dict):
        return []
    texts = [value["text"]] if isinstance(value.get("text"), str) and value.get("type") not in PLAIN else []
    return [text for text in texts if LIVE.search(text)] + [found for each in value.values() for found in live(each)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


def _bare(view: Json) -> Json:
    """Without what Slack adds, and the note that a form is given back as it came."""
    return {key: view[key] for key in view if key not in ("id", "state", "team_id", "hash", "private_metadata")}


def _refused(check: Any) -> list[str]:
    try:
        check()
    except (SlackError, UnicodeEncodeError) as error:
        return [f"Slack refuses it: {error} {error.args}"[:300]]
    return []


@contextmanager
def _errors() -> Iterator[list[str]]:
    """What is written to the usual log as an error meanwhile."""
    lines: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(handler)
