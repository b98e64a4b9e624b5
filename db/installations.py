"""Where Concord is installed, for all replicas: what one of them writes counts for the others at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from db.installation_rows import InstallationRow
from db.paces import PaceRow
from db.registers import SqlRegister
from db.scope import Scope
from db.transactions import Transactions
from planning.installations.values import CannotOpen, Ending, Installation
from planning.outbox.pacing import Method

_LOST = (
    "The token of {name} ({slack_id}) cannot be opened. {why} "
    "Put that key back behind the newest one, or have Concord installed there again."
)

T = TypeVar("T")


class Vault(Protocol):
    """Seals what must not be read where it rests; raises CannotOpen where its keys do not fit."""

    def seal(self, secret: str) -> bytes: ...
    def open(self, sealed: bytes) -> str: ...
    def reseal(self, sealed: bytes) -> bytes:
        """The same under the newest key; as it is where it already was."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What tells whether something remembered of an installation still holds."""

    slack_id: str
    revision: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class Installations:
    """All installations; each call is a transaction of its own, which sees all workspaces."""

    transactions: Transactions
    vault: Vault

    def of(self, slack_id: str) -> Installation | None:
        """The installation of a team or an organisation, also one that is over."""
        with self.transactions.reading() as session:
            return _opened(session.get(InstallationRow, slack_id), self.vault)

    def standing_of(self, slack_id: str) -> Standing | None:
        """How the installation of a team or an organisation stands; cheap, for it is asked with every request."""
        return self._standing(InstallationRow.slack_id == slack_id)

    def standing_in(self, workspace: str) -> Standing | None:
        """The same, of the workspace with an id of ours."""
        return self._standing(InstallationRow.workspace_id == workspace)

    def reseal(self, tell: Callable[[int, int], object] = lambda _done, _of: None) -> int:
        """Have every token sealed under the newest key, one by one; how many there are. What is done is kept.

        Raises CannotOpen at the end, and names those that no key opens.
        """
        with self.transactions.reading() as session:
            ids = session.scalars(select(InstallationRow.slack_id).order_by(InstallationRow.slack_id)).all()
        lost = list[str]()
        for done, slack_id in enumerate(ids, start=1):
            try:
                self._reseal(slack_id)
            except CannotOpen as error:
                lost.append(str(error))
            tell(done, len(ids))
        if lost:
            raise CannotOpen("\n".join(lost))
        return len(ids)

    def _reseal(self, slack_id: str) -> None:
        with self.transactions.writing() as session:
            row = _locked(session, slack_id)
            if row is not None:
                row.token = _used(row, self.vault.reseal)

    def _standing(self, among: ColumnElement[bool]) -> Standing | None:
        columns = (InstallationRow.slack_id, InstallationRow.revision, InstallationRow.ended_at)
        with self.transactions.reading() as session:
            found = session.execute(select(*columns).where(among)).one_or_none()
        return None if found is None else Standing(found[0], found[1], found[2] is None)


@dataclass(frozen=True, slots=True)
class OwnInstallation:
    """The installation of a register's workspace, read and written in the register's transaction."""

    scope: Scope
    vault: Vault

    @classmethod
    def of(cls, register: SqlRegister, vault: Vault) -> "OwnInstallation":
        """That of the workspace that the register is open for."""
        return cls(register.workspaces.scope, vault)

    def keep(self, installation: Installation) -> Installation:
        """Write it, new or changed; its revision counts up.

        It can do things again, so what was put off for want of a token is not any more.
        """
        refused = delete(PaceRow).where(PaceRow.workspace_id == self.scope.workspace, PaceRow.method == Method.ALL)
        self.scope.session.execute(refused)
        return _kept(self.scope.session, self.vault, replace(installation, workspace=self.scope.workspace))

    def end(self, revision: int, ending: Ending, now: datetime) -> bool:
        """It is over, and its token is gone; False where it is not what it was at that revision any more."""
        mine = self.scope.select(InstallationRow).with_for_update()
        row = self.scope.session.scalar(mine)
        if row is None or row.ended_at is not None or row.revision != revision:
            return False
        row.ended_at, row.ending, row.revision = now, ending, row.revision + 1
        row.token = self.vault.seal("")
        self.scope.keep(row)
        return True


def _kept(session: Session, vault: Vault, installation: Installation) -> Installation:
    row = _locked(session, installation.slack_id) or InstallationRow(slack_id=installation.slack_id, revision=0)
    kept = replace(installation, revision=row.revision + 1)
    row.workspace_id, row.name, row.app_id = kept.workspace, kept.name, kept.app_id
    row.bot_id, row.bot_user_id = kept.bot_id, kept.bot_user_id
    row.enterprise_id, row.team_id = kept.enterprise_id, kept.team_id
    row.token, row.scopes = vault.seal(kept.token), [*sorted(kept.scopes)]
    row.installed_by, row.installed_at = kept.installed_by, kept.installed_at
    row.ended_at, row.ending, row.revision = kept.ended_at, kept.ending, kept.revision
    session.add(row)
    session.flush()
    return kept


def _locked(session: Session, slack_id: str) -> InstallationRow | None:
    return session.get(InstallationRow, slack_id, with_for_update=True)


def _opened(row: InstallationRow | None, vault: Vault) -> Installation | None:
    return None if row is None else row.value(_used(row, vault.open))


def _used(row: InstallationRow, key: Callable[[bytes], T]) -> T:
    """What a key makes of the sealed token; raises CannotOpen, saying whose it is, where it does not fit."""
    try:
        return key(row.token)
    except CannotOpen as error:
        raise CannotOpen(_LOST.format(name=row.name, slack_id=row.slack_id, why=error)) from None
