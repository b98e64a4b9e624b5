"""Putting messages into conversations, and showing it on the open pages."""

from bot.sandbox.conversations import EVENT_TYPES, Conversation, Kind
from bot.sandbox.errors import Json
from bot.sandbox.events import emit
from bot.sandbox.messages import Message
from bot.sandbox.state import Workspace


def post(workspace: Workspace, message: Message) -> None:
    """Keep a message, show it, and tell the app where it listens."""
    conversation = workspace.conversations.require(message.channel)
    workspace.messages.add(message)
    shown = {"channel": conversation.id, "message": shown_message(workspace, message)}
    if message.seen_only_by is not None:
        workspace.screens.tell([message.seen_only_by], {"type": "message", **shown, "ephemeral": True})
        return
    workspace.screens.tell(conversation.members, {"type": "message", **shown})
    _tell_app(workspace, conversation, message)


def change(workspace: Workspace, message: Message) -> None:
    """Show that a message reads differently now."""
    event = {
        "type": "message_changed",
        "channel": message.channel,
        "message": shown_message(workspace, message),
        "ephemeral": message.seen_only_by is not None,
    }
    workspace.screens.tell(audience(workspace, message), event)


def delete(workspace: Workspace, message: Message) -> None:
    """Take a message away."""
    workspace.messages.remove(message)
    event = {"type": "message_deleted", "channel": message.channel, "ts": message.ts}
    workspace.screens.tell(audience(workspace, message), event)


def audience(workspace: Workspace, message: Message) -> list[str]:
    """Who sees a message."""
    if message.seen_only_by is not None:
        return [message.seen_only_by]
    return workspace.conversations.require(message.channel).members


def shown_message(workspace: Workspace, message: Message) -> Json:
    """A message as the page draws it."""
    shown = message.message_object()
    shown["files"] = [_shown_file(each) for each in message.files]
    shown["reply_count"] = len(workspace.messages.replies(message.channel, message.ts))
    if message.seen_only_by is not None:
        shown["ephemeral"] = True
    return {key: value for key, value in shown.items() if value not in ([], 0)}


def bot_message(workspace: Workspace, channel: str, text: str, blocks: list[Json] | None = None) -> Message:
    """A message from the app, not posted yet."""
    app = workspace.file.app
    stamp = workspace.clock.stamp()
    return Message(stamp, channel, app.bot_user_id, text, bot_id=app.bot_id, app_id=app.id, blocks=blocks)


def direct_conversation(workspace: Workspace, people: set[str], creator: str) -> tuple[Conversation, bool]:
    """The direct or group message of exactly these people; made if they never had one."""
    found = workspace.conversations.direct(people)
    if found is not None:
        return found, False
    names = [person.name for person in workspace.people if person.id in people]
    kind = Kind.MPIM if len(people) > 2 else Kind.IM
    name = f"mpdm-{'--'.join(names)}-1" if kind is Kind.MPIM else ""
    created = int(workspace.clock.now())
    made = workspace.conversations.create(name, kind, sorted(people), created, creator)
    workspace.screens.tell(made.members, {"type": "conversation"})
    return made, True


def _shown_file(file: Json) -> Json:
    url = f"/files/{file['id']}"
    return {
        "id": file["id"],
        "url": url,
        **{key: file[key] for key in ("title", "name", "mimetype", "size", "alt_txt")},
    }


def _tell_app(workspace: Workspace, conversation: Conversation, message: Message) -> None:
    if workspace.bot_user not in conversation.members:
        return
    event = {
        **message.message_object(),
        "channel": conversation.id,
        "channel_type": EVENT_TYPES[conversation.kind],
        "event_ts": message.ts,
        "team": workspace.file.team.id,
    }
    listed = {"channel": "channels", "group": "groups"}.get(EVENT_TYPES[conversation.kind], event["channel_type"])
    emit(workspace, f"message.{listed}", event)
    if f"<@{workspace.bot_user}>" in message.text and message.user != workspace.bot_user:
        emit(workspace, "app_mention", {**event, "type": "app_mention"})
