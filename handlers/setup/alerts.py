"""The alert budget: as many alerts as a person or a channel gets in a week."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged
from handlers.views.alert_budget import TITLE, alert_budget_form
from handlers.views.setup import saved_settings
from planning.register import Register, Registers
from planning.text import counted
from planning.workspace.arranging import check_steward, save_alert_budget
from planning.workspace.values import Person


class AlertsForm(Form):
    """What was filled in."""

    budget: int


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_ALERTS)(press_alerts)
    app.view(Modal.ALERTS)(submit_alerts)


def press_alerts(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The budget as it is."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        check_steward(register, actor)
        form = _form(register)
    client.views_update(view_id=view_id, view=form)


def submit_alerts(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save the budget; it counts from now on."""
    try:
        form = AlertsForm.parse(view)
        with registers.writing() as register:
            check_steward(register, actor)
            check_unchanged(register, view, _form(register), ("alerts.budget",), actor)
            save_alert_budget(register, form.budget, actor, now())
            missing = read_settings(register).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    told = f"From now on each person and each channel gets at most {counted(form.budget, 'alert')} a week."
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())


def _form(register: Register) -> View:
    return alert_budget_form(register.workspaces.current().alert_budget)
