"""What an initiative plans: contacts, effects on metrics, requests, and the customer problem that it serves."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import answer, hold_place
from handlers.carrying import carried, id_carried
from handlers.forms import field_errors
from handlers.ids import Action, Modal
from handlers.initiatives.editing import Subject
from handlers.initiatives.planned_forms import ContactForm, EffectForm, RequestForm, ServesForm
from handlers.keeping import fitted, refuse
from handlers.views.editing import EditNote
from handlers.views.initiatives import saved_modal
from handlers.views.names import Names
from handlers.views.planned import PlannedStep, planned_removed, planned_restored
from handlers.views.planned_forms import contact_form, effect_form, request_form, serves_form
from planning.errors import FieldError
from planning.initiatives.planned import add_planned, remove_planned, serve
from planning.initiatives.values import Initiative
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Initiative"
FormView = Callable[[Initiative, Names], View]
Keep = Callable[[Register, int, dict[str, Any], Person, datetime], Initiative]
"""Reads a submitted view and keeps what it says of an initiative; raises ValidationError and FieldError."""

BLOCKS: Mapping[str, str] = {"contacts": "segment", "effects": "metric", "requests": "pool"}
"""Where a fault of a draft's field is shown in the form of one of them."""


def register(app: App) -> None:
    """Listen to the buttons and the forms."""
    for button, form, modal, keep in FORMS:
        app.action(button)(opener(form))
        app.view(modal)(keeper(keep))
    app.action(Action.INITIATIVE_REMOVE_PLANNED)(press_remove)
    app.action(Action.INITIATIVE_RESTORE_PLANNED)(press_restore)


def opener(form: FormView) -> Callable[..., None]:
    """The listener of the button that opens a form."""

    def press_open(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
    ) -> None:
        ack()
        view_id = hold_place(client, body, TITLE)
        with registers.reading() as register:
            subject = Subject.of(register, id_carried(action["value"]), actor)
            names = Names.of(register)
        client.views_update(view_id=view_id, view=form(subject.initiative, names))

    return press_open


def keeper(keep: Keep) -> Callable[..., None]:
    """The listener of a form that was sent."""

    def submit_planned(
        ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
    ) -> None:
        note = carried(EditNote, view["private_metadata"])
        try:
            with registers.writing() as register:
                initiative = keep(register, note.initiative, view, actor, now())
                names = Names.of(register)
        except ValidationError as error:
            ack(response_action="errors", errors=field_errors(error))
        except FieldError as error:
            refuse(ack, view, FieldError({BLOCKS.get(field, field): told for field, told in error.errors.items()}))
        else:
            ack(response_action="update", view=fitted(saved_modal(initiative, names, (), "").to_dict()))

    return submit_planned


def press_remove(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Take back what stands on the line."""
    step = carried(PlannedStep, action["value"])
    with registers.writing() as register:
        initiative = remove_planned(register, step.initiative, step.planned, actor, now())
        message = planned_removed(initiative, step, Names.of(register))
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def press_restore(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Plan again what was just removed."""
    step = carried(PlannedStep, action["value"])
    with registers.writing() as register:
        initiative = add_planned(register, step.initiative, step.planned, actor, now())
        message = planned_restored(initiative, step, Names.of(register))
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def _keep_planned(form: type[ContactForm | EffectForm | RequestForm]) -> Keep:
    def keep(register: Register, id: int, view: dict[str, Any], actor: Person, now: datetime) -> Initiative:
        return add_planned(register, id, form.parse(view).planned, actor, now)

    return keep


def _keep_serving(register: Register, id: int, view: dict[str, Any], actor: Person, now: datetime) -> Initiative:
    form = ServesForm.parse(view)
    return serve(register, id, form.serves, form.supplies, actor, now)


FORMS: tuple[tuple[Action, FormView, Modal, Keep], ...] = (
    (Action.INITIATIVE_ADD_CONTACT, contact_form, Modal.CONTACT, _keep_planned(ContactForm)),
    (Action.INITIATIVE_ADD_EFFECT, effect_form, Modal.EFFECT, _keep_planned(EffectForm)),
    (Action.INITIATIVE_ADD_REQUEST, request_form, Modal.REQUEST, _keep_planned(RequestForm)),
    (Action.INITIATIVE_SERVE, serves_form, Modal.SERVES, _keep_serving),
)
