"""chat.*: messages of the app."""

from collections.abc import Sequence

from bot.sandbox.api.access import postable, reachable, thread
from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.content import message_content, message_metadata
from bot.sandbox.api.registry import Method
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.messages import Message
from bot.sandbox.posting import bot_message, change, delete, post
from bot.sandbox.state import Workspace

MAX_UPDATE_TEXT = 4_000


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """Say something where everyone can read it."""
    channel = arguments.required("channel", "channel_not_found")
    content = message_content(workspace, arguments)
    metadata = message_metadata(arguments)
    conversation = postable(workspace, channel)
    message = bot_message(workspace, conversation.id, content.text, content.blocks)
    message.thread_ts = thread(workspace, conversation.id, arguments.text("thread_ts"))
    message.is_broadcast = arguments.flag("reply_broadcast")
    message.metadata = metadata
    post(workspace, message)
    return {"channel": conversation.id, "ts": message.ts, "message": message.message_object(with_metadata=True)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """Say something that one person sees until the page is loaded again."""
    channel = arguments.required("channel", "channel_not_found")
    user = workspace.people.require(arguments.required("user", "user_not_found")).id
    content = message_content(workspace, arguments)
    conversation = reachable(workspace, channel)
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    message = bot_message(workspace, conversation.id, content.text, content.blocks)
    message.thread_ts = thread(workspace, conversation.id, arguments.text("thread_ts"))
    message.seen_only_by = user
    post(workspace, message)
    return {"message_ts": message.ts}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """Change one of the app's own messages; text alone takes the blocks away."""
    message = _own_message(workspace, arguments, "cant_update_message")
    if len(arguments.text("text")) > MAX_UPDATE_TEXT:
        raise SlackError("msg_too_long")
    content = message_content(workspace, arguments)
    metadata = message_metadata(arguments)
    message.text, message.blocks = content.text, content.blocks
    if "metadata" in arguments:
        message.metadata = metadata
    message.edited = {"user": workspace.bot_user, "ts": workspace.clock.stamp()}
    change(workspace, message)
    shown = message.message_object(with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def remove(workspace: Workspace, arguments: Arguments) -> Json:
    """Take one of the app's own messages away."""
    message = _own_message(workspace, arguments, "cant_delete_message")
    delete(workspace, message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, arguments: Arguments) -> Json:
    """The address of a message."""
    conversation = workspace.conversations.require(arguments.required("channel", "channel_not_found"))
    ts = arguments.required("message_ts", "message_not_found")
    if workspace.messages.find(conversation.id, ts) is None:
        raise SlackError("message_not_found")
    address = f"{workspace.url}/archives/{conversation.id}/p{ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": address}


def _own_message(workspace: Workspace, arguments: Arguments, error: str) -> Message:
    conversation = workspace.conversations.require(arguments.required("channel", "channel_not_found"))
    message = workspace.messages.find(conversation.id, arguments.required("ts", "message_not_found"))
    if message is None or message.seen_only_by is not None:
        raise SlackError("message_not_found")
    if message.user != workspace.bot_user:
        raise SlackError(error)
    return message


METHODS: Sequence[Method] = (
    Method("chat.postMessage", post_message, ("chat:write",)),
    Method("chat.postEphemeral", post_ephemeral, ("chat:write",)),
    Method("chat.update", update, ("chat:write",)),
    Method("chat.delete", remove, ("chat:write",)),
    Method("chat.getPermalink", permalink),
)
