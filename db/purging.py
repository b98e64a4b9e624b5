"""Deleting everything of a workspace that left long enough ago, and nothing else.

First it is nobody's any more: who installs Concord again from then on gets a new one. Then its rows go in portions,
each in a transaction of its own: a database looks for what refers to a row also among those that this transaction has
deleted, so all at once would take ever longer, and everybody else would wait. Whoever is interrupted goes on later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Table, delete, select, tuple_, update
from sqlalchemy.orm import Session

from db.database import Database
from db.installation_rows import InstallationRow
from db.registers import TABLES
from db.workspaces import WorkspaceRow

OWNED: tuple[Table, ...] = tuple(table for table in reversed(TABLES.sorted_tables) if "workspace_id" in table.c)
"""Every table with rows of workspaces; what refers to another one comes before it."""
AT_ONCE = 2000
"""Rows in one transaction."""


@dataclass(frozen=True, slots=True)
class Purging:
    """Finds what is to be deleted, and deletes it portion by portion."""

    database: Database
    at_once: int = AT_ONCE

    def due(self, now: datetime) -> list[str]:
        """The ids of the workspaces whose time is over."""
        with self.database.everywhere.reading() as session:
            return sorted(session.scalars(select(WorkspaceRow.id).where(_over(now))))

    def purge(self, workspace: str, now: datetime) -> int | None:
        """Delete the next portion; how many rows. None where all is gone, it is back, or somebody else is at it."""
        with self.database.within(workspace).writing() as session:
            mine = select(WorkspaceRow).where(WorkspaceRow.id == workspace, _over(now))
            row = session.scalar(mine.with_for_update(skip_locked=True))
            if row is None:
                return None
            if not row.purging:
                return _begun(session, row)
            return self._portion(session, row)

    def _portion(self, session: Session, row: WorkspaceRow) -> int:
        for table in OWNED:
            key = tuple_(*table.primary_key.columns)
            some = select(*table.primary_key.columns).where(table.c.workspace_id == row.id).limit(self.at_once)
            gone = session.connection().execute(delete(table).where(table.c.workspace_id == row.id, key.in_(some)))
            if gone.rowcount:
                return gone.rowcount
        session.delete(row)
        return 1


def _over(now: datetime) -> ColumnElement[bool]:
    return WorkspaceRow.left_at.is_not(None) & (WorkspaceRow.deletes_at <= now)


def _begun(session: Session, row: WorkspaceRow) -> int:
    """From now on it is nobody's, the audit log lets its entries go, and no row of a table holds another of it."""
    row.purging, row.slack_id = True, f"deleted:{row.id}"
    session.execute(delete(InstallationRow).where(InstallationRow.workspace_id == row.id))
    for table in OWNED:
        holding = {column.name: None for column in _own_references(table)}
        if holding:
            session.execute(update(table).where(table.c.workspace_id == row.id).values(holding))
    return 1


def _own_references(table: Table) -> Iterator[Column[object]]:
    for key in table.foreign_key_constraints:
        if key.referred_table is table:
            yield from (column for column in key.columns if column.name != "workspace_id")
