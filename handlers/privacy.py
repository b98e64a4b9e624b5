"""`/cx privacy`: what is kept about the person who asks."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import Ack, App, Respond

from handlers.commands import Call, Subcommand, reply
from handlers.ids import Action
from handlers.views.privacy import asked_message, privacy_message
from handlers.views.text import Message
from planning.data.asking import ask_for_own
from planning.data.keeping import days_kept
from planning.register import Registers
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the button."""
    app.action(Action.PRIVACY_SEND)(press_send)


def show_privacy(call: Call) -> Message:
    """`/cx privacy`."""
    with call.registers.reading() as register:
        stewards = [one.name for one in stewards_of(register)]
        departments = {one.id: one.name for one in register.departments.all()}
        days = days_kept(register.workspaces.current())
    return privacy_message(call.actor, departments.get(call.actor.department or 0, ""), days, stewards)


def press_send(ack: Ack, respond: Respond, registers: Registers, actor: Person, now: Callable[[], datetime]) -> None:
    """Have it sent to them."""
    with registers.writing() as register:
        new = ask_for_own(register, actor, now())
    ack()
    reply(respond, asked_message(new=new))


COMMANDS = (Subcommand("privacy", "privacy", "See what is kept about you, and get it", show_privacy),)
