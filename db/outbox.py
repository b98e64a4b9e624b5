"""The outbox: what planning queued, drawn and sent by delivery after the commit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlalchemy.orm import aliased

from db.postings import AFRESH, NOT_ARRIVED, UNSEEN, MessageRow
from db.scope import Scope
from db.transactions import Transactions
from planning.outbox.values import Delivery, Message
from planning.register import Page

_UNDER_WAY = (Delivery.SENDING, Delivery.UNCERTAIN)
_ENDED = (Delivery.FAILED, Delivery.DROPPED)
_WAITING = (Delivery.PENDING, Delivery.SENDING, Delivery.SENT)
_BY_AGE = MessageRow.id + 0
"""The oldest first; a sum, for by the bare number SQLite would go through all that was ever sent."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """The side of the outbox that delivery works off; each call is a transaction of its own.

    Who claims a message settles it. A settlement counts only while nobody claimed it again: it says whether it counted.
    """

    transactions: Transactions
    workspace: str

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Message]:
        """Take what is due, oldest first, one for each conversation; it is ours until the lease ends."""
        with self.transactions.writing() as session:
            scope = Scope(session, self.workspace)
            heads = scope.select(MessageRow).where(UNSEEN, due(now), ~_waits_for_another(now))
            locked = heads.order_by(_BY_AGE).limit(limit).with_for_update(skip_locked=True)
            rows = session.scalars(locked).all()
            for row in rows:
                row.state = Delivery.SENDING if row.state is Delivery.PENDING else row.state
                row.attempts, row.leased_until = row.attempts + 1, now + lease
            session.flush()
            return [row.value() for row in rows]

    def posted(self, message: Message, channel: str, ts: str, shown: int) -> bool:
        """It is in Slack, as it was wanted at `shown`; this counts even for one that was given up as uncertain."""
        unsent = (Delivery.SENDING, Delivery.UNCERTAIN, Delivery.PENDING)
        place = {"channel": channel, "ts": ts, "shown": shown}
        return self._settle(message, unsent, state=Delivery.SENT, not_before=None, error="", **place)

    def edited(self, message: Message, shown: int) -> bool:
        """Slack now shows it as it was wanted at `shown`."""
        return self._settle(message, (Delivery.SENT,), shown=shown, not_before=None, error="")

    def retry(self, message: Message, not_before: datetime, error: str) -> bool:
        """It did not arrive, or the edit of it did not: it is due again at `not_before`."""
        if message.state is Delivery.SENT:
            return self._settle(message, (Delivery.SENT,), not_before=not_before, error=error)
        return self._settle(message, _UNDER_WAY, state=Delivery.PENDING, not_before=not_before, error=error)

    def failed(self, message: Message, reason: str) -> bool:
        """It cannot be sent; of one that is in Slack already, only this edit is given up."""
        if message.state is Delivery.SENT:
            return self._settle(message, (Delivery.SENT,), shown=message.wanted, error=reason)
        return self._settle(message, _UNDER_WAY, state=Delivery.FAILED, error=reason)

    def dropped(self, message: Message) -> bool:
        """Nobody needs it any more; what is in Slack already stays as it is."""
        if message.state is Delivery.SENT:
            return self.edited(message, message.wanted)
        return self._settle(message, _UNDER_WAY, state=Delivery.DROPPED, shown=message.wanted, error="")

    def uncertain(self, message: Message, reason: str) -> bool:
        """Nobody knows whether it arrived; an edit is simply due again, for editing twice is harmless."""
        if message.state is Delivery.SENT:
            return self._settle(message, (Delivery.SENT,), error=reason)
        return self._settle(message, _UNDER_WAY, state=Delivery.UNCERTAIN, error=reason)

    def expired(self, now: datetime) -> list[Message]:
        """Those whose sender did not come back before its lease ended: they are uncertain from now on."""
        with self.transactions.writing() as session:
            ended = Scope(session, self.workspace).select(MessageRow).where(lost(now))
            rows = session.scalars(ended.order_by(_BY_AGE).with_for_update(skip_locked=True)).all()
            for row in rows:
                row.state, row.leased_until = Delivery.UNCERTAIN, None
                row.error = "The sender stopped before it knew whether this had arrived."
            session.flush()
            return [row.value() for row in rows]

    def resend(self, id: int) -> bool:
        """Queue an uncertain or failed message again, because a person said so; False when it is neither."""
        return self._change(id, NOT_ARRIVED, **AFRESH)

    def by_id(self, id: int) -> Message:
        """The message with a number."""
        with self.transactions.reading() as session:
            return Scope(session, self.workspace).one(MessageRow, id, "I do not know this message.").value()

    def followed(self, message: Message) -> Message | None:
        """The message in whose thread this one belongs, when that is in Slack."""
        with self.transactions.reading() as session:
            wanted = Scope(session, self.workspace).select(MessageRow)
            of_key = wanted.where(MessageRow.delivery_key == message.posting.follows, MessageRow.ts.is_not(None))
            row = session.scalar(of_key)
            return None if row is None else row.value()

    def page(self, limit: int, offset: int = 0, states: Collection[Delivery] = ()) -> Page[Message]:
        """The newest first; with states, only those."""
        with self.transactions.reading() as session:
            scope = Scope(session, self.workspace)
            found = scope.select(MessageRow)
            chosen = found.where(MessageRow.state.in_(sorted(states))) if states else found
            rows = session.scalars(chosen.order_by(MessageRow.id.desc()).limit(limit).offset(offset))
            return Page(tuple(row.value() for row in rows), scope.total(chosen), offset)

    def depth(self) -> int:
        """How many wait to be sent or edited, or are under way."""
        with self.transactions.reading() as session:
            scope = Scope(session, self.workspace)
            return scope.total(scope.select(MessageRow).where(UNSEEN, MessageRow.state.in_(_WAITING)))

    def _settle(self, message: Message, states: Collection[Delivery], **values: object) -> bool:
        ours = and_(MessageRow.attempts == message.attempts, MessageRow.state.in_(states))
        return self._change(message.id, ours, leased_until=None, **values)

    def _change(self, id: int, condition: ColumnElement[bool], **values: object) -> bool:
        with self.transactions.writing() as session:
            owned = (MessageRow.workspace_id == self.workspace, MessageRow.id == id)
            changed = update(MessageRow).where(*owned, condition).values(**values).returning(MessageRow.id)
            return session.scalar(changed) is not None


def due(now: datetime) -> ColumnElement[bool]:
    """Whether a message is to be posted or edited now."""
    return _due(MessageRow, now)


def lost(now: datetime) -> ColumnElement[bool]:
    """Whether the one who was sending a message has not come back."""
    return and_(UNSEEN, MessageRow.state == Delivery.SENDING, MessageRow.leased_until <= now)


def _due(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    return and_(
        row.shown < row.wanted,
        row.state.in_((Delivery.PENDING, Delivery.SENT)),
        or_(row.not_before.is_(None), row.not_before <= now),
        or_(row.leased_until.is_(None), row.leased_until <= now),
        ~_waits_for_its_thread(row),
    )


def _waits_for_its_thread(row: type[MessageRow]) -> ColumnElement[bool]:
    """Whether a message is not in Slack and what it follows may still come there: it must not overtake that."""
    head = aliased(MessageRow)
    may_come = exists().where(
        head.workspace_id == row.workspace_id,
        head.delivery_key == row.follows,
        head.ts.is_(None),
        head.state.not_in(_ENDED),
    )
    return and_(row.ts.is_(None), row.follows != "", may_come)


def _waits_for_its_time(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    """Whether a message that was never tried is meant for later: others need not wait for that."""
    return and_(row.attempts == 0, row.not_before.is_not(None), row.not_before > now)


def _waits_for_another(now: datetime) -> ColumnElement[bool]:
    """Whether the same conversation has a message under way, or an older one that comes first."""
    other = aliased(MessageRow)
    under_way = or_(other.state == Delivery.SENDING, and_(other.state == Delivery.SENT, other.leased_until > now))
    coming = and_(other.state == Delivery.PENDING, ~_waits_for_its_thread(other), ~_waits_for_its_time(other, now))
    first = and_(other.id < MessageRow.id, or_(coming, _due(other, now)))
    return exists().where(
        other.workspace_id == MessageRow.workspace_id,
        other.address == MessageRow.address,
        other.shown < other.wanted,
        other.id != MessageRow.id,
        or_(under_way, first),
    )
