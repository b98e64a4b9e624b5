"""The form of executives and stewards, and making known whom a form of the settings names."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.context import meet, tenant_of
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged
from handlers.views.roles import roles_form
from handlers.views.setup import saved_settings
from planning.errors import FieldError, NotAllowed
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward, save_roles
from planning.workspace.rights import Right, Who, among
from planning.workspace.values import Person

CHANGES = ("person.roles", "person.steward")
"""Under these the audit log has who was given a role."""


class RolesForm(Form):
    """What was filled in; Slack ids."""

    executives: tuple[str, ...] = ()
    stewards: tuple[str, ...] = ()


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_ROLES)(press_roles)
    app.view(Modal.ROLES)(submit_roles)


def press_roles(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """Who has which role now."""
    ack()
    view_id = hold_place(client, body, "People")
    with registers.reading() as register:
        check_steward(register, actor, Right.NAME_ROLES)
        form = _form(register)
    client.views_update(view_id=view_id, view=form)


def submit_roles(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save who has which role."""
    try:
        form = RolesForm.parse(view)
        executives = met(form.executives, "executives", client, registers, context)
        stewards = met(form.stewards, "stewards", client, registers, context)
        with registers.writing() as register:
            check_steward(register, actor, Right.NAME_ROLES)
            check_unchanged(register, view, _form(register), CHANGES, actor)
            save_roles(register, executives or _absent(register), stewards, actor, now())
            missing = read_settings(register).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=saved_settings("Executives and stewards are saved.", missing))
    publish_home(client, registers, actor, now())


def met(
    slack_ids: Sequence[str], field: str, client: WebClient, registers: Registers, context: BoltContext
) -> list[Person]:
    """The people of a field, made known where they are new; who cannot take part is told at the field."""
    tenant = tenant_of(context)
    try:
        return [meet(client, registers, slack_id, tenant) for slack_id in slack_ids]
    except NotAllowed as error:
        raise FieldError({field: str(error)}) from error


def _form(register: Register) -> View:
    return roles_form(_holders(register, Who.EXECUTIVE), _holders(register, Who.STEWARD))


def _holders(register: Register, who: Who) -> list[Person]:
    return among(register.people.all(), who)


def _absent(register: Register) -> list[Person]:
    """Executives whom Slack's menu cannot show stay until somebody is chosen."""
    return [person for person in _holders(register, Who.EXECUTIVE) if not person.slack_id]
