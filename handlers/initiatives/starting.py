"""The ways into the form for a new initiative: the command, the shortcuts, the button."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.commands import Call, Subcommand
from handlers.ids import Action, Shortcut
from handlers.messages import as_seen
from handlers.views.registering import Filled, Turn, register_form, unready_modal
from planning.journey.suggesting import suggest_stages
from planning.journey.values import Journey
from planning.register import Register, Registers
from planning.similarity import Encoder, text_of
from planning.text import PROBLEM_MAX, clean, clip, one_line
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Person

TITLE = "New initiative"
TITLE_TYPED = 150
"""A longer text is no title: it goes to the problem."""
TOO_LONG = f"Only the first {PROBLEM_MAX} characters fit below; please shorten the problem."
_SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    journey: Journey
    departments: Mapping[int, str]
    steward: str | None

    @classmethod
    def of(cls, register: Register) -> "Choices":
        """Those of a workspace."""
        departments = {department.id: department.name for department in register.departments.all()}
        stewards = stewards_of(register)
        return cls(register.journeys.current(), departments, stewards[0].name if stewards else None)

    @property
    def missing(self) -> list[str]:
        """What has to be set up before anything can be registered."""
        needed = {"the stages of the customer's journey": self.journey.stages, "the departments": self.departments}
        return [what for what, there in needed.items() if not there]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a new initiative begins: with words, from a message, from the Home tab."""

    text: str = ""
    link: str = ""
    at_home: bool = False


def register(app: App) -> None:
    """Listen to the shortcuts and the button."""
    app.shortcut(Shortcut.REGISTER)(open_form)
    app.shortcut(Shortcut.FROM_MESSAGE)(open_form_from_message)
    app.action(Action.INITIATIVE_NEW)(open_form)


def start(call: Call) -> None:
    """`/cx new`, with or without words."""
    view_id = hold_place(call.client, call.body, TITLE)
    _fill(call.client, view_id, call.registers, call.actor, call.encoder, Origin(call.text))


def open_form(
    ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person, encoder: Encoder
) -> None:
    """The empty form."""
    ack()
    at_home = (body.get("view") or {}).get("type") == "home"
    _fill(client, hold_place(client, body, TITLE), registers, actor, encoder, Origin(at_home=at_home))


def open_form_from_message(
    ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person, encoder: Encoder
) -> None:
    """The form with a message's text and its address."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        names = _slack_names(register)
    text = as_seen(body["message"].get("text") or "", names)
    _fill(client, view_id, registers, actor, encoder, Origin(text, _address(client, body)))


def _slack_names(register: Register) -> dict[str, str]:
    people = {person.slack_id: person.name for person in register.people.all() if person.slack_id}
    channels = (department.channel for department in register.departments.all())
    return {**people, **{channel.id: channel.name for channel in channels if channel and channel.id}}


def _address(client: WebClient, body: Mapping[str, Any]) -> str:
    """The message's address; none where the conversation is closed to us."""
    try:
        found = client.chat_getPermalink(channel=body["channel"]["id"], message_ts=body["message"]["ts"])
    except SlackApiError:
        return ""
    return str(found["permalink"])


def from_text(text: str) -> Filled:
    """A short line is a title; anything longer is the problem, and its first sentence the title."""
    text = clean(text)
    if len(text) <= TITLE_TYPED and "\n" not in text:
        return Filled(title=one_line(text))
    first = _SENTENCE.split(text[: TITLE_TYPED * 4].splitlines()[0], maxsplit=1)[0]
    return Filled(title=clip(one_line(first).rstrip("."), TITLE_TYPED), problem=text[:PROBLEM_MAX])


def _fill(
    client: WebClient,
    view_id: str,
    registers: Registers,
    actor: Person,
    encoder: Encoder,
    origin: Origin,
) -> None:
    with registers.reading() as register:
        choices = Choices.of(register)
    client.views_update(view_id=view_id, view=_view(choices, actor, encoder, origin))


def _view(choices: Choices, actor: Person, encoder: Encoder, origin: Origin) -> View:
    text = clean(origin.text)
    if choices.missing:
        return unready_modal(choices.missing, choices.steward, clip(text, PROBLEM_MAX))
    filled = from_text(text)
    stages = suggest_stages(choices.journey, encoder, text_of(filled.title, filled.problem))
    filled = Filled(filled.title, filled.problem, tuple(stage.id for stage in stages))
    turn = Turn(
        link=origin.link,
        at_home=origin.at_home,
        asks_department=actor.department is None,
        suggested=bool(stages),
    )
    notice = TOO_LONG if len(text) > PROBLEM_MAX else ""
    return register_form(filled, choices.journey, choices.departments, turn, notice=notice)


COMMANDS = (Subcommand("new", "new [a few words]", "Register an initiative", start),)
