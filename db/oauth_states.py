"""The states of installations that have begun: each counts once, also where two replicas are shown it at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert

from db.installation_rows import OauthStateRow
from db.transactions import Transactions


@dataclass(frozen=True, slots=True)
class OauthStates:
    """All states, by their digests; each call is a transaction of its own."""

    transactions: Transactions

    def begin(self, digest: str, expires_at: datetime, now: datetime) -> None:
        """Know a state until it expires; those that have expired go."""
        with self.transactions.writing() as session:
            session.execute(delete(OauthStateRow).where(OauthStateRow.expires_at <= now))
            session.execute(insert(OauthStateRow).values(digest=digest, expires_at=expires_at))

    def take(self, digest: str, now: datetime) -> bool:
        """Whether the state counts; from then on it does not."""
        mine = delete(OauthStateRow).where(OauthStateRow.digest == digest).returning(OauthStateRow.expires_at)
        with self.transactions.writing() as session:
            expires_at = session.scalar(mine)
        return expires_at is not None and now < expires_at
