"""The settings in Slack: people, departments, journey, customers, records, stuck messages."""

from slack_bolt import App

from handlers.commands import Call, Subcommand
from handlers.settings import read_settings
from handlers.setup import (
    alerts,
    customers,
    data_terms,
    departments,
    journey,
    journey_parts,
    keys,
    messages,
    metrics,
    people,
    records,
    stewardship,
)
from handlers.views.settings import settings_message
from handlers.views.text import Message
from planning.workspace.rights import Right, may


def register(app: App) -> None:
    """Listen to the buttons and the forms of the settings."""
    for part in (
        stewardship,
        people,
        departments,
        journey,
        journey_parts,
        customers,
        records,
        metrics,
        alerts,
        keys,
        data_terms,
        messages,
    ):
        part.register(app)


def show_settings(call: Call) -> Message:
    """`/cx setup`."""
    with call.registers.reading() as register:
        settings = read_settings(register)
    return settings_message(settings, may(call.actor, Right.SET_UP))


COMMANDS = (Subcommand("setup", "setup", "See the settings; stewards change them here", show_settings),)
