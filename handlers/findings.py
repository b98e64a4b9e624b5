"""The card of an overlap, and the buttons that need no word more."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer, is_private
from handlers.carrying import id_carried
from handlers.ids import Action
from handlers.views.findings import overlap_card
from handlers.views.names import Names
from handlers.views.text import Message
from planning.findings.concerning import concerned, may_decide, whom_to_ask
from planning.findings.handing import take_back
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding
from planning.plans.party import GROUP_MAX
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Overlap"
Clock = Callable[[], datetime]
Deed = Callable[[Register, int, Person, datetime], tuple[Finding, str]]
"""Does it, and gives what stands then, with a word for whoever came too late."""


def register(app: App) -> None:
    """Listen to the buttons of the card, and to the one of a list that opens it."""
    for button, deed in DEEDS.items():
        app.action(button)(doing(deed))
    app.action(Action.OVERLAP_SHOW)(show_overlap)


def doing(deed: Deed) -> Callable[..., None]:
    """The listener of one button."""

    def press(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
        respond: Respond,
    ) -> None:
        with registers.writing() as register:
            finding, late = deed(register, id_carried(action["value"]), actor, now())
            card = overlap_of(register, finding, actor, now(), late)
        ack()
        _show_in_place(client, body, card, respond, told=bool(late))

    return press


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
        card = overlap_of(register, register.findings.by_id(id_carried(action["value"])), actor, now())
    answer(client, body, respond, card, TITLE)


def overlap_of(register: Register, finding: Finding, actor: Person, now: datetime, late: str = "") -> Message:
    """The card as the actor sees it."""
    members = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    ask = "" if may_decide(register, finding, actor) else whom_to_ask(register, finding)
    return overlap_card(
        finding, members, Names.of(register), now, ask=ask, asked=asked_together(register, finding), late=late
    )


def asked_together(register: Register, finding: Finding) -> list[str]:
    """The names of those whom planning together brings into one conversation."""
    return [person.name for person in concerned(register, finding) if person.slack_id][:GROUP_MAX]


def _deciding(choice: Choice) -> Deed:
    def deed(register: Register, id: int, actor: Person, now: datetime) -> tuple[Finding, str]:
        said = decide(register, id, choice, actor, now)
        return said.finding, said.late

    return deed


def _undo(register: Register, id: int, actor: Person, now: datetime) -> tuple[Finding, str]:
    return undo(register, id, actor, now), ""


def _take_back(register: Register, id: int, actor: Person, now: datetime) -> tuple[Finding, str]:
    return take_back(register, id, actor, now), ""


DEEDS: Mapping[Action, Deed] = {
    Action.OVERLAP_PLAN: _deciding(Choice.PLAN),
    Action.OVERLAP_COORDINATE: _deciding(Choice.COORDINATE),
    Action.OVERLAP_DIFFERENT: _deciding(Choice.DIFFERENT),
    Action.OVERLAP_UNDO: _undo,
    Action.OVERLAP_TAKE_BACK: _take_back,
}


def _show_in_place(client: WebClient, body: Mapping[str, Any], card: Message, respond: Respond, *, told: bool) -> None:
    """A private copy is not in the outbox, so it is replaced here; the cards of the others follow by themselves.

    Who came too late is told in any case: privately, beside the card.
    """
    if told or is_private(body):
        answer(client, body, respond, card, TITLE, replace=True)
