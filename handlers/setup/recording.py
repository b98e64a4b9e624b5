"""The listeners that the forms of pools, problems, metrics and segments share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.forms import field_errors
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.keeping import refuse
from handlers.settings import read_settings
from handlers.views.records import RecordNote
from handlers.views.setup import saved_settings
from handlers.views.setup_menus import NEW
from planning.errors import FieldError
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of thing that stewards keep: its menu, its form, and how what was filled in is kept.

    `form` takes the id of the one chosen, or None; `keep` returns the word after saving, and raises ValidationError
    and FieldError.
    """

    menu: Action
    modal: Modal
    title: str
    form: Callable[[Register, int | None], View]
    keep: Callable[[Register, int | None, dict[str, Any], Person, datetime], str]


def listen(app: App, record: Record) -> None:
    """Listen to the menu and to the form."""
    app.action(record.menu)(opener(record))
    app.view(record.modal)(keeper(record))


def opener(record: Record) -> Callable[..., None]:
    """The listener of the menu: the form of a new one, or of the one chosen."""

    def choose_record(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
    ) -> None:
        ack()
        view_id = hold_place(client, body, record.title)
        chosen = action["selected_option"]["value"]
        with registers.reading() as register:
            check_steward(register, actor)
            view = record.form(register, None if chosen == NEW else int(chosen))
        client.views_update(view_id=view_id, view=view)

    return choose_record


def keeper(record: Record) -> Callable[..., None]:
    """The listener of a form that was sent."""

    def submit_record(
        ack: Ack,
        view: dict[str, Any],
        client: WebClient,
        registers: Registers,
        actor: Person,
        now: Callable[[], datetime],
    ) -> None:
        note = RecordNote.model_validate_json(view["private_metadata"])
        try:
            with registers.writing() as register:
                told = record.keep(register, note.id, view, actor, now())
                missing = read_settings(register).missing
        except ValidationError as error:
            ack(response_action="errors", errors=field_errors(error))
        except FieldError as error:
            refuse(ack, view, error)
        else:
            ack(response_action="update", view=saved_settings(told, missing))
            publish_home(client, registers, actor, now())

    return submit_record
