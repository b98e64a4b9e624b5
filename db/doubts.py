"""Messages of which nobody knows whether they arrived, for the one process that looks each of them up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_

from db.claiming import BY_AGE
from db.postings import MessageRow, change
from db.queueing import doubtful
from db.scope import Scope
from db.transactions import Transactions
from planning.outbox.values import Delivery, Message


@dataclass(frozen=True, slots=True)
class DoubtedMessages:
    """The doubts of a workspace. Who looks one up is known by its lease, for nobody tries it meanwhile."""

    transactions: Transactions
    workspace: str

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Message]:
        """Take on those that wait to be looked up, the oldest first; they are ours until the lease ends."""
        with self.transactions.writing() as session:
            waiting = Scope(session, self.workspace).select(MessageRow).where(doubtful(now))
            rows = session.scalars(waiting.order_by(BY_AGE).limit(limit).with_for_update(skip_locked=True)).all()
            for row in rows:
                row.leased_until = now + lease
            session.flush()
            return [row.value() for row in rows]

    def missing(self, message: Message, now: datetime) -> bool:
        """It never arrived: it waits to be sent; False when somebody else has settled it or looks it up by now."""
        ready = {"state": Delivery.PENDING, "not_before": now, "shown_at": None}
        return self._settle(message, error="It had not arrived.", **ready)

    def again(self, message: Message, not_before: datetime) -> bool:
        """It could not be looked up just now."""
        return self._settle(message, not_before=not_before)

    def _settle(self, message: Message, **values: object) -> bool:
        mine = and_(
            MessageRow.state == Delivery.UNCERTAIN,
            MessageRow.attempts == message.attempts,
            MessageRow.leased_until == message.leased_until,
        )
        with self.transactions.writing() as session:
            return change(Scope(session, self.workspace), message.id, mine, leased_until=None, **values)
