"""How each rule of overlaps does, by what the leads said of its findings."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.commands import Call, Subcommand
from handlers.ids import Action
from handlers.views.lessons import lessons_message
from handlers.views.text import Message
from planning.errors import NotAllowed
from planning.findings.learning import learnt
from planning.register import Register, Registers
from planning.workspace.arranging import stewards_of
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

TITLE = "How each rule does"


def register(app: App) -> None:
    """Listen to the button of the settings."""
    app.action(Action.RULES_SHOW)(press_rules)


def show_rules(call: Call) -> Message:
    """`/cx rules`."""
    with call.registers.reading() as register:
        return _lessons(register, call.actor)


def press_rules(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    actor: Person,
    registers: Registers,
    respond: Respond,
) -> None:
    """The same, where the button stands."""
    ack()
    with registers.reading() as register:
        message = _lessons(register, actor)
    answer(client, body, respond, message, TITLE)


def _lessons(register: Register, actor: Person) -> Message:
    if not may(actor, Right.SEE_LESSONS):
        names = " or ".join(person.name for person in stewards_of(register)[:3]) or "a steward"
        raise NotAllowed(f"Leads and stewards see how the rules do. Ask {names}.")
    return lessons_message(learnt(register.findings.decided()), register.workspaces.least())


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("rules", "rules", "How good each rule is, as leads judged it", show_rules),
)
