"""The pulse: starting it by hand, its form, and its part of `/cx agree`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import randbelow
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.agreement.naming import SEEDS
from handlers.answering import hold_place
from handlers.carrying import id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, state_of
from handlers.ids import Action, Modal
from handlers.views.agreement.forms import answer_form
from handlers.views.agreement.pulse import UNSURE, WORDING, pulse_form, pulse_outcome, pulse_result, tag_fields
from handlers.views.agreement.questions import Wording
from handlers.views.agreement.words import moment
from handlers.views.loading import told_modal
from handlers.views.names import Names, stage_options
from handlers.views.text import Message, paragraph
from planning.agreement.answers import TaggedInitiatives
from planning.agreement.pulsing import SIZE, lacking, open_pulse, tagged
from planning.agreement.results import PulseResult
from planning.agreement.values import Invitation, Poll, PollKind
from planning.errors import FieldError, NotFound, PlanningError
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.rights import Right
from planning.workspace.values import Person

TITLE = "Pulse"
LOOKED_BACK = 8
"""As many pulses are looked back at: two years."""


class PulseForm(Form):
    """What was filled in to start a pulse."""

    size: int


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.PULSE_START)(press_start)
    app.view(Modal.PULSE)(submit_start)


def press_start(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The form, unless something is lacking."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        check_steward(register, actor, Right.RUN_AGREEMENT)
        told = lacking(register, SIZE, 0, now())
    if told:
        raise PlanningError(told)
    client.views_update(view_id=view_id, view=pulse_form(SIZE))


def submit_start(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Ask them."""
    try:
        form = PulseForm.parse(view)
        with registers.writing() as register:
            poll = open_pulse(register, form.size, actor, randbelow(SEEDS), now())
            asked = len(register.polls.invitations(poll.id))
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        told = f"{asked} people are asked now, each by direct message, until {moment(poll.closes_at, actor.zone)}."
        ack(response_action="update", view=told_modal(TITLE, [paragraph(told)], "Done"))


def wording(_register: Register, _poll: Poll) -> Wording:
    """The question in words."""
    return WORDING


def form(register: Register, poll: Poll, invitation: Invitation) -> View:
    """The initiatives, each with a menu of the stages, as the person answered before."""
    earlier = dict(invitation.answer.tags) if isinstance(invitation.answer, TaggedInitiatives) else None
    initiatives = [register.initiatives.by_id(id) for id in poll.about]
    stages = stage_options(register.journeys.current())
    return answer_form(WORDING, invitation.id, tag_fields(initiatives, stages, earlier, Names.of(register)))


def answer(register: Register, poll: Poll, view: Mapping[str, Any]) -> TaggedInitiatives:
    """Which stage was chosen for each initiative."""
    state = state_of(view)
    chosen = {id: state.get(f"tag_{id}") for id in poll.about}
    if missing := [id for id, stage in chosen.items() if stage is None]:
        raise FieldError({f"tag_{id}": "Please choose one." for id in missing})
    tags = {id: None if stage == UNSURE else id_carried(stage) for id, stage in chosen.items()}
    return tagged(tags, poll.about, register.journeys.current().stage_names())


def result(register: Register, poll: Poll, _steward: bool) -> Message:
    """What came of a pulse, beside what came of those before it."""
    if not isinstance(poll.result, PulseResult):
        raise NotFound("Nothing came of that pulse.")
    known = register.polls.of_kind(PollKind.PULSE, LOOKED_BACK)
    before = [one.result for one in known if one.id < poll.id and isinstance(one.result, PulseResult)]
    about = [register.initiatives.by_id(id) for id in poll.about]
    return pulse_result(poll, poll.result, about, before, register.workspaces.current().zone)


def outcome(poll: Poll) -> str:
    """What came of it, in a sentence."""
    return pulse_outcome(poll.result) if isinstance(poll.result, PulseResult) else ""
