"""A small company as the first release wrote it: `first_release.json` holds the rows of its tables, one a line.

A digest and an alert wait to be sent, another alert was being sent when its sender died, and seven messages were sent.
"""

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Date, DateTime, LargeBinary, MetaData, Table, insert, select

from db.engine import open_engine
from db.migrating import upgrade

FIRST = "2026_11_21_first_tables"
RECORD: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_suffix(".json").read_text(encoding="utf-8"),
)
Rows = dict[str, list[tuple[object, ...]]]


def first_release(url: URL) -> None:
    """Make the first release's tables and write its company into them."""
    upgrade(url, FIRST)
    made, engine = tables(url), open_engine(url)
    with engine.begin() as connection:
        for table in made.sorted_tables:
            for row in RECORD.get(table.name, ()):
                connection.execute(insert(table).values({name: _read(table.c[name], row[name]) for name in row}))
    engine.dispose()


def tables(url: URL) -> MetaData:
    """The tables as they are in the database now."""
    engine, known = open_engine(url), MetaData()
    known.reflect(engine)
    engine.dispose()
    return known


def stored(url: URL, *, columns: dict[str, list[str]] | None = None) -> Rows:
    """Every row of every table, sorted; of the named tables and columns only, where they are given."""
    known = tables(url)
    chosen = columns or columns_of(known)
    engine = open_engine(url)
    with engine.begin() as connection:
        found = {
            name: sorted((_shown(row) for row in connection.execute(_rows(known.tables[name], chosen[name]))), key=repr)
            for name in sorted(chosen)
        }
    engine.dispose()
    return found


def columns_of(known: MetaData) -> dict[str, list[str]]:
    """The names of the columns of each table of ours."""
    ours = (table for table in known.sorted_tables if table.name != "alembic_version")
    return {table.name: sorted(column.name for column in table.columns) for table in ours}


def _rows(table: Table, columns: list[str]) -> Any:
    return select(*(table.c[name] for name in columns))


def _shown(row: Any) -> tuple[object, ...]:
    """Comparable on both databases: SQLite's moments come without their zone."""
    return tuple(value.replace(tzinfo=UTC) if _naive(value) else value for value in row)


def _naive(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is None


def _read(column: Column[Any], value: Any) -> Any:
    reading = next((read for kind, read in _READ.items() if isinstance(column.type, kind)), None)
    return value if value is None or reading is None else reading(value)


_READ: dict[type, Callable[[str], object]] = {
    DateTime: lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
    Date: date.fromisoformat,
    LargeBinary: b64decode,
}
