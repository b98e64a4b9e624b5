"""Plans: their message and its buttons, the form, and the list."""

from collections.abc import Mapping

from slack_bolt import App

from handlers.commands import Lister, Subcommand
from handlers.plans import changing, pressing
from handlers.plans.listing import list_plans, show_plans

COMMANDS = (Subcommand("plans", "plans [all]", "What your department has planned together", show_plans),)
LISTS: Mapping[str, Lister] = {"plans": list_plans}


def register(app: App) -> None:
    """Listen to all that plans have."""
    pressing.register(app)
    changing.register(app)
