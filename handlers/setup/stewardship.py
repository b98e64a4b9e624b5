"""Becoming the one who looks after the workspace."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.home import publish_home
from handlers.ids import Action
from handlers.settings import read_settings
from handlers.views.settings import settings_message
from planning.register import Registers
from planning.workspace.arranging import claim_stewardship
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the button."""
    app.action(Action.SETUP_CLAIM)(press_claim)


def press_claim(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The first who asks becomes the steward and sees the settings."""
    with registers.writing() as register:
        steward = claim_stewardship(register, actor, now())
        settings = read_settings(register)
    ack()
    if not body.get("view"):
        answer(client, body, respond, settings_message(settings, steward=True), "Settings", replace=True)
    publish_home(client, registers, steward, now())
