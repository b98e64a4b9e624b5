"""What came of a plan: the button in its thread, and the form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.answering import hold_place
from handlers.carrying import carried, id_carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, Line, state_of
from handlers.ids import Action, Modal
from handlers.setup.holding import check_warned
from handlers.views.names import Names
from handlers.views.outcomes import DELIVERED, OutcomeNote, outcome_form, outcome_saved, told_meanwhile
from planning.errors import FieldError
from planning.plans.closing import Told, check_may_tell, close
from planning.plans.values import Outcome, Plan
from planning.register import Register, Registers
from planning.text import clean
from planning.workspace.values import Person


class OutcomeForm(Form):
    """What was filled in; what was delivered stands in fields of its own."""

    outcome: Outcome
    came_of_it: Line = ""
    value: float | None = None

    def told(self, delivered: tuple[float | None, ...]) -> Told:
        """What it says of the plan."""
        return Told(self.outcome, clean(self.came_of_it), delivered, self.value)


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.OUTCOME_TELL)(press_outcome)
    app.view(Modal.OUTCOME)(submit_outcome)


def press_outcome(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The form, with what was told before."""
    ack()
    view_id = hold_place(client, body, "What came of it")
    with registers.reading() as register:
        plan = register.plans.by_id(id_carried(action["value"]))
        check_may_tell(register, plan, actor)
        form = outcome_form(plan, Names.of(register))
    client.views_update(view_id=view_id, view=form)


def submit_outcome(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Close the plan; somebody else's word is written over only once it was read."""
    note = carried(OutcomeNote, view["private_metadata"])
    try:
        told = OutcomeForm.parse(view).told(_delivered(view))
        with registers.writing() as register:
            plan = register.plans.by_id(note.plan, lock=True)
            check_warned(view, _warning(register, plan, note))
            closed = close(register, plan.id, told, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=outcome_saved(closed))


def _warning(register: Register, plan: Plan, note: OutcomeNote) -> str:
    told = plan.closed_at.isoformat() if plan.closed_at else ""
    return told_meanwhile(plan, Names.of(register)) if told != note.told else ""


def _delivered(view: dict[str, Any]) -> tuple[float | None, ...]:
    """What stands in the fields of the pledges, in their order; Slack sends a number as text."""
    state = state_of(view)
    names = sorted((name for name in state if name.startswith(DELIVERED)), key=lambda name: int(name[len(DELIVERED) :]))
    return tuple(_number(name, state[name]) for name in names)


def _number(field: str, typed: object) -> float | None:
    try:
        return float(str(typed)) if typed not in (None, "") else None
    except ValueError as error:
        raise FieldError({field: "Give a number."}) from error
