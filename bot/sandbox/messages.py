"""Messages, in the order they were said."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import Json


@dataclass
class Message:
    """Something said in a conversation; an ephemeral one is seen by one person only."""

    ts: str
    channel: str
    user: str
    text: str
    bot_id: str | None = None
    app_id: str | None = None
    blocks: list[Json] | None = None
    thread_ts: str | None = None
    is_broadcast: bool = False
    metadata: Json | None = None
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    seen_only_by: str | None = None
    reactions: list[Json] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def message_object(self, *, with_metadata: bool = False) -> Json:
        """The message as the Web API shows it."""
        optional: dict[str, Any] = {
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "blocks": self.blocks,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "files": self.files or None,
            "reactions": self.reactions or None,
            "metadata": self.metadata if with_metadata else None,
        }
        present = {key: value for key, value in optional.items() if value is not None}
        return {"type": "message", "ts": self.ts, "user": self.user, "text": self.text, **present}


class Messages:
    """Every message, by conversation."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = defaultdict(dict)

    def add(self, message: Message) -> None:
        """Keep a message."""
        self._by_channel[message.channel][message.ts] = message

    def find(self, channel: str, ts: str) -> Message | None:
        """The message at that place and time, ephemeral ones included."""
        return self._by_channel[channel].get(ts)

    def remove(self, message: Message) -> None:
        """Forget a message."""
        self._by_channel[message.channel].pop(message.ts, None)

    def stored(self, channel: str) -> list[Message]:
        """What everyone in the conversation sees, oldest first."""
        return [each for each in self._by_channel[channel].values() if each.seen_only_by is None]

    def seen_by(self, channel: str, user_id: str) -> list[Message]:
        """What one person sees, ephemeral messages included, oldest first."""
        return [each for each in self._by_channel[channel].values() if each.seen_only_by in (None, user_id)]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The answers in a thread, oldest first."""
        return [each for each in self.stored(channel) if each.is_reply and each.thread_ts == thread_ts]

    def unread(self, channel: str, user_id: str, since: str) -> int:
        """How many messages of others stand there since a time, threads aside."""
        fresh = (each for each in self.stored(channel) if each.ts > since and not each.is_reply)
        return sum(each.user != user_id for each in fresh)
