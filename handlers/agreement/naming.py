"""The naming round: its question, its result, starting it, and making its proposal the journey."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from secrets import randbelow
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, typed_lines
from handlers.ids import Action, Modal
from handlers.keeping import fitted
from handlers.views.agreement.forms import NamingNote, answer_form, names_field, naming_form
from handlers.views.agreement.naming import NAMING_WORDING, naming_outcome, naming_result
from handlers.views.agreement.questions import Wording
from handlers.views.agreement.words import moment
from handlers.views.journey_forms import JourneyNote, journey_form, journey_lines
from handlers.views.loading import told_modal
from handlers.views.notes import seen_in
from handlers.views.text import Message, context, paragraph
from planning.agreement.answering import FIELD, named_stages
from planning.agreement.answers import NamedStages
from planning.agreement.opening import SIZE, SIZES, first_end, open_naming, sample_sizes
from planning.agreement.results import NamingResult
from planning.agreement.values import Invitation, Poll
from planning.errors import NotFound
from planning.journey.values import Journey
from planning.register import Register, Registers
from planning.workspace.arranging import check_steward
from planning.workspace.rights import Right
from planning.workspace.values import Person

TITLE = "Naming round"
SEEDS = 2**31 - 1


class NamingForm(Form):
    """What was filled in to start a round."""

    size: int
    closes_on: date


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(Action.NAMING_START)(press_start)
    app.view(Modal.NAMING)(submit_start)
    app.action(Action.NAMING_ADOPT)(press_adopt)


def press_start(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """How many of each department would be asked, before anybody is."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        check_steward(register, actor, Right.RUN_AGREEMENT)
        samples = sample_sizes(register, SIZE)
    client.views_update(view_id=view_id, view=naming_form(SIZE, first_end(actor, now()), samples))


def submit_start(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Ask them; another number than the one shown is shown first."""
    note = carried(NamingNote, view["private_metadata"])
    try:
        form = NamingForm.parse(view)
        if form.size != note.size and form.size in SIZES:
            with registers.reading() as register:
                samples = sample_sizes(register, form.size)
            shown = naming_form(form.size, form.closes_on, samples, again=True)
            ack(response_action="update", view=fitted(shown.to_dict()))
            return
        with registers.writing() as register:
            poll = open_naming(register, form.size, form.closes_on, actor, randbelow(SEEDS), now())
            asked = len(register.polls.invitations(poll.id))
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=_started(asked, poll, actor))


def press_adopt(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form of the journey, filled in with what people proposed."""
    ack()
    view_id = hold_place(client, body, "Journey")
    with registers.reading() as register:
        check_steward(register, actor, Right.RUN_AGREEMENT)
        result = register.polls.by_id(id_carried(action["value"])).result
        journey = register.journeys.current()
    if not isinstance(result, NamingResult) or not result.proposed:
        raise NotFound("That round has proposed nothing. Start another one with “/cx agree”.")
    client.views_update(view_id=view_id, view=_adopted(result, journey))


def proposed_lines(result: NamingResult, journey: Journey) -> list[str]:
    """The proposed stages as they are typed; one that is there already keeps its definition."""
    stages = sorted(journey.stages, key=lambda stage: stage.position)
    known = dict(zip((stage.name.casefold() for stage in stages), journey_lines(journey, ""), strict=True))
    return [known.get(stage.name.casefold(), stage.name.replace(":", " –")) for stage in result.proposed]


def wording(_register: Register, _poll: Poll) -> Wording:
    """The question in words."""
    return NAMING_WORDING


def form(_register: Register, _poll: Poll, invitation: Invitation) -> View:
    """The stages that the person named before, if any; not those of the journey, for that would be an answer."""
    earlier = invitation.answer.names if isinstance(invitation.answer, NamedStages) else ()
    return answer_form(NAMING_WORDING, invitation.id, names_field(earlier))


def answer(_register: Register, _poll: Poll, view: Mapping[str, Any]) -> NamedStages:
    """The names, one on each line."""
    return named_stages(typed_lines(view, FIELD))


def result(register: Register, poll: Poll, steward: bool) -> Message:
    """What came of a round."""
    if not isinstance(poll.result, NamingResult):
        raise NotFound("Nothing came of that round.")
    return naming_result(poll, poll.result, register.workspaces.current().zone, steward=steward)


def outcome(poll: Poll) -> str:
    """What came of it, in a sentence."""
    return naming_outcome(poll.result) if isinstance(poll.result, NamingResult) else ""


def _adopted(result: NamingResult, journey: Journey) -> View:
    """The form with the proposal in it; it remembers the journey as it is, to tell whether somebody changes that."""
    as_it_is = journey_form(journey_lines(journey, ""), JourneyNote())
    return journey_form(proposed_lines(result, journey), JourneyNote(seen=seen_in(as_it_is.blocks or [])))


def _started(asked: int, poll: Poll, actor: Person) -> View:
    people = "1 person is" if asked == 1 else f"{asked} people are"
    told = f"{people} asked now, each by direct message, until {moment(poll.closes_at, actor.zone)}."
    later = "“/cx agree” shows how many have answered. You get what came of it when it closes."
    return told_modal(TITLE, [paragraph(told), context(later)], close="Done")
