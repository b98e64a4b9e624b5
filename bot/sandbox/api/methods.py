"""Every method of the Web API that this workspace answers."""

from bot.sandbox.api import basics, chat, conversations, files, functions, reactions, users, views
from bot.sandbox.api.registry import registry

METHODS = registry(
    basics.METHODS,
    chat.METHODS,
    conversations.METHODS,
    files.METHODS,
    functions.METHODS,
    reactions.METHODS,
    users.METHODS,
    views.METHODS,
)
