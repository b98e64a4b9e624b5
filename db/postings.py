"""Messages that wait to be said in Slack, as planning queues them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, or_, text, update
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, portions
from db.tables import Numbered, Row
from planning.outbox.values import Address, AddressKind, Delivery, Message, MessageKind, Posting
from planning.register import Page

UNSEEN = text("shown < wanted")
"""Whether Slack does not show a message as it is wanted: the few for which there is something to do."""


class MessageRow(Numbered, Row):
    """A queued message; `attempts` counts the claims, so that only the last one to claim it may settle it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "delivery_key"),
        Index(None, "workspace_id", "kind", "subject"),
        Index(None, "workspace_id", "address", "shown_at"),
        Index("ix_outbox_unseen", "workspace_id", "address", "id", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
    )

    delivery_key: Mapped[str]
    kind: Mapped[MessageKind]
    subject: Mapped[int]
    address: Mapped[str]
    payload: Mapped[dict[str, object]]
    state: Mapped[Delivery]
    created_at: Mapped[datetime]
    wanted: Mapped[int]
    shown: Mapped[int]
    attempts: Mapped[int]
    not_before: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    error: Mapped[str] = mapped_column(server_default="")
    follows: Mapped[str] = mapped_column(server_default="")
    shown_at: Mapped[datetime | None]
    """When Slack was last given it, or may have been, so that its conversation is not hurried.

    Of one in doubt: since when, and nothing once it is known that it cannot be looked up.
    """

    def value(self) -> Message:
        """The row as planning knows it."""
        kind, _, ids = self.address.partition(":")
        address = Address(AddressKind(kind), tuple(ids.split(",")))
        return Message(
            id=self.id,
            posting=Posting(self.delivery_key, self.kind, self.subject, address, self.payload, self.follows),
            state=self.state,
            created_at=self.created_at,
            wanted=self.wanted,
            shown=self.shown,
            attempts=self.attempts,
            not_before=self.not_before,
            leased_until=self.leased_until,
            channel=self.channel,
            ts=self.ts,
            error=self.error,
        )


KNOWN = MessageRow.kind.in_([*MessageKind])
"""What a newer release says beside this one is left to that."""
_STUCK = (Delivery.UNCERTAIN, Delivery.FAILED)
NOT_ARRIVED = MessageRow.state.in_(_STUCK)
"""Whether a person may have the message sent again."""
AFRESH: Mapping[str, object] = {
    "state": Delivery.PENDING,
    "not_before": None,
    "leased_until": None,
    "shown_at": None,
    "error": "",
}
"""What makes a message one that waits again."""


def change(scope: Scope, id: int, condition: ColumnElement[bool], **values: object) -> bool:
    """Change a message that is as it should be; False, and nothing changed, when it is not."""
    chosen = (scope.owns(MessageRow), MessageRow.id == id, condition)
    changed = update(MessageRow).where(*chosen).values(**values).returning(MessageRow.id)
    return scope.session.scalar(changed, execution_options={"synchronize_session": False}) is not None


@dataclass(slots=True)
class SqlPostings:
    """The side of the outbox that planning writes; `changed` says whether there is something to send."""

    scope: Scope
    changed: bool = False

    def add(self, posting: Posting, now: datetime) -> bool:
        """Queue it; False, and nothing changed, when its delivery key is known already."""
        if self._of(posting.delivery_key) is not None:
            return False
        queued = replace(posting, follows=self._head(posting.follows))
        self.scope.keep(_row(self.scope, Message(0, queued, Delivery.PENDING, now)))
        self.changed = True
        return True

    def _head(self, followed: str) -> str:
        """Where the thread begins: Slack has threads of one level, so a reply to a reply stands beside it."""
        head = self._of(followed) if followed else None
        return (head and head.follows) or followed

    def _of(self, delivery_key: str) -> MessageRow | None:
        return self.scope.session.scalar(self.scope.select(MessageRow).where(MessageRow.delivery_key == delivery_key))

    def known(self, keys: Collection[str]) -> list[Posting]:
        """What was queued with these delivery keys."""
        queued = self.scope.select(MessageRow).where(MessageRow.delivery_key.in_(sorted(keys)))
        return [row.value().posting for row in self.scope.session.scalars(queued)]

    def arrivals(self, kinds: Collection[MessageKind], subjects: Collection[int]) -> dict[int, Delivery]:
        """How far what was queued about these subjects has come; what Slack showed once was sent."""
        of_kind = self.scope.select(MessageRow).where(MessageRow.kind.in_(kinds), MessageRow.subject.in_(subjects))
        return {row.subject: Delivery.SENT if row.ts else row.state for row in self.scope.session.scalars(of_kind)}

    def revise(self, kind: MessageKind, *subjects: int) -> int:
        """Have every message of the kind about these subjects drawn again; the number of them."""
        again = update(MessageRow).values(wanted=MessageRow.wanted + 1).returning(MessageRow.id)
        of_kind = again.where(self.scope.owns(MessageRow), MessageRow.kind == kind)
        asked = (of_kind.where(MessageRow.subject.in_(some)) for some in portions(subjects))
        count = sum(len(self.scope.session.scalars(each).all()) for each in asked)
        self.changed = self.changed or count > 0
        return count

    def hasten(self, kind: MessageKind, subject: int) -> None:
        """Have what waits of the kind about this subject sent now."""
        of_kind = (self.scope.owns(MessageRow), MessageRow.kind == kind, MessageRow.subject == subject)
        waiting = update(MessageRow).where(*of_kind, MessageRow.state == Delivery.PENDING, MessageRow.attempts == 0)
        self.scope.session.execute(waiting.values(not_before=None))
        self.changed = True

    def stuck(self, since: datetime, doubted_before: datetime, limit: int) -> Page[Message]:
        """Those queued since then that failed, or are in doubt and cannot be looked up; the newest first."""
        unreadable = or_(MessageRow.shown_at.is_(None), MessageRow.created_at < doubted_before)
        settled = or_(MessageRow.state == Delivery.FAILED, unreadable)
        found = self.scope.select(MessageRow).where(UNSEEN, KNOWN, NOT_ARRIVED, settled, MessageRow.created_at >= since)
        rows = self.scope.session.scalars(found.order_by(MessageRow.id.desc()).limit(limit))
        return Page(tuple(row.value() for row in rows), self.scope.total(found))

    def resend(self, id: int) -> Posting | None:
        """Queue an uncertain or failed message again; None when it is neither."""
        if not change(self.scope, id, NOT_ARRIVED, **AFRESH):
            return None
        self.changed = True
        return self.scope.one(MessageRow, id, "I do not know this message.").value().posting

    def leave(self, id: int, *, waiting: bool = False) -> bool:
        """Never send one that failed or is in doubt (`waiting`: or that waits); False when it is something else."""
        states = (*_STUCK, Delivery.PENDING) if waiting else _STUCK
        ended = {"state": Delivery.DROPPED, "shown": MessageRow.wanted, "leased_until": None}
        return change(self.scope, id, MessageRow.state.in_(states), **ended)

    def fail(self, message: Message, reason: str) -> bool:
        """A claimed message cannot be sent; False when it is no longer ours."""
        ours = and_(
            MessageRow.attempts == message.attempts, MessageRow.state.in_((Delivery.SENDING, Delivery.UNCERTAIN))
        )
        return change(self.scope, message.id, ours, state=Delivery.FAILED, error=reason, leased_until=None)

    def unreadable(self, message: Message, not_before: datetime) -> bool:
        """A message in doubt cannot be looked up: its conversation goes on without it; whether that is news."""
        ours = and_(MessageRow.state == Delivery.UNCERTAIN, MessageRow.leased_until == message.leased_until)
        over = {"not_before": not_before, "leased_until": None, "shown_at": None}
        if change(self.scope, message.id, and_(ours, MessageRow.shown_at.is_not(None)), **over):
            return True
        change(self.scope, message.id, ours, **over)
        return False


def _row(scope: Scope, message: Message) -> MessageRow:
    posting = message.posting
    return MessageRow(
        workspace_id=scope.workspace,
        id=scope.number(MessageRow),
        delivery_key=posting.delivery_key,
        kind=posting.kind,
        subject=posting.subject,
        address=str(posting.address),
        payload=posting.payload,
        state=message.state,
        created_at=message.created_at,
        wanted=message.wanted,
        shown=message.shown,
        attempts=message.attempts,
        not_before=posting.not_before,
        error=message.error,
        follows=posting.follows,
    )
