"""reactions.*: a small picture under a message."""

from collections.abc import Sequence

from bot.sandbox.api.access import reachable
from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.registry import Method
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.posting import change
from bot.sandbox.state import Workspace


def add(workspace: Workspace, arguments: Arguments) -> Json:
    """React to a message, once with each picture."""
    conversation = reachable(workspace, arguments.required("channel", "channel_not_found"))
    message = workspace.messages.find(conversation.id, arguments.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    name = arguments.required("name", "invalid_name").strip(":")
    if any(each["name"] == name for each in message.reactions):
        raise SlackError("already_reacted")
    message.reactions.append({"name": name, "users": [workspace.bot_user], "count": 1})
    change(workspace, message)
    return {}


METHODS: Sequence[Method] = (Method("reactions.add", add, ("reactions:write",)),)
