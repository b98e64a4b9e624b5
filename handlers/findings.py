"""The card of an overlap and its buttons."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.ids import Action
from handlers.views.findings import overlap_card
from handlers.views.names import Names
from handlers.views.text import Message
from planning.findings.settling import decide, may_decide, undo, whom_to_ask
from planning.findings.values import Choice, Finding
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Overlap"
Clock = Callable[[], datetime]

CHOICES: Mapping[Action, Choice] = {
    Action.OVERLAP_PLAN: Choice.PLAN,
    Action.OVERLAP_COORDINATE: Choice.COORDINATE,
    Action.OVERLAP_DIFFERENT: Choice.DIFFERENT,
    Action.OVERLAP_SNOOZE: Choice.SNOOZE,
}


def register(app: App) -> None:
    """Listen to the buttons of the card, and to the one of a list that opens it."""
    for button, choice in CHOICES.items():
        app.action(button)(decider(choice))
    app.action(Action.OVERLAP_UNDO)(undo_verdict)
    app.action(Action.OVERLAP_SHOW)(show_overlap)


def decider(choice: Choice) -> Callable[..., None]:
    """The listener of one verdict's button."""

    def decide_overlap(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
        respond: Respond,
    ) -> None:
        ack()
        with registers.writing() as register:
            finding = decide(register, int(action["value"]), choice, actor, now())
            card = _card(register, finding, actor, now())
        _show_in_place(client, body, card, respond)

    return decide_overlap


def undo_verdict(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """Take a verdict back."""
    ack()
    with registers.writing() as register:
        finding = undo(register, int(action["value"]), actor, now())
        card = _card(register, finding, actor, now())
    _show_in_place(client, body, card, respond)


def show_overlap(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """The card of one overlap of a list, for one pair of eyes."""
    ack()
    with registers.reading() as register:
        card = _card(register, register.findings.by_id(int(action["value"])), actor, now())
    answer(client, body, respond, card, TITLE)


def _card(register: Register, finding: Finding, actor: Person, now: datetime) -> Message:
    members = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    ask = "" if may_decide(register, finding, actor) else whom_to_ask(register, finding)
    return overlap_card(finding, members, Names.of(register), now, ask=ask)


def _show_in_place(client: WebClient, body: Mapping[str, Any], card: Message, respond: Respond) -> None:
    """A private copy is not in the outbox, so it is replaced here; the cards of the others follow by themselves."""
    if body.get("view") or body.get("container", {}).get("is_ephemeral"):
        answer(client, body, respond, card, TITLE, replace=True)
