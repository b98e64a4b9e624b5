"""Sending again what did not arrive, or leaving it; on the Home tab and on the card that tells of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.carrying import id_carried
from handlers.home import publish_home
from handlers.ids import Action
from planning.outbox.resending import leave, resend
from planning.register import Registers
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the buttons."""
    app.action(Action.MESSAGE_RESEND)(press_resend)
    app.action(Action.MESSAGE_LEAVE)(press_leave)


def press_resend(
    ack: Ack,
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The message waits to be sent again, and is gone from the list."""
    with registers.writing() as register:
        resend(register, id_carried(action["value"]), actor, now())
    ack()
    publish_home(client, registers, actor, now())


def press_leave(
    ack: Ack,
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The message is never sent, and is gone from the list."""
    with registers.writing() as register:
        leave(register, id_carried(action["value"]), actor, now())
    ack()
    publish_home(client, registers, actor, now())
