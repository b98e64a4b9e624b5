"""The outbox: what planning queued, drawn and sent by delivery after the commit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select

from db.claiming import BY_AGE, claimed
from db.paces import PaceRow, Paces
from db.postings import AFRESH, KNOWN, NOT_ARRIVED, UNSEEN, MessageRow, change
from db.queueing import lost
from db.scope import Scope
from db.settling import Arrived, settled
from db.transactions import Transactions
from planning.errors import NotFound
from planning.outbox.pacing import RATES, Method, Rates, is_held
from planning.outbox.values import Delivery, Message
from planning.register import Page

_UNDER_WAY = (Delivery.SENDING, Delivery.UNCERTAIN)
_WAITING = (Delivery.PENDING, Delivery.SENDING, Delivery.SENT)
STOPPED = "The sender stopped before it knew whether this had arrived."


@dataclass(frozen=True, slots=True)
class Head:
    """A message in Slack in whose thread others stand."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """The side of the outbox that delivery works off; each call is a transaction of its own.

    Who claims a message settles it. A settlement counts only while nobody claimed it again: it says whether it counted.
    """

    transactions: Transactions
    workspace: str
    rates: Rates = field(default_factory=lambda: RATES)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Message]:
        """Take what is due and Slack has room for, oldest first, one for each conversation; ours until the lease ends.

        One that is not in Slack yet comes with the channel of its conversation where that is known.
        """
        with self.transactions.writing() as session:
            rows = claimed(Scope(session, self.workspace), self.rates, now, lease, limit)
            return [row.value() for row in rows]

    def holds(self, message: Message) -> bool:
        """Whether a claimed message is still ours to send."""
        with self.transactions.reading() as session:
            state = Delivery.SENT if message.state is Delivery.SENT else Delivery.SENDING
            found = select(MessageRow.id).where(Scope(session, self.workspace).owns(MessageRow))
            ours = (MessageRow.id == message.id, MessageRow.state == state, MessageRow.attempts == message.attempts)
            return session.scalar(found.where(*ours)) is not None

    def posted(self, message: Message, channel: str, ts: str, shown: int, now: datetime) -> bool:
        """It is in Slack, as it was wanted at `shown`; this counts even for one that was given up as uncertain."""
        return self.arrived([Arrived(replace(message, wanted=shown), channel, ts, now)])[message.id]

    def arrived(self, arrivals: Sequence[Arrived]) -> dict[int, bool]:
        """These were posted or edited, as they were wanted when they were claimed; by number, whether each counted."""
        counted = self._arrived(arrivals, skip_held=True)
        for one in arrivals:
            if one.message.id not in counted:
                counted |= self._arrived([one])
        return {one.message.id: counted.get(one.message.id, False) for one in arrivals}

    def _arrived(self, arrivals: Sequence[Arrived], *, skip_held: bool = False) -> dict[int, bool]:
        with self.transactions.writing() as session:
            return settled(Scope(session, self.workspace), arrivals, skip_held=skip_held)

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
            return self._settle(message, (Delivery.SENT,), shown=message.wanted, not_before=None, error="")
        return self._settle(message, _UNDER_WAY, state=Delivery.DROPPED, shown=message.wanted, error="")

    def uncertain(self, message: Message, reason: str, now: datetime) -> bool:
        """Nobody knows whether it arrived; an edit is simply due again, for editing twice is harmless."""
        if message.state is Delivery.SENT:
            return self._settle(message, (Delivery.SENT,), shown_at=now, error=reason)
        doubted = {"state": Delivery.UNCERTAIN, "shown_at": now, "not_before": None}
        return self._settle(message, _UNDER_WAY, error=reason, **doubted)

    def expired(self, now: datetime) -> list[Message]:
        """Those whose sender did not come back before its lease ended: they are uncertain from now on."""
        with self.transactions.writing() as session:
            ended = Scope(session, self.workspace).select(MessageRow).where(lost(now))
            rows = session.scalars(ended.order_by(BY_AGE).with_for_update(skip_locked=True)).all()
            for row in rows:
                row.state, row.leased_until, row.not_before = Delivery.UNCERTAIN, None, None
                row.error, row.shown_at = STOPPED, now
            session.flush()
            return [row.value() for row in rows]

    def resend(self, id: int) -> bool:
        """Queue an uncertain or failed message again, because a person said so; False when it is neither."""
        return self._change(id, NOT_ARRIVED, **AFRESH)

    def by_id(self, id: int) -> Message:
        """The message with a number."""
        with self.transactions.reading() as session:
            known = Scope(session, self.workspace).select(MessageRow).where(KNOWN, MessageRow.id == id)
            row = session.scalar(known)
            if row is None:
                raise NotFound("I do not know this message.")
            return row.value()

    def head(self, message: Message) -> Head | None:
        """The message in whose thread this one belongs, when that is in Slack; it may be of any kind."""
        if not message.posting.follows:
            return None
        with self.transactions.reading() as session:
            of_key = (MessageRow.delivery_key == message.posting.follows, MessageRow.channel != "", MessageRow.ts != "")
            mine = Scope(session, self.workspace).owns(MessageRow)
            row = session.execute(select(MessageRow.channel, MessageRow.ts).where(mine, *of_key)).first()
            return None if row is None else Head(str(row.channel), str(row.ts))

    def page(self, limit: int, offset: int = 0, states: Collection[Delivery] = ()) -> Page[Message]:
        """The newest first; with states, only those."""
        with self.transactions.reading() as session:
            scope = Scope(session, self.workspace)
            found = scope.select(MessageRow).where(KNOWN)
            chosen = found.where(MessageRow.state.in_(sorted(states))) if states else found
            rows = session.scalars(chosen.order_by(MessageRow.id.desc()).limit(limit).offset(offset))
            return Page(tuple(row.value() for row in rows), scope.total(chosen), offset)

    def depth(self) -> int:
        """How many wait to be sent or edited, or are under way."""
        with self.transactions.reading() as session:
            scope = Scope(session, self.workspace)
            return scope.total(scope.select(MessageRow).where(UNSEEN, MessageRow.state.in_(_WAITING)))

    def take(self, method: Method, calls: int, now: datetime) -> bool:
        """Count calls that are about to be made, when there is room for them now."""
        with self.transactions.writing() as session:
            paces = Paces(Scope(session, self.workspace), self.rates)
            if not paces.free((method,), now)[method]:
                return False
            paces.take({method: calls}, now)
            return True

    def hold(self, method: str, until: datetime, now: datetime) -> None:
        """Slack refuses this method until then, to every replica."""
        with self.transactions.writing() as session:
            Paces(Scope(session, self.workspace), self.rates).hold(method, until, now)

    def held(self, now: datetime) -> dict[str, datetime]:
        """The methods that Slack refuses now, and until when."""
        with self.transactions.reading() as session:
            rows = session.scalars(Scope(session, self.workspace).select(PaceRow).order_by(PaceRow.method))
            return {row.method: row.held_until for row in rows if row.held_until and is_held(row.held_until, now)}

    def _settle(self, message: Message, states: Collection[Delivery], **values: object) -> bool:
        ours = and_(MessageRow.attempts == message.attempts, MessageRow.state.in_(states))
        return self._change(message.id, ours, leased_until=None, **values)

    def _change(self, id: int, condition: ColumnElement[bool], **values: object) -> bool:
        with self.transactions.writing() as session:
            return change(Scope(session, self.workspace), id, condition, **values)
