"""How far everybody agrees: naming rounds and what else people are asked, each by themselves; `/cx agree`."""

from slack_bolt import App

from handlers.agreement import hub, naming, polls, pulse, ratification, score
from handlers.commands import Subcommand


def register(app: App) -> None:
    """Listen to the buttons and the forms."""
    for part in (hub, polls, naming, ratification, pulse, score):
        part.register(app)


COMMANDS = (Subcommand("agree", "agree", "What all departments agree on, and what you are asked", hub.show_agreement),)
