"""Planned contacts of an initiative."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer, hold_place
from handlers.forms import ContactForm, field_errors
from handlers.ids import Action, Modal
from handlers.initiatives.editing import Subject
from handlers.keeping import fitted, refuse
from handlers.views.contacts import ContactStep, contact_removed, contact_restored
from handlers.views.editing import EditNote, contact_form
from handlers.views.initiatives import saved_modal
from handlers.views.names import Names
from planning.errors import FieldError
from planning.initiatives.changing import add_contact, remove_contact
from planning.register import Registers
from planning.workspace.values import Person

TITLE = "Planned contact"


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(Action.INITIATIVE_ADD_CONTACT)(press_add_contact)
    app.view(Modal.CONTACT)(submit_contact)
    app.action(Action.INITIATIVE_REMOVE_CONTACT)(press_remove_contact)
    app.action(Action.INITIATIVE_RESTORE_CONTACT)(press_restore_contact)


def press_add_contact(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form of a planned contact."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        subject = Subject.of(register, int(action["value"]), actor)
    client.views_update(view_id=view_id, view=contact_form(subject.initiative, subject.journey))


def submit_contact(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Plan the contact."""
    note = EditNote.model_validate_json(view["private_metadata"])
    try:
        contact = ContactForm.parse(view).contact
    except ValidationError as error:
        ack(response_action="errors", errors=field_errors(error))
        return
    try:
        with registers.writing() as register:
            initiative = add_contact(register, note.initiative, contact, actor, now())
            names = Names.of(register)
    except FieldError as error:
        refuse(ack, view, error)
        return
    ack(response_action="update", view=fitted(saved_modal(initiative, names, (), "").to_dict()))


def press_remove_contact(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Take the contact of the line back."""
    ack()
    step = ContactStep.model_validate_json(action["value"])
    with registers.writing() as register:
        initiative = remove_contact(register, step.initiative, step.contact, actor, now())
        message = contact_removed(initiative, step, Names.of(register))
    answer(client, body, respond, message, TITLE, replace=True)


def press_restore_contact(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Plan the contact again that was just removed."""
    ack()
    step = ContactStep.model_validate_json(action["value"])
    with registers.writing() as register:
        initiative = add_contact(register, step.initiative, step.contact, actor, now())
        message = contact_restored(initiative, step, Names.of(register))
    answer(client, body, respond, message, TITLE, replace=True)
