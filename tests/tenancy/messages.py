"""One message of every kind, as a workspace with something of everything would be sent it."""

import json
from collections.abc import Mapping
from typing import Any

from bot.delivery.drawing import drawn
from bot.delivery.drawn import Drawn
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from tests.builders import NOW
from tests.filled import ADA, BO
from tests.tenancy.visiting import Json, plainly

Payload = Mapping[str, object]
SAID: Mapping[MessageKind, tuple[int, Payload]] = {
    MessageKind.ALERT: (1, {}),
    MessageKind.ALERTS: (2, {}),
    MessageKind.NEWS: (1, {"what": "handed", "by": 2, "to": 1}),
    MessageKind.PLAN: (1, {}),
    MessageKind.PLAN_NEWS: (1, {"what": "accepted", "by": 1, "departments": [1], "asked": [2]}),
    MessageKind.CALENDAR: (1, {"what": "session", "revision": 1}),
    MessageKind.DECISION: (2, {}),
    MessageKind.PROPOSAL: (1, {}),
    MessageKind.SEASON: (3, {"stage": 1, "quarter": "2027-Q1"}),
    MessageKind.PACK: (1, {}),
    MessageKind.MORNING: (1, {}),
    MessageKind.JOINED: (4, {}),
    MessageKind.IMPORTED: (0, {"source": "tracker.csv", "new": 3, "overlaps": 1}),
    MessageKind.QUESTION: (2, {}),
    MessageKind.REMINDER: (2, {}),
    MessageKind.RESULT: (1, {}),
    MessageKind.RATIFICATION: (1, {"department": 1}),
    MessageKind.STUCK: (NOW.toordinal(), {}),
    MessageKind.DIGEST: (1, {}),
    MessageKind.DEPARTMENT_DIGEST: (2, {}),
    MessageKind.CHECK_IN: (1, {}),
    MessageKind.STEWARD: (2, {}),
    MessageKind.PERSONAL: (1, {}),
}
"""Kind → what it is about, and its payload."""


def messages(register: Register) -> dict[MessageKind, Drawn]:
    """All of them, drawn."""
    shown = {}
    for kind, (subject, payload) in SAID.items():
        to = Address.group((ADA, BO)) if kind is MessageKind.RATIFICATION else Address.person(ADA)
        shown[kind] = drawn(register, Posting(f"{kind}:{subject}", kind, subject, to, {**payload}), NOW)
    return shown


def said(message: Drawn) -> Json:
    """The words and blocks as Slack is given them."""
    told: Json = plainly({**message.bare})
    return told


def everything_in(message: Drawn) -> str:
    """All that can be read of it: words, what its pictures show, its file."""
    pictures = [(one.title, one.shows) for one in message.pictures.values()]
    plain: Any = message.plainly().arguments() if message.plainly else {}
    file = message.document
    text = file.draw().decode("utf-8", "replace").replace("\r\n ", "") if file else ""
    read = [said(message), plainly(plain), repr(pictures), file.name if file else "", file.title if file else "", text]
    return json.dumps(read, ensure_ascii=False)
