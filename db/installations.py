"""Where Concord is installed, for all replicas: what one of them writes counts for the others at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.installation_rows import InstallationRow
from db.transactions import Transactions
from planning.installations.values import Ending, Installation


class Vault(Protocol):
    """Seals what must not be read where it rests."""

    def seal(self, secret: str) -> bytes: ...
    def open(self, sealed: bytes) -> str: ...
    def reseal(self, sealed: bytes) -> bytes:
        """The same under the newest key."""
        ...


@dataclass(frozen=True, slots=True)
class Installations:
    """All installations; each call is a transaction of its own."""

    transactions: Transactions
    vault: Vault

    def of(self, slack_id: str) -> Installation | None:
        """The installation of a team or an organisation, also one that is over."""
        with self.transactions.reading() as session:
            return self._value(session.get(InstallationRow, slack_id))

    def of_workspace(self, workspace: str) -> Installation | None:
        """The installation of the workspace with an id of ours, also one that is over."""
        with self.transactions.reading() as session:
            found = select(InstallationRow).where(InstallationRow.workspace_id == workspace)
            return self._value(session.scalar(found))

    def revision_of(self, slack_id: str) -> tuple[int, bool] | None:
        """The revision of an installation, and whether it is live; cheap, for it is asked with every request."""
        with self.transactions.reading() as session:
            columns = (InstallationRow.revision, InstallationRow.ended_at)
            found = session.execute(select(*columns).where(InstallationRow.slack_id == slack_id)).one_or_none()
            return None if found is None else (found[0], found[1] is None)

    def all(self) -> list[Installation]:
        """Every installation, by its Slack id."""
        with self.transactions.reading() as session:
            rows = session.scalars(select(InstallationRow).order_by(InstallationRow.slack_id))
            return [self._opened(row) for row in rows]

    def keep(self, installation: Installation) -> Installation:
        """Write one, new or changed; its revision counts up."""
        with self.transactions.writing() as session:
            row = _locked(session, installation.slack_id) or InstallationRow(slack_id=installation.slack_id, revision=0)
            kept = replace(installation, revision=row.revision + 1)
            self._fill(row, kept)
            session.add(row)
            return kept

    def end(self, slack_id: str, ending: Ending, now: datetime) -> Installation | None:
        """It is over; the first word counts, so the other one of the two changes nothing. None where there is none."""
        with self.transactions.writing() as session:
            row = _locked(session, slack_id)
            if row is not None and row.ended_at is None:
                row.ended_at, row.ending, row.revision = now, ending, row.revision + 1
            return self._value(row)

    def reseal(self, tell: Callable[[int], object] = lambda _done: None) -> int:
        """Have every token sealed under the newest key; how many there are."""
        with self.transactions.writing() as session:
            rows = session.scalars(select(InstallationRow).with_for_update()).all()
            for done, row in enumerate(rows, start=1):
                row.token = self.vault.reseal(row.token)
                tell(done)
            return len(rows)

    def _value(self, row: InstallationRow | None) -> Installation | None:
        return None if row is None else self._opened(row)

    def _opened(self, row: InstallationRow) -> Installation:
        return Installation(
            slack_id=row.slack_id,
            workspace=row.workspace_id,
            name=row.name,
            app_id=row.app_id,
            bot_id=row.bot_id,
            bot_user_id=row.bot_user_id,
            token=self.vault.open(row.token),
            scopes=frozenset(str(scope) for scope in row.scopes),
            installed_by=row.installed_by,
            installed_at=row.installed_at,
            enterprise_id=row.enterprise_id,
            team_id=row.team_id,
            ended_at=row.ended_at,
            ending=row.ending,
            revision=row.revision,
        )

    def _fill(self, row: InstallationRow, installation: Installation) -> None:
        row.workspace_id, row.name, row.app_id = installation.workspace, installation.name, installation.app_id
        row.bot_id, row.bot_user_id = installation.bot_id, installation.bot_user_id
        row.enterprise_id, row.team_id = installation.enterprise_id, installation.team_id
        row.token, row.scopes = self.vault.seal(installation.token), [*sorted(installation.scopes)]
        row.installed_by, row.installed_at = installation.installed_by, installation.installed_at
        row.ended_at, row.ending, row.revision = installation.ended_at, installation.ending, installation.revision


def _locked(session: Session, slack_id: str) -> InstallationRow | None:
    return session.get(InstallationRow, slack_id, with_for_update=True)
