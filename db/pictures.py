"""Which pictures Slack has already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Owned, Row


class PictureRow(Owned, Row):
    """A picture that was uploaded; `key` stands for what it shows."""

    __tablename__ = "pictures"
    __table_args__ = (ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),)

    key: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[str]
    made_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class SqlPictures:
    """The pictures of a workspace."""

    scope: Scope

    def file(self, key: str) -> str | None:
        """The id of the file in Slack that shows what the key stands for."""
        row = self.scope.session.get(PictureRow, (self.scope.workspace, key))
        return None if row is None else row.file

    def keep(self, key: str, file: str, now: datetime) -> None:
        """Remember the file; of two uploads at once the last one counts."""
        row = self.scope.session.get(PictureRow, (self.scope.workspace, key))
        row = row or PictureRow(workspace_id=self.scope.workspace, key=key)
        row.file, row.made_at = file, now
        self.scope.keep(row)

    def forget(self, before: datetime, limit: int) -> list[str]:
        """The files of those made before then, the oldest first, at most so many; they are not known any more."""
        old = self.scope.select(PictureRow).where(PictureRow.made_at < before)
        rows = self.scope.session.scalars(old.order_by(PictureRow.made_at, PictureRow.key).limit(limit)).all()
        for row in rows:
            self.scope.session.delete(row)
        return [row.file for row in rows]
