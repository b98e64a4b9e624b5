"""All rows of a workspace, to see whether any of them was touched."""

from sqlalchemy import select

from db.database import Database
from db.registers import TABLES


def rows_of(database: Database, workspace: str) -> dict[str, list[str]]:
    """Table → its rows, as text."""
    kept = {}
    with database.engine.connect() as connection:
        for table in TABLES.sorted_tables:
            column = table.c.get("workspace_id", table.c.get("id"))
            if column is not None:
                mine = select(table).where(column == workspace).order_by(*table.primary_key)
                kept[table.name] = [repr(tuple(row)) for row in connection.execute(mine)]
    return kept
