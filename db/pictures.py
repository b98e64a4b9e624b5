"""Which pictures Slack has already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Owned, Row

IN_MESSAGES = "message:"
"""What the keys of pictures in messages begin with: a message goes on showing its picture, however old it is."""


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
        kept = select(PictureRow.file).where(self.scope.owns(PictureRow), PictureRow.key == key)
        return self.scope.session.scalar(kept)

    def keep(self, key: str, file: str, now: datetime) -> None:
        """Remember the file; of two uploads at once the last one counts."""
        row = self.scope.insert(PictureRow).values(workspace_id=self.scope.workspace, key=key, file=file, made_at=now)
        again = row.on_conflict_do_update(
            index_elements=[PictureRow.workspace_id, PictureRow.key], set_={"file": file, "made_at": now}
        )
        self.scope.session.execute(again)

    def forget(self, before: datetime, limit: int) -> list[str]:
        """The files of those made before then, the oldest first, at most so many; they are not known any more.

        Those in messages stay, for these go on showing them.
        """
        passing = ~PictureRow.key.startswith(IN_MESSAGES)
        old = self.scope.select(PictureRow).where(PictureRow.made_at < before, passing)
        rows = self.scope.session.scalars(old.order_by(PictureRow.made_at, PictureRow.key).limit(limit)).all()
        for row in rows:
            self.scope.session.delete(row)
        return [row.file for row in rows]
