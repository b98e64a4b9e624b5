"""Channels, private channels, direct and group messages."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.ids import Ids


class Kind(StrEnum):
    """What sort of conversation it is."""

    CHANNEL = "channel"
    PRIVATE = "private"
    IM = "im"
    MPIM = "mpim"


SLACK_TYPES = {
    Kind.CHANNEL: "public_channel",
    Kind.PRIVATE: "private_channel",
    Kind.IM: "im",
    Kind.MPIM: "mpim",
}
EVENT_TYPES = {Kind.CHANNEL: "channel", Kind.PRIVATE: "group", Kind.IM: "im", Kind.MPIM: "mpim"}


@dataclass
class Conversation:
    """A place where messages stand."""

    id: str
    kind: Kind
    name: str
    members: list[str]
    created: int
    topic: str = ""
    creator: str = ""
    team: str = ""
    """The team it belongs to; direct messages belong to none."""
    is_archived: bool = False
    read: dict[str, str] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Whether it belongs to its members alone and nobody can join."""
        return self.kind in (Kind.IM, Kind.MPIM)

    def other(self, user_id: str) -> str:
        """The other end of a direct message (oneself, in a note to self)."""
        return next((member for member in self.members if member != user_id), user_id)

    def channel_object(self, viewer: str, home: str) -> Json:
        """The conversation as conversations.info shows it to the viewer."""
        common = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": self.kind is Kind.IM,
            "is_mpim": self.kind is Kind.MPIM,
            "is_org_shared": False,
            "is_shared": False,
            "is_ext_shared": False,
            "context_team_id": self.team or home,
        }
        if self.kind is Kind.IM:
            return {**common, "user": self.other(viewer), "is_user_deleted": False, "is_open": True}
        return {**common, **self._named_fields(viewer)}

    def _named_fields(self, viewer: str) -> Json:
        return {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind is Kind.CHANNEL,
            "is_group": self.kind is Kind.PRIVATE,
            "is_private": self.kind is not Kind.CHANNEL,
            "is_general": self.name == "general",
            "is_member": viewer in self.members,
            "creator": self.creator,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


class Conversations:
    """Every conversation of the workspace."""

    def __init__(self, ids: Ids, conversations: Iterable[Conversation]) -> None:
        self._ids = ids
        self._by_id = {each.id: each for each in conversations}

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self._by_id.values())

    def find(self, channel_id: str) -> Conversation | None:
        """The conversation with that id, if there is one."""
        return self._by_id.get(channel_id)

    def require(self, channel_id: str) -> Conversation:
        """The conversation with that id, or Slack's word for none."""
        conversation = self._by_id.get(channel_id)
        if conversation is None:
            raise SlackError("channel_not_found")
        return conversation

    def by_name(self, name: str, team: str | None = None) -> Conversation | None:
        """The channel of that name, in one team or anywhere; archived ones keep theirs."""
        wanted = name.removeprefix("#")
        named = (each for each in self if not each.is_direct and each.name == wanted)
        return next((each for each in named if team in (None, each.team)), None)

    def visible_to(self, user_id: str) -> list[Conversation]:
        """What the person is a member of, in the order it was made."""
        return [each for each in self if user_id in each.members]

    def create(
        self, name: str, kind: Kind, members: list[str], created: int, creator: str, team: str = ""
    ) -> Conversation:
        """Add a conversation."""
        made = Conversation(self._ids.next("D" if kind is Kind.IM else "C"), kind, name, members, created)
        made.creator, made.team = creator, team
        self._by_id[made.id] = made
        return made

    def direct(self, members: Collection[str]) -> Conversation | None:
        """The direct or group message of exactly these people, if they ever had one."""
        wanted = set(members)
        return next((each for each in self if each.is_direct and set(each.members) == wanted), None)
