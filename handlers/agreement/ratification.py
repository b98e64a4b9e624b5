"""Asking the departments to agree to the journey, their answers, and the steward's last word."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer, hold_place, is_private
from handlers.carrying import carried, id_carried
from handlers.forms import state_of
from handlers.ids import Action, Modal
from handlers.keeping import fitted, keep_form, refuse
from handlers.views.agreement.ratification import Asked, asked_message, ratification_card
from handlers.views.agreement.ratification_forms import (
    AGREE,
    OBJECT,
    OBJECT_WORDS,
    RatifyNote,
    StancesNote,
    ratify_form,
    stances_form,
)
from handlers.views.agreement.standing import standing_words
from handlers.views.loading import told_modal
from handlers.views.text import Message, paragraph
from planning.agreement.consulting import ask_departments
from planning.agreement.ratifying import (
    Unread,
    check_may_answer,
    check_ratifiable,
    newest_tally,
    ratified_line,
    ratify,
    take_stances,
    tally_of,
)
from planning.agreement.tallying import Tally
from planning.errors import FieldError
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.rights import Right
from planning.workspace.values import Person

TITLE = "Ratification"
ANSWERED_MEANWHILE = "Not ratified yet: somebody has answered meanwhile. This is how it stands now."


def register(app: App) -> None:
    """Listen to the buttons and forms."""
    app.action(Action.RATIFICATION_ASK)(press_ask)
    app.action(Action.RATIFICATION_AGREE)(press_agree)
    app.action(Action.RATIFICATION_ANSWER)(press_answer)
    app.view(Modal.STANCES)(submit_stances)
    app.action(Action.RATIFICATION_RATIFY)(press_ratify)
    app.view(Modal.RATIFY)(submit_ratify)


def press_ask(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """Every lead who has not been asked yet gets a card."""
    with registers.writing() as register:
        asked = ask_departments(register, actor, now())
    ack()
    answer(client, body, respond, asked_message(asked.leads, asked.nobody), TITLE)


def press_agree(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """The department agrees to every stage."""
    asked = carried(Asked, action["value"])
    with registers.writing() as register:
        standing = take_stances(register, asked.ratification, asked.department, {}, actor, now(), asked.read_until)
    ack()
    if is_private(body):
        answer(client, body, respond, ratification_card(standing, asked.department), TITLE, replace=True)


def press_answer(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form that asks stage by stage, as the department answered before."""
    ack()
    asked = carried(Asked, action["value"])
    view_id = hold_place(client, body, "Stage by stage")
    with registers.reading() as register:
        ratification = register.ratifications.by_id(asked.ratification)
        check_may_answer(register, ratification, asked.department, actor)
        said = register.ratifications.stances(ratification.id)
        name = register.departments.by_id(asked.department).name
    client.views_update(view_id=view_id, view=stances_form(ratification, asked.department, name, said))


def submit_stances(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Note what the department says to each stage."""
    asked = carried(StancesNote, view["private_metadata"])
    try:
        with registers.writing() as register:
            reasons, seen = reasons_of(view), asked.read_until
            standing = take_stances(register, asked.ratification, asked.department, reasons, actor, now(), seen)
    except FieldError as error:
        refuse(ack, view, error)
        return
    except Unread as unread:
        ack(response_action="update", view=_again(view, asked, unread))
        return
    ack(response_action="update", view=told_modal("Noted", [paragraph(_noted(standing, asked.department))], "Done"))


def press_ratify(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """How it stands, for the steward to think once more."""
    ack()
    view_id = hold_place(client, body, "Ratify the journey")
    with registers.reading() as register:
        check_steward(register, actor, Right.RUN_AGREEMENT)
        standing = tally_of(register, register.ratifications.by_id(id_carried(action["value"])))
        check_ratifiable(standing)
    client.views_update(view_id=view_id, view=ratify_form(standing))


def submit_ratify(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Ratify what the steward has seen; what was said meanwhile is shown first. Sent twice it is ratified once."""
    note = carried(RatifyNote, view["private_metadata"])
    with registers.writing() as register:
        check_steward(register, actor, Right.RUN_AGREEMENT)
        standing = _said_since(register, note)
        if standing is None:
            ratify(register, note.ratification, note.read_until, actor, now())
        told = ratified_line(register, newest_tally(register))
    if standing is not None:
        ack(response_action="update", view=fitted(ratify_form(standing, ANSWERED_MEANWHILE).to_dict()))
    else:
        ack(response_action="update", view=told_modal("Ratified", [paragraph(told)], "Done"))


def draw_card(register: Register, ratification: int, department: int) -> Message:
    """The card of one department as it is now."""
    return ratification_card(tally_of(register, register.ratifications.by_id(ratification)), department)


def reasons_of(view: Mapping[str, Any]) -> dict[int, str | None]:
    """Stage id → why the department objects, None where it agrees. Raises FieldError where the two do not fit."""
    state = state_of(view)
    stages = [int(name.removeprefix("stance_")) for name in state if name.startswith("stance_")]
    faults = dict(fault for stage in stages if (fault := _fault(state, stage)))
    if faults:
        raise FieldError(faults)
    return {id: str(state.get(f"reason_{id}") or "") if state[f"stance_{id}"] == OBJECT else None for id in stages}


def _fault(state: Mapping[str, Any], stage: int) -> tuple[str, str] | None:
    said, why = state[f"stance_{stage}"], state.get(f"reason_{stage}")
    if said is None:
        return f"stance_{stage}", "Please choose one."
    return (f"reason_{stage}", f"Choose “{OBJECT_WORDS}” above, or take this out.") if why and said == AGREE else None


def _again(view: Mapping[str, Any], asked: StancesNote, unread: Unread) -> dict[str, Any]:
    """The form with all that was typed and what another lead has said; sent once more it takes its place."""
    told = f"Not noted yet. {unread.told} Talk to each other, or send yours again to have it in the place of theirs."
    read = asked.model_copy(update={"read_until": unread.until})
    return {**keep_form(view, told), "private_metadata": read.model_dump_json()}


def _said_since(register: Register, note: RatifyNote) -> Tally | None:
    """How it stands when somebody has answered since the steward looked, while that still matters."""
    standing = tally_of(register, register.ratifications.by_id(note.ratification, lock=True))
    return standing if standing.ratification.closed_at is None and standing.last_at != note.read_until else None


def _noted(standing: Tally, department: int) -> str:
    own = next((one for one in standing.departments if one.id == department), None)
    objects = own is not None and own.objections
    said = "Your objections are noted, and all departments see them." if objects else "Your department agrees."
    return f"{said} You can change this until the journey is ratified. {standing_words(standing)}"
