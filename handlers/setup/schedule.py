"""The form of the digest's schedule."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import ValidationError, field_validator
from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.answering import hold_place
from handlers.forms import Form, field_errors
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.keeping import refuse
from handlers.options import zone_options
from handlers.settings import read_settings
from handlers.setup.departments import channel_of_ours
from handlers.views.setup import saved_settings, schedule_form
from planning.digests.scheduling import NextDue, save_schedule
from planning.errors import FieldError
from planning.register import Registers
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
        schedule = next(iter(register.schedules.all()), None)
    client.views_update(view_id=view_id, view=schedule_form(schedule, zone_options(), actor.zone))


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
            saved = save_schedule(register, form.channel, form.weekday, *form.clock, form.zone, actor, now(), next_due)
            missing = read_settings(register).missing
    except ValidationError as error:
        ack(response_action="errors", errors=field_errors(error))
        return
    except FieldError as error:
        refuse(ack, view, error)
        return
    told = f"The digest goes to #{channel.name} every {saved}."
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())
