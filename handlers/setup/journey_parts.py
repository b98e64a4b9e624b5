"""What stewards keep of the journey one by one: a stage, a hand-off, a segment; and all bare hand-offs at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import answer
from handlers.forms import Form, Line
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.settings import named
from handlers.setup.journey import asking_offer
from handlers.setup.recording import Record, Sent, chosen, known, listen
from handlers.views.journey_parts import REMOVE, Around, hand_off_form, segment_form, stage_form
from handlers.views.names import hand_off_names
from handlers.views.text import Message, paragraph
from planning.errors import PlanningError
from planning.journey.arranging import save_stage
from planning.journey.hand_offs import join_neighbours, known_hand_off, remove_hand_off, save_hand_off
from planning.journey.segments import save_segment
from planning.journey.values import HandOff, Segment
from planning.register import Register, Registers
from planning.workspace.values import Person


class StageForm(Form):
    """What was filled in of a stage, but for its owner."""

    name: Line = ""
    definition: Line = ""
    customer_goal: Line = ""
    intent: Line = ""
    brand_value: Line = ""
    weight: int


class HandOffForm(Form):
    """What was filled in of a hand-off; ids."""

    before: int
    after: int
    giver: int | None = None
    receiver: int | None = None
    metric: int | None = None
    keeping: Literal["keep", "remove"] = "keep"


class SegmentForm(Form):
    """What was filled in of a segment."""

    name: Line = ""
    parent: int | None = None
    weight: int
    weekly_contacts: int


def register(app: App) -> None:
    """Listen to the menus, the forms and the button."""
    for record in RECORDS:
        listen(app, record)
    app.action(Action.SETUP_HAND_OFFS)(press_hand_offs)


def press_hand_offs(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Make the hand-offs between stages that follow each other."""
    with registers.writing() as register:
        made = join_neighbours(register, actor, now())
    ack()
    told = f"{made} hand-offs are added. Say under Hand-offs in /cx setup who gives and who receives each."
    if made <= 1:
        told = "One hand-off is added." if made else "Every stage has a hand-off to the next one already."
    answer(client, body, respond, Message(told, [paragraph(told)]), "Hand-offs")
    publish_home(client, registers, actor, now())


def _stage_form(register: Register, id: int | None) -> View:
    stage = known(register.journeys.current().stages, id)
    return stage_form(stage, None if stage.owner is None else register.people.by_id(stage.owner))


def _keep_stage(register: Register, sent: Sent) -> str:
    form, before = StageForm.parse(sent.view), known(register.journeys.current().stages, sent.id)
    owner = sent.person(register, "owner", before.owner)
    stage = replace(before, owner=owner, **form.model_dump())
    return f"{save_stage(register, stage, sent.actor, sent.now).name} is saved."


def _hand_off_form(register: Register, id: int | None) -> View:
    journey = register.journeys.current()
    if len(journey.stages) < 2:
        raise PlanningError("A hand-off leads from one stage to another: write two stages first, under Journey.")
    around = Around(journey, named(register.departments.all()), named(register.metrics.all()))
    return hand_off_form(chosen(journey.hand_offs, id), around)


def _keep_hand_off(register: Register, sent: Sent) -> str:
    form, journey = HandOffForm.parse(sent.view), register.journeys.current()
    before = chosen(journey.hand_offs, sent.id)
    if before is not None and form.keeping == REMOVE:
        remove_hand_off(register, before.id, sent.actor, sent.now)
        return f"The hand-off {hand_off_names(journey)[before.id]} is taken out."
    owner = before.owner if before else None
    saved = HandOff(sent.id or 0, owner=owner, **form.model_dump(exclude={"keeping"}))
    saved = save_hand_off(register, saved, sent.actor, sent.now)
    return f"The hand-off {hand_off_names(register.journeys.current())[saved.id]} is saved."


def _losing_hand_off(register: Register, sent: Sent) -> str:
    """What is to be read before a hand-off is taken out."""
    if sent.id is None or HandOffForm.parse(sent.view).keeping != REMOVE:
        return ""
    journey = register.journeys.current()
    hand_off = known_hand_off(journey, sent.id)
    names = register.people.by_id(hand_off.owner).name if hand_off.owner is not None else ""
    looks = f" {names} looks after it." if names else ""
    told = f"Not saved yet: {hand_off_names(journey)[hand_off.id]} is taken out, with the gaps found about it.{looks}"
    return f"{told} Save again to take it out."


def _segment_form(register: Register, id: int | None) -> View:
    segments = register.journeys.current().segments
    return segment_form(chosen(segments, id), named(one for one in segments if one.id != id))


def _keep_segment(register: Register, sent: Sent) -> str:
    form, before = SegmentForm.parse(sent.view), chosen(register.journeys.current().segments, sent.id)
    segment = Segment(before.id if before else 0, **form.model_dump())
    return f"{save_segment(register, segment, sent.actor, sent.now).name} is saved."


RECORDS: tuple[Record, ...] = (
    Record(
        Action.SETUP_STAGE,
        Modal.STAGE,
        "Stage",
        "stage",
        _stage_form,
        _keep_stage,
        among=("journey",),
        people=("owner",),
        offer=asking_offer,
    ),
    Record(
        Action.SETUP_HAND_OFF,
        Modal.HAND_OFF,
        "Hand-off",
        "hand_off",
        _hand_off_form,
        _keep_hand_off,
        warn=_losing_hand_off,
    ),
    Record(Action.SETUP_SEGMENT, Modal.SEGMENT, "Segment", "segment", _segment_form, _keep_segment, among=("journey",)),
)
