"""What is to be said in Slack: written with the change that causes it, sent after the commit."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self


class MessageKind(StrEnum):
    """What a message shows; delivery draws it when it sends."""

    ALERT = "alert"
    """The card of one overlap; subject: the finding's id."""
    ALERTS = "alerts"
    """The one summary of a person's week; subject: the id of the first alert in it."""
    NEWS = "news"
    """What became of an overlap, in the thread of its card; subject: the finding's id, payload: `what` and more."""
    PLAN = "plan"
    """The one conversation to plan together; subject: the plan's id."""
    PLAN_NEWS = "plan_news"
    """What became of a plan, in its thread; subject: the plan's id, payload: `what` and more."""
    CALENDAR = "calendar"
    """An invitation as a file; subject: the plan's id, payload: `what` (session or review) and `revision`."""
    DECISION = "decision"
    """Tells whom executives delegated a decision to, and the leads what was decided; subject: the decision's id."""
    PROPOSAL = "proposal"
    """A proposal for the one who asked for it; subject: the proposal's id."""
    SEASON = "season"
    """The planning season of one stage; subject: the proposal's id."""
    PACK = "pack"
    """The whole portfolio's season as a document; subject: the proposal's id."""
    MORNING = "morning"
    """What needs a person now; subject: the person's id."""
    JOINED = "joined"
    """Somebody joined an initiative; subject: the id of the one given up."""
    IMPORTED = "imported"
    """One summary of an import; payload: its counts."""
    QUESTION = "question"
    """Asks one person in a poll, and takes the answer; subject: the invitation's id."""
    REMINDER = "reminder"
    """Reminds one person of a poll; subject: the invitation's id."""
    RESULT = "result"
    """What came of a poll; subject: the poll's id."""
    RATIFICATION = "ratification"
    """Asks a department's leads to agree to the journey; subject: the ratification's id, payload: `department`."""
    STUCK = "stuck"
    """Tells a steward what did not arrive; subject: the day."""
    DIGEST = "digest"
    """The executive digest; subject: the occurrence's id."""
    DEPARTMENT_DIGEST = "department_digest"
    """The digest of one department; subject: the occurrence's id."""
    STEWARD = "steward"
    """Somebody is needed to look after the workspace; subject: the id of who did and has left."""
    PERSONAL = "personal"
    """What is kept about somebody, as a file for them; subject: the person's id."""
    CHECK_IN = "check_in"
    """Asks an owner how initiatives stand, and takes the answers; subject: the id of the first of these check-ins."""


class AddressKind(StrEnum):
    """Where a message goes."""

    CHANNEL = "channel"
    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Address:
    """A Slack channel id, a Slack user id, or several users (opened as one group conversation)."""

    kind: AddressKind
    ids: tuple[str, ...]

    @classmethod
    def channel(cls, id: str) -> Self:
        """A channel that somebody chose."""
        return cls(AddressKind.CHANNEL, (id,))

    @classmethod
    def person(cls, slack_id: str) -> Self:
        """One person, by direct message."""
        return cls(AddressKind.PERSON, (slack_id,))

    @classmethod
    def group(cls, slack_ids: tuple[str, ...]) -> Self:
        """Several people in one conversation, at most 8."""
        return cls(AddressKind.GROUP, tuple(sorted(set(slack_ids))))

    def __str__(self) -> str:
        return f"{self.kind}:{','.join(self.ids)}"


class Delivery(StrEnum):
    """How far a message is; an uncertain one may have arrived, and is looked up before anything is repeated."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"
    """Nobody needed it any more when its turn came, so it was not sent."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message to be queued; the delivery key makes it unique in its workspace."""

    delivery_key: str
    kind: MessageKind
    subject: int
    address: Address
    payload: dict[str, object] = field(default_factory=dict)
    """JSON values."""
    follows: str = ""
    """The delivery key of the message in whose thread it belongs; its address is meant for when that one failed."""
    not_before: datetime | None = None
    """It is not sent earlier, such as at night."""


@dataclass(frozen=True, slots=True)
class Message:
    """A queued message. It is posted once (`channel`, `ts`), then edited while `wanted` is ahead of `shown`.

    Without `ts`, the channel is that of the conversation that it goes to, where that is known.
    """

    id: int
    posting: Posting
    state: Delivery
    created_at: datetime
    wanted: int = 1
    shown: int = 0
    attempts: int = 0
    not_before: datetime | None = None
    leased_until: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    error: str = ""
