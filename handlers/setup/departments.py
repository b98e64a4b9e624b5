"""The form of a department."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, Line
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged
from handlers.setup.people import met
from handlers.views.setup import DepartmentNote, department_form, saved_settings
from planning.errors import FieldError
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward, save_department
from planning.workspace.rights import Right
from planning.workspace.values import AlertsTo, Channel, Person


class DepartmentForm(Form):
    """What was filled in; Slack ids."""

    name: Line = ""
    leads: tuple[str, ...] = ()
    channel: str | None = None
    alerts_to: AlertsTo = AlertsTo.LEADS


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(Action.SETUP_DEPARTMENT)(press_department)
    app.action(Action.SETUP_DEPARTMENT_PICK)(press_department)
    app.view(Modal.DEPARTMENT)(submit_department)


def press_department(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form of a new department, or of the one chosen."""
    ack()
    view_id = hold_place(client, body, "Department")
    chosen = action.get("selected_option")
    with registers.reading() as register:
        check_steward(register, actor, Right.NAME_ROLES)
        form = _form(register, id_carried(chosen["value"]) if chosen else None)
    client.views_update(view_id=view_id, view=form)


def submit_department(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save the department."""
    note = carried(DepartmentNote, view["private_metadata"])
    try:
        form = DepartmentForm.parse(view)
        leads = met(form.leads, "leads", client, registers, context)
        channel = channel_of_ours(client, form.channel) if form.channel else None
        with registers.writing() as register:
            _check_unchanged(register, note.department, view, actor)
            kept = leads or _absent(register, note.department)
            saved = save_department(register, note.department, form.name, kept, channel, form.alerts_to, actor, now())
            settings = read_settings(register)
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=saved_settings(f"{saved.name} is saved.", settings.missing))
    publish_home(client, registers, actor, now())


def channel_of_ours(client: WebClient, channel_id: str) -> Channel:
    """The channel with its name; refused when we cannot see it, or when people of other companies are in it."""
    try:
        found = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        if error.response.get("error") != "channel_not_found":
            raise
        raise FieldError({"channel": "Concord cannot see that channel. Invite it there, then save again."}) from error
    if found.get("is_ext_shared"):
        raise FieldError({"channel": "People of another company are in that channel; choose one of your own."})
    if found.get("is_member") is False:
        raise FieldError({"channel": "Concord is not in that channel. Type /invite @Concord there, then save again."})
    return Channel(str(found.get("name") or channel_id), channel_id)


def _form(register: Register, id: int | None) -> View:
    return department_form(register.departments.by_id(id), _leads(register, id)) if id else department_form(None, [])


def _check_unchanged(register: Register, id: int | None, view: dict[str, Any], actor: Person) -> None:
    check_steward(register, actor, Right.NAME_ROLES)
    if id is not None:
        check_unchanged(register, view, _form(register, id), (f"department:{id}", "person.roles"), actor)


def _leads(register: Register, department: int) -> list[Person]:
    return [person for person in register.people.all() if person.leads(department)]


def _absent(register: Register, department: int | None) -> list[Person]:
    """Leads whom Slack's menu cannot show stay until somebody is chosen."""
    return [person for person in _leads(register, department) if not person.slack_id] if department else []
