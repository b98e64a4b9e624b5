"""Answers to something a person did: by response address, or with the acknowledgement of a command."""

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.content import message_content
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.messages import Message
from bot.sandbox.posting import bot_message, change, delete, post
from bot.sandbox.state import Workspace


def reply(workspace: Workspace, user: str, channel: str, body: Json, original_ts: str | None = None) -> None:
    """Replace or delete the message acted on, or say something new, to one person unless asked otherwise."""
    arguments = Arguments(body)
    original = workspace.messages.find(channel, original_ts) if original_ts else None
    if arguments.flag("delete_original"):
        _delete(workspace, original)
    elif arguments.flag("replace_original") and original is not None:
        _replace(workspace, original, arguments)
    else:
        _say(workspace, user, channel, arguments)


def _delete(workspace: Workspace, original: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    delete(workspace, original)


def _replace(workspace: Workspace, original: Message, arguments: Arguments) -> None:
    content = message_content(workspace, arguments)
    original.text, original.blocks = content.text, content.blocks
    if original.seen_only_by is None:
        original.edited = {"user": workspace.bot_user, "ts": workspace.clock.stamp()}
    change(workspace, original)


def _say(workspace: Workspace, user: str, channel: str, arguments: Arguments) -> None:
    content = message_content(workspace, arguments)
    message = bot_message(workspace, channel, content.text, content.blocks)
    message.thread_ts = arguments.text("thread_ts") or None
    if arguments.text("response_type", "ephemeral") != "in_channel":
        message.seen_only_by = user
    post(workspace, message)
