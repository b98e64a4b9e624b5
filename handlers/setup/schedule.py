"""The form of the digest's schedule."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import field_validator
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.options import zone_options
from handlers.settings import read_settings
from handlers.setup.departments import channel_of_ours
from handlers.setup.holding import check_unchanged
from handlers.views.setup import saved_settings, schedule_form
from planning.digests.scheduling import NextDue, save_schedule
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


class ScheduleForm(Form):
    """What was filled in."""

    channel: str
    weekday: int
    time: str
    zone: str

    @field_validator("time")
    @classmethod
    def _written(cls, time: str) -> str:
        hour, _, minute = time.partition(":")
        if not (hour.isdecimal() and minute.isdecimal()):
            raise ValueError("Choose a time such as 09:00.")
        return time

    @property
    def clock(self) -> tuple[int, int]:
        """Hour and minute."""
        hour, _, minute = self.time.partition(":")
        return int(hour), int(minute)


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_SCHEDULE)(press_schedule)
    app.view(Modal.SCHEDULE)(submit_schedule)


def press_schedule(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The schedule as it is, or a first one in the person's zone."""
    ack()
    view_id = hold_place(client, body, "Weekly digest")
    with registers.reading() as register:
        check_steward(register, actor)
        form = _form(register, actor)
    client.views_update(view_id=view_id, view=form)


def submit_schedule(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    next_due: NextDue,
) -> None:
    """Save where and when the digest goes."""
    try:
        form = ScheduleForm.parse(view)
        channel = channel_of_ours(client, form.channel)
        with registers.writing() as register:
            check_steward(register, actor)
            check_unchanged(register, view, _form(register, actor), ("schedule.saved",), actor)
            saved = save_schedule(register, form.channel, form.weekday, *form.clock, form.zone, actor, now(), next_due)
            missing = read_settings(register).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    told = f"The digest goes to #{channel.name} every {saved}."
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())


def _form(register: Register, actor: Person) -> View:
    return schedule_form(next(iter(register.schedules.all()), None), zone_options(), actor.zone)
