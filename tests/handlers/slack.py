"""What Slack sends and takes, for tests: views as it holds them, what people fill in, and an encoder of plain words."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener import CustomListener
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.sandbox.blocks.check import checked_view
from bot.sandbox.forms import STATEFUL, form_values, interactive_elements
from bot.sandbox.ids import Ids
from bot.scheduling.due_times import next_due
from handlers.commands import Call
from handlers.context import Services
from handlers.keeping import REPLY_BYTES
from handlers.listening import register_all
from handlers.patience import Patience
from handlers.shapes import ShapedApp
from planning.register import Registers
from planning.schedules.values import Schedule
from planning.similarity import Floats
from planning.workspace.values import Person
from tests.builders import DIMENSION, ENCODER, NOW, at

TEAM = "T0HARBOUR"
UNHURRIED_S = 60
"""So long an answer may take where a test is not about time: a machine with other work to do is slower than Slack's."""
THEMES = ("letter", "claim", "renew", "app", "join", "survey", "bill")
"""Words by which the encoder tells texts apart."""


class WordEncoder:
    """Texts are alike as far as they use the same of a few words; others mean nothing to it."""

    version = ENCODER
    dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        rows = [[float(len(re.findall(theme, text.casefold()))) for theme in (*THEMES, "\0")] for text in texts]
        counts = np.array(rows, np.float32).reshape(len(texts), DIMENSION)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        result: Floats = np.divide(counts, lengths, out=np.zeros_like(counts), where=lengths > 0)
        return result


def drawn(view: View | Mapping[str, Any]) -> dict[str, Any]:
    """The view as Slack holds it, when Slack would take it."""
    body = view.to_dict() if isinstance(view, View) else {key: view[key] for key in view if key not in ("id", "state")}
    held: dict[str, Any] = checked_view(json.loads(json.dumps(body)), body["type"], Ids(), lambda _file: True)
    return {"id": "V1", **held}


def light(view: View | Mapping[str, Any]) -> bool:
    """Whether the view may travel in a Socket Mode reply."""
    body = view.to_dict() if isinstance(view, View) else view
    return len(json.dumps(body)) <= REPLY_BYTES


def submitted(view: View | Mapping[str, Any], **typed: Any) -> dict[str, Any]:
    """The view as it is sent: what stood in it, and what was filled in by field name."""
    held = drawn(view)
    state = form_values(held["blocks"], {})
    for place in interactive_elements(held["blocks"]):
        if place.block_id in typed:
            key, _, _ = STATEFUL[place.element["type"]]
            chosen = _chosen(key, typed.pop(place.block_id))
            state[place.block_id][place.action_id] = {"type": place.element["type"], key: chosen}
    assert not typed, f"no such fields: {typed}"
    return {**held, "state": {"values": state}}


def _chosen(key: str, value: Any) -> Any:
    if key == "selected_option":
        return _option(value) if value is not None else None
    return [_option(one) for one in value] if key == "selected_options" else value


def _option(value: Any) -> dict[str, Any]:
    return {"value": str(value), "text": {"type": "plain_text", "text": str(value), "emoji": False}}


def field_of(view: View | Mapping[str, Any], name: str) -> dict[str, Any]:
    """The element of a field."""
    held = drawn(view)
    return next(dict(block["element"]) for block in held["blocks"] if block["block_id"] == name)


def field_names(view: View | Mapping[str, Any]) -> list[str]:
    """The fields of a form, in order."""
    return [block["block_id"] for block in drawn(view)["blocks"] if block["type"] == "input"]


def spoken(value: Any) -> str:
    """All text in blocks or a view, in reading order."""
    if isinstance(value, View):
        value = value.to_dict()
    if isinstance(value, Mapping):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return "\n".join([*own, *filter(None, map(spoken, value.values()))])
    return "\n".join(filter(None, map(spoken, value))) if isinstance(value, list) else ""


def buttons(value: Any) -> dict[str, dict[str, Any]]:
    """Every button and menu in blocks or a view, by action id."""
    blocks = value.to_dict()["blocks"] if isinstance(value, View) else value
    return {place.element["action_id"]: place.element for place in interactive_elements(blocks)}


def slack_user(id: str = "U0NEW", **fields: Any) -> dict[str, Any]:
    """What users.info says of a member."""
    profile = {"real_name": "Nora New"}
    return {"ok": True, "user": {"id": id, "team_id": TEAM, "tz": "Europe/Oslo", "profile": profile, **fields}}


def web_client() -> Mock:
    """A Slack that opens a modal as V1 and knows every user and channel."""
    client = Mock(WebClient)
    client.views_open.return_value = {"ok": True, "view": {"id": "V1"}}
    client.users_info.side_effect = lambda *, user: slack_user(user)
    client.conversations_info.side_effect = lambda *, channel: {"ok": True, "channel": {"id": channel, "name": "cx"}}
    client.chat_getPermalink.return_value = {"ok": True, "permalink": "https://harbour.slack.test/archives/C1/p1"}
    return client


def next_monday(_schedule: Schedule, _now: datetime) -> datetime:
    """When the next digest is due."""
    return at(7)


@dataclass
class Desk:
    """A person at Slack, with the listeners' arguments."""

    registers: Registers
    actor: Person
    client: Mock = field(default_factory=web_client)
    encoder: WordEncoder = field(default_factory=WordEncoder)
    ack: Mock = field(default_factory=lambda: Mock(Ack))
    respond: Mock = field(default_factory=lambda: Mock(Respond, return_value=Mock(status_code=200)))
    body: dict[str, Any] = field(default_factory=lambda: {"trigger_id": "1.2.abc"})
    now: Callable[[], datetime] = field(default=lambda: NOW)

    def call(self, text: str = "") -> Call:
        """A use of the command; `text` follows the sub-command."""
        arguments = (self.body, self.actor, self.registers, NOW, self.encoder, self.client, self.respond)
        return Call(text, *arguments, next_due)

    @property
    def modal(self) -> dict[str, Any]:
        """The modal as it was filled last."""
        return drawn(self.client.views_update.call_args.kwargs["view"])

    @property
    def shown(self) -> dict[str, Any]:
        """The modal as the last submission left it."""
        answer = self.ack.call_args.kwargs
        assert answer["response_action"] == "update"
        return drawn(answer["view"])

    @property
    def errors(self) -> dict[str, str]:
        """The faults that the last submission showed at fields."""
        errors: dict[str, str] = self.ack.call_args.kwargs["errors"]
        return errors

    @property
    def context(self) -> BoltContext:
        """Bolt's context of the person's team."""
        return BoltContext({"team_id": TEAM, "user_id": self.actor.slack_id})

    @property
    def private_reply(self) -> dict[str, Any]:
        """What was answered last, for one pair of eyes."""
        return dict(self.respond.call_args.kwargs)


def app_for(registers_for: Callable[[str], Registers], client: Mock, respond: Mock, **services: Any) -> App:
    """The whole app, with Slack replaced at Bolt's own seam: the client and the responder of the context."""
    app = ShapedApp(authorize=authorized, request_verification_enabled=False, token_verification_enabled=False)

    def hand_in(context: BoltContext, next_: Callable[[], None]) -> None:
        context["client"] = client
        context["respond"] = respond
        next_()

    app.middleware(hand_in)
    given = {"encoder": WordEncoder(), "patience": Patience(waits_s=UNHURRIED_S), **services}
    register_all(app, Services(registers_for, lambda: NOW, next_due=next_due, **given))
    return app


def have_bolt_wait(patch: pytest.MonkeyPatch) -> None:
    """Bolt answers in the place of a listener that has not acknowledged for three seconds."""
    patch.setattr(CustomListener, "ack_timeout", property(lambda _: UNHURRIED_S, lambda _, _given: None))


def authorized() -> AuthorizeResult:
    """The bot, in the team of these tests."""
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id="U0BOT", bot_id="B0BOT", bot_token="xoxb-test")


def dispatched(app: App, body: dict[str, Any]) -> BoltResponse:
    """The app's answer to what came over the socket."""
    return app.dispatch(BoltRequest(mode="socket_mode", body=body))


def command(text: str, user: str = "U0ADA") -> dict[str, Any]:
    """`/cx` with a text."""
    return {
        "command": "/cx",
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "channel_id": "C1",
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.test/r/1",
        "is_enterprise_install": "false",
    }


def interaction(kind: str, user: str = "U0ADA", **fields: Any) -> dict[str, Any]:
    """A press, a submission or a shortcut."""
    return {
        "type": kind,
        "team": {"id": TEAM},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": "1.2.abc",
        **fields,
    }
