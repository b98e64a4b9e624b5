"""The form of the segments and the touchpoints: one on each line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.faults import FAULTS, answer_fault
from handlers.forms import typed_lines
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged
from handlers.views.customers import PART, SEGMENTS, TOUCHPOINTS, customers_form, segment_lines
from handlers.views.setup import saved_settings
from planning.journey.values import Journey
from planning.register import Registers
from planning.text import one_line
from planning.workspace.arranging import check_steward
from planning.workspace.customers import save_customers
from planning.workspace.values import Person

CHANGES = ("customers.saved", "segment.saved")
"""Under these the audit log has what changes the lists."""


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.SETUP_CUSTOMERS)(press_customers)
    app.view(Modal.CUSTOMERS)(submit_customers)


def press_customers(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The segments and touchpoints as they are."""
    ack()
    view_id = hold_place(client, body, "Customers")
    with registers.reading() as register:
        check_steward(register, actor)
        form = _form(register.journeys.current())
    client.views_update(view_id=view_id, view=form)


def submit_customers(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save both lists."""
    try:
        with registers.writing() as register:
            check_steward(register, actor)
            check_unchanged(register, view, _form(register.journeys.current()), CHANGES, actor)
            segments = segments_of(typed_lines(view, SEGMENTS), register.journeys.current())
            saved = save_customers(register, segments, typed_lines(view, TOUCHPOINTS), actor, now())
            missing = read_settings(register).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    told = f"Segments: {len(saved.segments)}. Touchpoints: {len(saved.touchpoints)}."
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())


def segments_of(lines: Sequence[str], journey: Journey) -> list[tuple[str, str]]:
    """Each segment with what it is part of; a line that stands for a known one means that, whatever its name holds."""
    names = journey.segment_names()
    lines_now = segment_lines(journey).items()
    known = {line: (one.name, "" if one.parent is None else names[one.parent]) for line, one in lines_now}
    return [pair for line in lines for pair in _pairs(one_line(line), known)]


def _form(journey: Journey) -> View:
    return customers_form([*segment_lines(journey)], [touchpoint.name for touchpoint in journey.touchpoints])


def _pairs(line: str, known: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    if line in known:
        return [known[line]]
    first, *parts = [name.strip() for name in line.split(PART) if name.strip()] or [""]
    return [*zip(parts, [first, *parts], strict=False)] if parts else [(first, "")]
