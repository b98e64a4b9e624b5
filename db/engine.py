"""Engines, and how a transaction begins on each database."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

READING = "concord_reading"
_PATIENCE_S = 30.0
DISCREET: dict[str, Any] = {"hide_parameters": True}
"""What people typed stays out of the log when a statement fails."""


def open_engine(url: str | URL, *, foreign_keys: bool = True) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database; it connects when it is first used."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, foreign_keys=foreign_keys)
    return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **DISCREET)


def for_reading(engine: Engine) -> Engine:
    """The same engine with transactions that see one moment and write nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READING: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite(address: URL, *, foreign_keys: bool) -> Engine:
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": _PATIENCE_S}, **DISCREET)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin as a reader, or as the one writer: a reader that turns writer halfway could not wait for its turn."""
    reading = bool(connection.get_execution_options().get(READING))
    connection.exec_driver_sql(f"PRAGMA query_only = {reading:d}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
