"""The requests of the last minutes, for all replicas: one that was taken before is known again by any of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from db.installation_rows import SeenRequestRow
from db.scope import Scope
from db.transactions import Transactions

KEPT = timedelta(minutes=11)
"""A signature is good for five minutes before and after its time, and clocks of replicas differ a little."""
AT_ONCE = 5_000
"""So many are forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class SeenRequests:
    """Each call is a transaction of its own, which is kept before anything is done about a request."""

    transactions: Transactions

    def is_first(self, digest: str, now: datetime) -> bool:
        """Whether it was not seen before; from now on it was."""
        with self.transactions.writing() as session:
            insert = Scope(session, self.transactions.workspace).insert(SeenRequestRow)
            seen = insert.values(digest=digest, seen_at=now).on_conflict_do_nothing()
            return session.scalar(seen.returning(SeenRequestRow.digest)) is not None

    def forget(self, now: datetime) -> int:
        """Forget those that are too old to come again; how many. What others are about to forget is left to them."""
        old = select(SeenRequestRow.digest).where(SeenRequestRow.seen_at < now - KEPT).limit(AT_ONCE)
        with self.transactions.reading() as session:
            if session.scalar(old.limit(1)) is None:
                return 0
        with self.transactions.writing() as session:
            digests = session.scalars(old.with_for_update(skip_locked=True)).all()
            session.execute(delete(SeenRequestRow).where(SeenRequestRow.digest.in_(digests)))
            return len(digests)
