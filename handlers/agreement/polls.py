"""Answering polls of any kind, ending them, and looking at what came of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.agreement.hub import hub
from handlers.agreement.kinds import KINDS
from handlers.answering import answer, hold_place
from handlers.carrying import carried, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.ids import Action, Modal
from handlers.views.agreement.forms import AnswerNote
from handlers.views.agreement.questions import thanks_words
from handlers.views.loading import told_modal
from handlers.views.text import Message, paragraph
from planning.agreement import answering
from planning.agreement.closing import call_off, check_reader, close_now
from planning.errors import AlreadyDone, NotFound
from planning.register import Register, Registers
from planning.similarity import Encoder
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

TITLE = "Agreement"
Clock = Callable[[], datetime]


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(Action.POLL_ANSWER)(press_answer)
    app.view(Modal.POLL_ANSWER)(submit_answer)
    app.action(Action.POLL_CLOSE)(press_close)
    app.action(Action.POLL_CALL_OFF)(press_call_off)
    app.action(Action.POLL_RESULT)(press_result)


def press_answer(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form with the person's own earlier answer."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        invitation = answering.own_invitation(register, id_carried(action["value"]), actor)
        poll = register.polls.by_id(invitation.poll)
        if not poll.open:
            raise AlreadyDone("This round is closed; answers are no longer taken. “/cx agree” shows what is open.")
        view = KINDS[poll.kind].form(register, poll, invitation)
    client.views_update(view_id=view_id, view=view)


def submit_answer(ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Clock) -> None:
    """Keep the answer; what is refused because the round has closed stays in the form."""
    id = carried(AnswerNote, view["private_metadata"]).invitation
    try:
        with registers.writing() as register:
            poll = register.polls.by_id(register.polls.invitation(id).poll)
            answering.answer(register, id, KINDS[poll.kind].answer(register, poll, view), actor, now())
            title = KINDS[poll.kind].wording(register, poll).title
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=told_modal(title, [paragraph(thanks_words(poll, actor.zone))], "Done"))


def press_close(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Clock,
    encoder: Encoder,
    respond: Respond,
) -> None:
    """Close it before its time, and show what came of it."""
    with registers.writing() as register:
        close_now(register, id_carried(action["value"]), encoder, actor, now())
    ack()
    with registers.reading() as register:
        shown = _result(register, id_carried(action["value"]), actor)
    answer(client, body, respond, shown, TITLE, replace=True)


def press_call_off(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Clock,
    respond: Respond,
) -> None:
    """End it without a result."""
    with registers.writing() as register:
        call_off(register, id_carried(action["value"]), actor, now())
    ack()
    with registers.reading() as register:
        shown = hub(register, actor, now())
    answer(client, body, respond, shown, TITLE, replace=True)


def press_result(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    respond: Respond,
) -> None:
    """What came of a poll, for one pair of eyes."""
    ack()
    check_reader(actor)
    with registers.reading() as register:
        shown = _result(register, id_carried(action["value"]), actor)
    answer(client, body, respond, shown, TITLE)


def _result(register: Register, id: int, reader: Person) -> Message:
    poll = register.polls.by_id(id)
    if poll.result is None:
        raise NotFound("There is nothing to show: it is still open, or was called off.")
    return KINDS[poll.kind].result(register, poll, may(reader, Right.RUN_AGREEMENT))
