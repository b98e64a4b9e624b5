"""Where the app may look and speak."""

from bot.sandbox.api.registry import require_scope
from bot.sandbox.api.teams import is_within_reach, may_know
from bot.sandbox.conversations import EVENT_TYPES, Conversation, Kind
from bot.sandbox.errors import SlackError
from bot.sandbox.posting import direct_conversation
from bot.sandbox.state import Workspace

READ_SCOPES = {
    Kind.CHANNEL: "channels:read",
    Kind.PRIVATE: "groups:read",
    Kind.IM: "im:read",
    Kind.MPIM: "mpim:read",
}


def visible(workspace: Workspace, channel: str) -> Conversation:
    """A conversation that the app can know of: any public one, others as a member."""
    conversation = workspace.conversations.require(channel)
    is_hidden = conversation.kind is not Kind.CHANNEL and workspace.bot_user not in conversation.members
    if is_hidden or not is_within_reach(workspace, conversation):
        raise SlackError("channel_not_found")
    return conversation


def readable(workspace: Workspace, channel: str) -> Conversation:
    """A conversation whose facts the app's scopes let it read."""
    conversation = visible(workspace, channel)
    require_scope(workspace, READ_SCOPES[conversation.kind])
    return conversation


def historic(workspace: Workspace, channel: str) -> Conversation:
    """A conversation whose messages the app may read back."""
    conversation = visible(workspace, channel)
    prefix = {"channel": "channels", "group": "groups"}.get(EVENT_TYPES[conversation.kind], conversation.kind)
    require_scope(workspace, f"{prefix}:history")
    if workspace.bot_user not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def postable(workspace: Workspace, channel: str) -> Conversation:
    """Where a message goes: a channel by id or name, or a person's direct messages."""
    if workspace.people.find(channel) is not None:
        return _direct_messages(workspace, channel)
    return reachable(workspace, channel)


def reachable(workspace: Workspace, channel: str) -> Conversation:
    """A conversation that the app may speak in."""
    named = workspace.conversations.by_name(channel)
    conversation = visible(workspace, named.id if named else channel)
    if conversation.is_archived:
        raise SlackError("is_archived")
    may_visit = conversation.kind is Kind.CHANNEL and "chat:write.public" in workspace.standing.scopes
    if workspace.bot_user not in conversation.members and not may_visit:
        raise SlackError("not_in_channel")
    return conversation


def thread(workspace: Workspace, channel: str, thread_ts: str) -> str | None:
    """The beginning of the thread that a message there belongs to; None where it stands by itself."""
    if not thread_ts:
        return None
    parent = workspace.messages.find(channel, thread_ts)
    if parent is None or parent.seen_only_by is not None:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def _direct_messages(workspace: Workspace, user: str) -> Conversation:
    if not workspace.manifest.features.app_home.messages_tab_enabled:
        raise SlackError("messages_tab_disabled")
    person = workspace.people.require(user)
    if person.deleted or person.is_bot or not may_know(workspace, person):
        raise SlackError("channel_not_found")
    return direct_conversation(workspace, {user, workspace.bot_user}, workspace.bot_user)[0]
