"""Keys of programs that send readings: made, shown once, revoked."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import id_carried
from handlers.forms import Form, Line
from handlers.ids import Action, Modal
from handlers.keeping import refuse
from handlers.views.keys import TITLE, keys_form, made_key
from planning.errors import FieldError
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.keying import PREFIX, live_keys, make_key, revoke_key
from planning.workspace.values import Person

_BYTES = 32
"""Of chance in a secret."""


class KeyForm(Form):
    """What was filled in."""

    name: Line = ""


def register(app: App) -> None:
    """Listen to the button, the form and the buttons in it."""
    app.action(Action.SETUP_KEYS)(press_keys)
    app.action(Action.KEY_REVOKE)(press_revoke)
    app.view(Modal.KEY)(submit_key)


def press_keys(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The keys that there are, and the name of a new one."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        check_steward(register, actor)
        view = _form(register, actor)
    client.views_update(view_id=view_id, view=view)


def submit_key(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Make a key and show its secret, this once."""
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    try:
        with registers.writing() as register:
            key = make_key(register, KeyForm.parse(view).name, secret, actor, now())
    except FieldError as error:
        refuse(ack, view, error)
        return
    ack(response_action="update", view=made_key(key.name, secret))


def press_revoke(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Let nobody in with it any more."""
    with registers.writing() as register:
        revoke_key(register, id_carried(action["value"]), actor, now())
        view = _form(register, actor)
    ack()
    client.views_update(view_id=hold_place(client, body, TITLE), view=view)


def _form(register: Register, actor: Person) -> View:
    makers = {person.id: person.name for person in register.people.all()}
    return keys_form(live_keys(register), makers, actor.zone)
