"""Check-ins: the buttons of the message, and the form in which owners say more."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried, word_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import state_of
from handlers.ids import Action, Modal
from handlers.keeping import fitted
from handlers.views.checkin_forms import (
    FORM_TITLE,
    NOTE,
    STANDING,
    STATUS,
    check_in_form,
    kept_modal,
    nothing_modal,
    page_of,
)
from handlers.views.checkins import BUTTONS, Turn
from planning.checkins.answering import Said, answer, answer_all
from planning.checkins.questions import Asking, own_asking
from planning.checkins.values import Standing
from planning.initiatives.values import Status
from planning.register import Registers
from planning.workspace.values import Person

Clock = Callable[[], datetime]


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    for button, standing in BUTTONS.items():
        app.action(button)(saying(standing))
    app.action(Action.CHECK_IN_MORE)(press_more)
    app.action(Action.CHECK_IN_REST)(press_more)
    app.view(Modal.CHECK_IN)(submit_check_in)


def saying(standing: Standing) -> Callable[..., None]:
    """The listener of one button; the message is drawn again by itself."""

    def press(ack: Ack, action: dict[str, Any], registers: Registers, actor: Person, now: Clock) -> None:
        with registers.writing() as register:
            answer(register, id_carried(action["value"]), standing, actor, now())
        ack()

    return press


def press_more(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form with what was said before."""
    ack()
    turn = carried(Turn, action["value"])
    view_id = hold_place(client, body, FORM_TITLE)
    with registers.reading() as register:
        asking = own_asking(register, turn.first, actor)
    view = check_in_form(asking, turn.after) if page_of(asking, turn.after) else nothing_modal()
    client.views_update(view_id=view_id, view=view)


def submit_check_in(ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Clock) -> None:
    """Keep what was said; then comes the next page, or what stands now."""
    turn = carried(Turn, view["private_metadata"])
    try:
        said = _said(view)
        with registers.writing() as register:
            refused = answer_all(register, said, actor, now())
            asking = own_asking(register, turn.first, actor)
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=fitted(_shown(asking, said, refused).to_dict()))


def _shown(asking: Asking, said: Collection[int], refused: Sequence[str]) -> View:
    """The next page, or what stands now."""
    behind = max(said, default=0)
    if page_of(asking, behind):
        return check_in_form(asking, behind, refused)
    return kept_modal(asking, [one for one in asking.questions if one.check_in.id in said], refused)


def _said(view: Mapping[str, Any]) -> dict[int, Said]:
    """What the form says, by the number of the check-in."""
    state = state_of(view)
    ids = sorted(id_carried(name.removeprefix(STANDING)) for name in state if name.startswith(STANDING))
    return {id: _one(state, id) for id in ids}


def _one(state: Mapping[str, Any], id: int) -> Said:
    standing, status = state.get(f"{STANDING}{id}"), state.get(f"{STATUS}{id}")
    note = str(state.get(f"{NOTE}{id}") or "")
    return Said(word_carried(Standing, standing), note, word_carried(Status, status))
