"""People coming into a channel."""

from bot.sandbox.conversations import Conversation, Kind
from bot.sandbox.events import emit
from bot.sandbox.state import Workspace


def add_members(workspace: Workspace, conversation: Conversation, users: list[str]) -> None:
    """Let people in, show it on their pages and tell the app if it listens."""
    fresh = [user for user in users if user not in conversation.members]
    conversation.members.extend(fresh)
    workspace.screens.tell(conversation.members, {"type": "conversation"})
    for user in fresh:
        event = {
            "type": "member_joined_channel",
            "user": user,
            "channel": conversation.id,
            "channel_type": "C" if conversation.kind is Kind.CHANNEL else "G",
            "team": workspace.file.team.id,
            "event_ts": workspace.clock.stamp(),
        }
        emit(workspace, "member_joined_channel", event)
