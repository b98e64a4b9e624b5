"""Keys of programs that send readings."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Named, Row, within
from planning.workspace.keys import ApiKey, KeyScope


class ApiKeyRow(Named, Row):
    """A key; only the digest of its secret is kept."""

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("digest"), within("made_by", "people"))

    digest: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    scopes: Mapped[list[object]] = mapped_column(server_default='["readings:write"]')

    def fill(self, key: ApiKey) -> None:
        """Take over what the value says."""
        self.name, self.digest, self.made_at, self.made_by = key.name, key.digest, key.made_at, key.made_by
        self.used_at, self.revoked_at, self.scopes = key.used_at, key.revoked_at, [*sorted(key.scopes)]

    def value(self) -> ApiKey:
        """The row as planning knows it."""
        used = (self.used_at, self.revoked_at, frozenset(KeyScope(str(scope)) for scope in self.scopes))
        return ApiKey(self.id, self.name, self.digest, self.made_at, self.made_by, *used)


@dataclass(frozen=True, slots=True)
class SqlApiKeys:
    """The keys of a workspace, revoked ones too."""

    scope: Scope

    def all(self) -> list[ApiKey]:
        """Every key, in the order in which they were made."""
        return [row.value() for row in self.scope.session.scalars(self.scope.select(ApiKeyRow).order_by(ApiKeyRow.id))]

    def by_id(self, id: int) -> ApiKey:
        """The key with a number."""
        return self._row(id).value()

    def by_digest(self, digest: str) -> ApiKey | None:
        """The key whose secret has that digest."""
        row = self.scope.session.scalar(self.scope.select(ApiKeyRow).where(ApiKeyRow.digest == digest))
        return None if row is None else row.value()

    def add(self, key: ApiKey) -> ApiKey:
        """Store a key under a number of its own."""
        numbered = replace(key, id=self.scope.number(ApiKeyRow))
        row = ApiKeyRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        return numbered

    def save(self, key: ApiKey) -> None:
        """Write the key as it is now."""
        row = self._row(key.id)
        row.fill(key)
        self.scope.keep(row)

    def _row(self, id: int) -> ApiKeyRow:
        return self.scope.one(ApiKeyRow, id, "I do not know this key.")
