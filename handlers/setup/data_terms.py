"""For how long things are kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged
from handlers.views.data_terms import TITLE, data_form, saved_terms
from handlers.views.setup import saved_settings
from planning.data.keeping import days_kept, save_terms
from planning.data.values import Kept
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


class DataForm(Form):
    """What was filled in: days."""

    messages: int
    due_times: int
    check_ins: int

    @property
    def days(self) -> dict[Kept, int]:
        """By what is kept so long."""
        return {kept: getattr(self, kept) for kept in Kept}


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_DATA)(press_data)
    app.view(Modal.DATA)(submit_data)


def press_data(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The terms as they are."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        check_steward(register, actor)
        form = _form(register)
    client.views_update(view_id=view_id, view=form)


def submit_data(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Save the terms, and say what goes because of it."""
    try:
        form = DataForm.parse(view)
        with registers.writing() as register:
            check_steward(register, actor)
            check_unchanged(register, view, _form(register), ("data.terms",), actor)
            shorter = save_terms(register, form.days, actor, now())
            missing = read_settings(register).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=saved_settings(saved_terms(form.days, shorter), missing))


def _form(register: Register) -> View:
    return data_form(days_kept(register.workspaces.current()))
