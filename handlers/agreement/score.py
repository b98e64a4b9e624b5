"""The “score!” test: starting it for a stage, its form, and its result."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, chosen_value, id_carried
from handlers.forms import Form, Line
from handlers.ids import Action, Modal
from handlers.views.agreement.forms import answer_form
from handlers.views.agreement.questions import Wording
from handlers.views.agreement.score import (
    ScoreNote,
    answer_fields,
    score_form,
    score_outcome,
    score_result,
    score_wording,
)
from handlers.views.agreement.words import moment
from handlers.views.loading import told_modal
from handlers.views.names import name_options
from handlers.views.text import Message, paragraph
from planning.agreement.answers import SaidScore
from planning.agreement.results import ScoreResult
from planning.agreement.score_testing import (
    GONE,
    PEOPLE_LEAST,
    open_score_test,
    said_score,
    sharers,
    stage_of,
    stage_to_test,
    too_few,
)
from planning.agreement.values import Invitation, Poll
from planning.errors import FieldError, NotFound, PlanningError
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Score test"


class ScoreForm(Form):
    """What a lead filled in; `metric` is an id."""

    metric: int | None = None
    measure: Line = ""
    target: float
    unit: Line = ""


def register(app: App) -> None:
    """Listen to the menu of stages and the form."""
    app.action(Action.SCORE_START)(choose_stage)
    app.view(Modal.SCORE_TEST)(submit_start)


def choose_stage(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Who would be asked about the stage, before anybody is."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        stage = stage_to_test(register, id_carried(chosen_value(action)), actor)
        people = [person for person, _ in sharers(register, stage, now())]
    if len(people) < PEOPLE_LEAST:
        raise PlanningError(too_few(stage, people))
    client.views_update(view_id=view_id, view=score_form(stage, [person.name for person in people]))


def submit_start(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Ask them."""
    note = carried(ScoreNote, view["private_metadata"])
    with registers.writing() as register:
        poll = open_score_test(register, note.stage, actor, now())
    told = f"{poll.size} people are asked now, each by direct message, until {moment(poll.closes_at, actor.zone)}."
    ack(response_action="update", view=told_modal(TITLE, [paragraph(told)], "Done"))


def wording(register: Register, poll: Poll) -> Wording:
    """The question in words."""
    stage = stage_of(register.journeys.current(), poll.about[0])
    return score_wording(stage.name if stage else GONE, poll.size)


def form(register: Register, poll: Poll, invitation: Invitation) -> View:
    """The person's own earlier answer, and the names of the metrics on record without where they should be."""
    metrics = name_options({metric.id: metric.name for metric in register.metrics.all()})
    earlier = invitation.answer if isinstance(invitation.answer, SaidScore) else None
    return answer_form(wording(register, poll), invitation.id, answer_fields(metrics, earlier))


def answer(register: Register, poll: Poll, view: Mapping[str, Any]) -> SaidScore:
    """What was filled in."""
    if stage_of(register.journeys.current(), poll.about[0]) is None:
        raise NotFound("The stage was taken out of the journey meanwhile; nothing is left to answer.")
    form = ScoreForm.parse(view)
    metric = next((one for one in register.metrics.all() if one.id == form.metric), None)
    if form.metric is not None and metric is None:
        raise FieldError({"metric": "That metric was removed meanwhile. Choose another one."})
    return said_score(metric, form.measure, form.target, form.unit)


def result(register: Register, poll: Poll, _steward: bool) -> Message:
    """What came of a test."""
    if not isinstance(poll.result, ScoreResult):
        raise NotFound("Nothing came of that test.")
    return score_result(poll, poll.result, register.workspaces.current().zone)


def outcome(poll: Poll) -> str:
    """What came of it, in a sentence."""
    return score_outcome(poll.result) if isinstance(poll.result, ScoreResult) else ""
