"""How often programs call with a key, counted for all replicas together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.paces import PaceRow
from db.scope import Scope
from db.transactions import Transactions
from planning.outbox.pacing import Rate, allowed, moved

KEY_RATE = Rate(a_minute=60, burst=20)
"""For each key. A call carries thousands of readings; a program that calls more often has gone round in circles."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of programs in a workspace; each is counted in a transaction of its own, whatever comes of it."""

    transactions: Transactions
    workspace: str
    rate: Rate = KEY_RATE

    def wait_before(self, key: int, now: datetime) -> timedelta:
        """Nothing, and the call is counted; or how long to wait first, and it is not."""
        with self.transactions.writing() as session:
            row = self._row(Scope(session, self.workspace), f"key:{key}", now)
            if allowed(self.rate, row.free_at, now):
                row.free_at = moved(self.rate, row.free_at, now, 1)
                return timedelta()
            return row.free_at - now - self.rate.ahead + self.rate.interval

    def _row(self, scope: Scope, name: str, now: datetime) -> PaceRow:
        """The count of a key, which nobody else touches until this transaction ends."""
        new = scope.insert(PaceRow).values(workspace_id=scope.workspace, method=name, free_at=now)
        scope.session.execute(new.on_conflict_do_nothing())
        counted = scope.select(PaceRow).where(PaceRow.method == name).with_for_update()
        return scope.session.scalars(counted).one()
