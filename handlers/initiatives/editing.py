"""The full form of an initiative."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried
from handlers.commands import Call, Subcommand
from handlers.context import meet, tenant_of
from handlers.faults import FAULTS, answer_fault
from handlers.forms import EditForm
from handlers.ids import Action, Modal
from handlers.initiatives.telling import nudge
from handlers.keeping import fitted
from handlers.patience import InTime, in_place
from handlers.references import split_reference
from handlers.views.editing import EditNote, edit_form
from handlers.views.initiatives import saved_modal
from handlers.views.names import Names
from planning.errors import FieldError, NotAllowed
from planning.initiatives.changing import amend, may_change, who_may_change
from planning.initiatives.values import Draft, Initiative
from planning.journey.values import Journey
from planning.register import Register, Registers
from planning.similarity import Encoder, text_of
from planning.workspace.values import Person

MENUS = frozenset({"stages", "department", "segments", "touchpoints"})
"""Fields whose options may have changed since the form was opened."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The initiative of a form, with what the form offers."""

    initiative: Initiative
    journey: Journey
    departments: Mapping[int, str]
    owner: Person | None

    @classmethod
    def of(cls, register: Register, id: int, actor: Person) -> "Subject":
        """Read what the form needs; raises NotAllowed unless the person may change it."""
        initiative = register.initiatives.by_id(id)
        if not may_change(initiative, actor):
            raise NotAllowed(who_may_change(register, initiative))
        departments = {department.id: department.name for department in register.departments.all()}
        owner = register.people.by_id(initiative.draft.owner) if initiative.draft.owner is not None else None
        return cls(initiative, register.journeys.current(), departments, owner)

    def form(self, draft: Draft, edition: int = 0, notice: str = "") -> View:
        """The full form, filled with the draft."""
        return edit_form(self.initiative, draft, self.journey, self.departments, self.owner, edition, notice)


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.INITIATIVE_EDIT)(press_edit)
    app.view(Modal.EDIT)(submit_edit)


def edit(call: Call) -> None:
    """`/cx edit CX-12`."""
    id, _ = split_reference(call.text, "edit")
    _open(call.client, call.body, call.registers, call.actor, id)


def press_edit(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The full form."""
    ack()
    _open(client, body, registers, actor, id_carried(action["value"]))


def submit_edit(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    encoder: Encoder,
    in_time: InTime = in_place,
) -> None:
    """Save what was changed."""
    note = carried(EditNote, view["private_metadata"])

    def save(say: Callable[..., object]) -> None:
        try:
            form = EditForm.parse(view)
            owner = _owner(form, client, registers, context)
            shown = _saved_or_again(form, note, owner, registers, actor, now(), encoder)
        except FAULTS as error:
            answer_fault(say, view, error)
        else:
            say(response_action="update", view=fitted(shown.to_dict()))

    in_time(ack, client, view, save)


def _open(client: WebClient, body: dict[str, Any], registers: Registers, actor: Person, id: int) -> None:
    view_id = hold_place(client, body, f"Edit CX-{id}")
    with registers.reading() as register:
        subject = Subject.of(register, id, actor)
    client.views_update(view_id=view_id, view=subject.form(subject.initiative.draft))


def _owner(form: EditForm, client: WebClient, registers: Registers, context: BoltContext) -> Person | None:
    try:
        return meet(client, registers, form.owner, tenant_of(context)) if form.owner else None
    except NotAllowed as error:
        raise FieldError({"owner": str(error)}) from error


def _saved_or_again(
    form: EditForm,
    note: EditNote,
    owner: Person | None,
    registers: Registers,
    actor: Person,
    now: datetime,
    encoder: Encoder,
) -> View:
    """The word after saving; where a menu is out of date, the form with fresh ones."""
    try:
        return _amended(form, note, owner, registers, actor, now, encoder)
    except FieldError as error:
        if not MENUS & error.errors.keys():
            raise
        return _with_fresh_menus(form, note, owner, registers, actor, error)


def _amended(
    form: EditForm,
    note: EditNote,
    owner: Person | None,
    registers: Registers,
    actor: Person,
    now: datetime,
    encoder: Encoder,
) -> View:
    vector = encoder.encode([text_of(form.title, form.problem)])[0]
    with registers.writing() as register:
        subject = Subject.of(register, note.initiative, actor)
        draft = form.draft(subject.initiative, _owner_id(subject, owner), note)
        initiative = amend(register, note.initiative, draft, vector, actor, now)
        names = Names.of(register)
    return saved_modal(initiative, names, (), nudge(initiative.draft))


def _owner_id(subject: Subject, owner: Person | None) -> int | None:
    """The chosen person; an owner whom Slack's menu cannot show stays when nobody is chosen."""
    if owner is None and subject.owner is not None and subject.owner.slack_id is None:
        return subject.owner.id
    return owner.id if owner else None


def _with_fresh_menus(
    form: EditForm, note: EditNote, owner: Person | None, registers: Registers, actor: Person, error: FieldError
) -> View:
    """The form as it was filled in, with the choices that are there now."""
    with registers.reading() as register:
        subject = Subject.of(register, note.initiative, actor)
    draft = form.draft(subject.initiative, _owner_id(subject, owner), note)
    again = Subject(subject.initiative, subject.journey, subject.departments, owner or subject.owner)
    return again.form(draft, note.edition + 1, f"Not saved yet. {error}")


COMMANDS = (Subcommand("edit", "edit CX-12", "Change anything about it", edit),)
