"""Metrics in Slack: the list, the card, and readings by form."""

from collections.abc import Mapping

from slack_bolt import App

from handlers.commands import Lister, Subcommand
from handlers.metrics import reading, showing

COMMANDS: tuple[Subcommand, ...] = (*showing.COMMANDS, *reading.COMMANDS)
LISTS: Mapping[str, Lister] = showing.LISTS


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    for part in (showing, reading):
        part.register(app)
