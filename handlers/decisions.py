"""Decisions of executives: their buttons in the digest and on a card, and whom they delegate to."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from handlers.answering import answer, hold_place, is_private
from handlers.carrying import id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.ids import Action, Modal
from handlers.setup.people import met
from handlers.views.decisions import (
    OUTDATED,
    Standing,
    Standings,
    decision_card,
    delegate_form,
    delegated_view,
    proposal_sentence,
)
from handlers.views.text import Message
from planning.decisions.asking import still_asked
from planning.decisions.ruling import approve, check_may_rule, decline, delegate, does_not_fit
from planning.decisions.telling import what_became
from planning.decisions.undoing import may_undo, undo_ruling
from planning.decisions.values import Decision
from planning.digests.deciding import read_decision
from planning.digests.values import Digest
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Decision"
Clock = Callable[[], datetime]
RULINGS: Mapping[Action, Callable[[Register, int, Person, datetime], Decision]] = {
    Action.DECISION_APPROVE: approve,
    Action.DECISION_DECLINE: decline,
    Action.DECISION_UNDO: undo_ruling,
}


class DelegateForm(Form):
    """Who decides it; a Slack user id."""

    person: str


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    for button in RULINGS:
        app.action(button)(ruler(button))
    app.action(Action.DECISION_SHOW)(show_decision)
    app.action(Action.DECISION_DELEGATE)(press_delegate)
    app.view(Modal.DELEGATE)(submit_delegate)


def ruler(button: Action) -> Callable[..., None]:
    """The listener of a button that needs no form; the digest that it stands in is drawn again by itself."""

    def rule(
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
            decision = RULINGS[button](register, id_carried(action["value"]), actor, now())
            card = _card(register, decision, now())
        ack()
        if is_private(body):
            answer(client, body, respond, card, TITLE, replace=True)

    return rule


def show_decision(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """The decision for one pair of eyes."""
    ack()
    with registers.reading() as register:
        check_may_rule(register, actor)
        card = _card(register, register.decisions.by_id(id_carried(action["value"])), now())
    answer(client, body, respond, card, TITLE)


def press_delegate(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Clock,
) -> None:
    """The form that asks who."""
    ack()
    view_id = hold_place(client, body, "Delegate")
    with registers.reading() as register:
        check_may_rule(register, actor)
        decision = register.decisions.by_id(id_carried(action["value"]))
        form = delegate_form(decision.id, read_decision(register, decision, now()).sentence)
    client.views_update(view_id=view_id, view=form)


def submit_delegate(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Clock,
) -> None:
    """Ask that person to decide it; bots and people of elsewhere are refused at the field."""
    try:
        (person,) = met([DelegateForm.parse(view).person], "person", client, registers, context)
        with registers.writing() as register:
            delegate(register, id_carried(view["private_metadata"]), person, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=delegated_view(person.name))


def standings_of(register: Register, digest: Digest, now: datetime) -> Standings:
    """How the decisions of a digest stand now."""
    ids = [one.decision for one in digest.decisions if one.decision is not None]
    return {id: standing_of(register, register.decisions.by_id(id), now) for id in ids}


def standing_of(register: Register, decision: Decision, now: datetime) -> Standing:
    """What became of a decision; while it is asked for, what is proposed."""
    if still_asked(register, decision, now) is None:
        became = what_became(register, decision, register.findings.by_id(decision.finding), now)
        return Standing(f"{became[0].upper()}{became[1:]}", may_undo(decision, now))
    if does_not_fit(register, decision):
        return Standing(proposed=OUTDATED)
    proposal = register.proposals.by_id(decision.proposal) if decision.proposal is not None else None
    return Standing(proposed=proposal_sentence(proposal))


def _card(register: Register, decision: Decision, now: datetime) -> Message:
    return decision_card(read_decision(register, decision, now), standing_of(register, decision, now))
