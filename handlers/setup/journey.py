"""The forms of the journey: a template to begin with, then one stage on each line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from handlers.answering import hold_place
from handlers.carrying import carried
from handlers.faults import FAULTS, HeldUp, answer_fault
from handlers.forms import state_of, typed_lines
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.keeping import fitted
from handlers.settings import read_settings
from handlers.setup.holding import check_unchanged, was_warned
from handlers.views.agreement.ratification import ask_blocks
from handlers.views.journey_forms import (
    FIRST_FIELD,
    JourneyNote,
    journey_form,
    journey_lines,
    stage_line,
    template_form,
)
from handlers.views.leaving import groups, leaving_told, target_name
from handlers.views.setup import saved_settings
from planning.agreement.consulting import is_to_be_asked
from planning.journey.arranging import save_stages, tidy_stages
from planning.journey.retiring import Hanging, hanging
from planning.journey.templates import template
from planning.journey.values import Journey
from planning.register import Register, Registers
from planning.text import one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the button and the forms."""
    app.action(Action.SETUP_JOURNEY)(press_journey)
    app.view(Modal.TEMPLATE)(choose_template)
    app.view(Modal.JOURNEY)(submit_journey)


def press_journey(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The stages as they are, or the choice of a journey to begin with."""
    ack()
    view_id = hold_place(client, body, "Journey")
    with registers.reading() as register:
        check_steward(register, actor)
        journey = register.journeys.current()
    form = journey_form(journey_lines(journey, ""), JourneyNote()) if journey.stages else template_form()
    client.views_update(view_id=view_id, view=form)


def choose_template(ack: Ack, view: dict[str, Any], registers: Registers, actor: Person) -> None:
    """The list of stages, filled with those of the template; or with those that somebody has saved meanwhile."""
    note = JourneyNote(begun_with=str(state_of(view).get("template") or ""))
    with registers.reading() as register:
        check_steward(register, actor)
        journey = register.journeys.current()
    begun = JourneyNote() if journey.stages else note
    form = journey_form(journey_lines(journey, begun.begun_with), begun)
    ack(response_action="update", view=form.to_dict())


def submit_journey(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Save the stages; leaving some out is shown first, with what hangs on them and where it can go."""
    try:
        with registers.writing() as register:
            saved = _save(register, view, actor, now())
            missing, offer = read_settings(register).missing, asking_offer(register)
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    told = f"The journey has {len(saved.stages)} stages now."
    ack(response_action="update", view=saved_settings(told, missing, offer))
    publish_home(client, registers, actor, now())


def asking_offer(register: Register) -> Sequence[Block]:
    """For a journey that the departments were not asked about, and could be: the button to ask them."""
    return ask_blocks() if is_to_be_asked(register) else ()


def stages_of(lines: Iterable[str], journey: Journey) -> list[tuple[str, str]]:
    """The name and the definition of each line; one that stands for a known stage means that, whatever it holds."""
    known = {stage_line(one): (one.name, one.definition) for one in journey.stages}
    names = sorted(journey.stage_names().values(), key=len, reverse=True)
    return [known.get(line) or _stage_of(line, names) for line in map(one_line, lines)]


def _stage_of(line: str, names: Iterable[str]) -> tuple[str, str]:
    """Split behind a known name, in which there may be colons; otherwise at the first colon."""
    known = (len(name) for name in names if line[: len(name)].casefold() == name.casefold())
    end = next((end for end in known if line[end : end + 1] in ("", ":")), None)
    name, definition = (line[:end], line[end + 1 :]) if end else line.partition(":")[::2]
    return name.strip(), definition.strip()


def _save(register: Register, view: dict[str, Any], actor: Person, now: datetime) -> Journey:
    check_steward(register, actor)
    note, journey = carried(JourneyNote, view["private_metadata"]), register.journeys.current()
    as_it_is = journey_form(journey_lines(journey, note.begun_with), JourneyNote())
    subjects = ("journey", *(f"stage:{stage.id}" for stage in journey.stages))
    check_unchanged(register, view, as_it_is, subjects, actor)
    lines = typed_lines(view, FIRST_FIELD)
    wanted = tidy_stages(stages_of(lines, journey))
    moves = _moves(register, view, lines, [name for name, _ in wanted], now)
    return save_stages(register, wanted, actor, now, moves, template(note.begun_with))


def _moves(
    register: Register, view: Mapping[str, Any], lines: Sequence[str], names: Sequence[str], now: datetime
) -> dict[int, str]:
    """A stage that is left out → the name of the one that takes over; raises HeldUp until that has been asked."""
    staying = {name.casefold() for name in names}
    gone = [stage for stage in register.journeys.current().stages if stage.name.casefold() not in staying]
    left = hanging(register, gone, now)
    chosen = _chosen(view, left)
    if left and not (was_warned(view, leaving_told(left)) and set(chosen.values()) <= set(names)):
        note = carried(JourneyNote, view["private_metadata"])
        raise HeldUp(fitted(journey_form(lines, note, left, names, chosen).to_dict()))
    return chosen


def _chosen(view: Mapping[str, Any], left: Sequence[Hanging]) -> dict[int, str]:
    """What the menus say: a stage that is left out → the name of another one."""
    state = state_of(view)
    picked = ((state.get(target_name(group)), group) for group in groups(left))
    return {one.stage.id: str(name) for name, group in picked if name for one in group}
