"""The form of the journey: one stage on each line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.answering import hold_place
from handlers.forms import typed_lines
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.keeping import fitted, refuse
from handlers.settings import read_settings
from handlers.views.setup import FIRST_FIELD, JourneyNote, journey_form, journey_lines, saved_settings
from planning.errors import FieldError
from planning.register import Register, Registers
from planning.text import one_line
from planning.workspace.arranging import check_steward, save_stages
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_JOURNEY)(press_journey)
    app.view(Modal.JOURNEY)(submit_journey)


def press_journey(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The stages as they are, or a journey to begin with."""
    ack()
    view_id = hold_place(client, body, "Journey")
    with registers.reading() as register:
        check_steward(register, actor)
        journey = register.journeys.current()
    client.views_update(view_id=view_id, view=journey_form(journey_lines(journey), {}, begun=bool(journey.stages)))


def submit_journey(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save the stages; leaving some out is shown first, with what it moves."""
    note = JourneyNote.model_validate_json(view["private_metadata"])
    lines = typed_lines(view, FIRST_FIELD)
    stages = [stage_of(line) for line in lines]
    try:
        with registers.writing() as register:
            removing = _removing(register, {name.casefold() for name, _ in stages}, now())
            if stages and not removing.keys() <= set(note.removing):
                ack(response_action="update", view=fitted(journey_form(lines, removing, begun=True).to_dict()))
                return
            saved = save_stages(register, stages, actor, now())
            missing = read_settings(register).missing
    except FieldError as error:
        refuse(ack, view, error)
        return
    told = f"The journey has {len(saved.stages)} stages now."
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())


def stage_of(line: str) -> tuple[str, str]:
    """The name and the definition, which stand before and after the first colon."""
    name, _, definition = line.partition(":")
    return one_line(name), one_line(definition)


def _removing(register: Register, kept: set[str], now: datetime) -> dict[str, int]:
    """The current stages that are left out, with how many live initiatives are on each."""
    portfolio = register.initiatives.portfolio(now)
    return {
        stage.name: portfolio.on_stage(stage.id).total()
        for stage in portfolio.journey.stages
        if stage.name.casefold() not in kept
    }
