"""The buttons of a plan's message: accept, invite a steward, take back; and the one of lists that shows it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer, is_private
from handlers.carrying import id_carried
from handlers.ids import Action
from handlers.plans.reading import read_plan
from handlers.views.plans import plan_message
from handlers.views.text import Message, paragraph
from planning.plans.accepting import accept
from planning.plans.opening import invite_steward
from planning.plans.values import Plan
from planning.plans.withdrawing import take_back
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Plan"
Clock = Callable[[], datetime]
Press = Callable[[Register, str, Person, datetime], Plan]
OUTDATED = (
    "Not agreed yet: an initiative was changed since Concord made its proposal. The thread says which one; "
    "Concord is looking for a new proposal."
)


def register(app: App) -> None:
    """Listen to the buttons."""
    for button, press in PRESSES.items():
        app.action(button)(presser(press))
    app.action(Action.PLAN_SHOW)(show_plan)


def presser(press: Press) -> Callable[..., None]:
    """The listener of one button that does something at once."""

    def press_plan(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        actor: Person,
        registers: Registers,
        now: Clock,
        respond: Respond,
    ) -> None:
        with registers.writing() as register:
            plan = press(register, action["value"], actor, now())
            shown = plan_message(read_plan(register, plan, now()))
        ack()
        if _is_outdated(press, action["value"], plan):
            answer(client, body, respond, Message(OUTDATED, [paragraph(OUTDATED)]), TITLE)
        elif is_private(body):
            answer(client, body, respond, shown, TITLE, replace=True)

    return press_plan


def show_plan(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    now: Clock,
    respond: Respond,
) -> None:
    """One plan of a list, for one pair of eyes."""
    ack()
    with registers.reading() as register:
        plan = register.plans.by_id(plan_in(action["value"]))
        shown = plan_message(read_plan(register, plan, now()))
    answer(client, body, respond, shown, TITLE)


def plan_in(value: str) -> int:
    """The plan that a button is about."""
    return id_carried(value.partition(":")[0])


def revision_in(value: str) -> int:
    """The revision that its reader saw."""
    return id_carried(value.partition(":")[2] or 0)


def _accept(register: Register, value: str, actor: Person, now: datetime) -> Plan:
    return accept(register, plan_in(value), revision_in(value), actor, now)


def _invite(register: Register, value: str, actor: Person, now: datetime) -> Plan:
    return invite_steward(register, plan_in(value), actor, now)


def _take_back(register: Register, value: str, actor: Person, now: datetime) -> Plan:
    return take_back(register, plan_in(value), actor, now)


PRESSES: Mapping[Action, Press] = {
    Action.PLAN_ACCEPT: _accept,
    Action.PLAN_STEWARD: _invite,
    Action.PLAN_TAKE_BACK: _take_back,
}


def _is_outdated(press: Press, value: str, plan: Plan) -> bool:
    """Whether what was accepted went on in a new revision instead of being agreed."""
    return press is _accept and plan.revision > revision_in(value)
