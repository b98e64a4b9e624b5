"""Engines, and how a transaction begins on each database."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.walls import INSIDE

READING = "concord_reading"
HURRIED = "concord_hurried"
WORKSPACE = "concord_workspace"
_PATIENCE_S = 30.0
_HURRIED_S = 1.5
"""So long a writer for whom Slack waits, three seconds in all, waits for its turn."""
_HURRY = (
    f"set_config('lock_timeout', '{_HURRIED_S}s', true), set_config('statement_timeout', '{_HURRIED_S + 0.5}s', true)"
)
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": _HURRIED_S}
"""Every thread that listens may have a connection at once, beside those that work on their own."""
_STALLED_MS = 120_000
"""After which PostgreSQL ends the transaction of a process that has stopped, so that nobody waits for its locks."""
_CONNECT: dict[str, Any] = {
    "connect_timeout": 2,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""A server that has gone without a word is noticed within a minute."""
DISCREET: dict[str, Any] = {"hide_parameters": True}
"""What people typed stays out of the log when a statement fails."""


def open_engine(url: str | URL, *, foreign_keys: bool = True) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database; it connects when it is first used."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, foreign_keys=foreign_keys)
    address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address, pool_pre_ping=True, connect_args=_connecting(address), **_POOL, **DISCREET)
    event.listen(engine, "begin", _begin_walled)
    return engine


def _connecting(address: URL) -> dict[str, Any]:
    """What the address says itself goes before what we would say."""
    own = " ".join(address.normalized_query.get("options", ()))
    options = f"-c idle_in_transaction_session_timeout={_STALLED_MS} {own}".strip()
    said = {name: value for name, value in address.query.items() if name in _CONNECT}
    return {**_CONNECT, **said, "options": options}


def for_reading(engine: Engine) -> Engine:
    """The same engine with transactions that see one moment and write nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READING: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def for_hurry(engine: Engine) -> Engine:
    """The same engine with writers that rather give up than have somebody wait."""
    return engine.execution_options(**{HURRIED: True})


def for_workspace(engine: Engine, workspace: str) -> Engine:
    """The same engine with transactions that see and change the rows of one workspace only, where PostgreSQL can."""
    return engine.execution_options(**{WORKSPACE: workspace})


def is_busy(error: SQLAlchemyError) -> bool:
    """Whether nothing was done because others were at it, or nobody answered."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(cause, "sqlstate", None) in (None, "55P03", "57014") and not error.connection_invalidated


def _sqlite(address: URL, *, foreign_keys: bool) -> Engine:
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    pool = _POOL if address.database else {}
    engine = create_engine(address, connect_args={"timeout": _PATIENCE_S}, **pool, **DISCREET)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin as a reader, or as the one writer: a reader that turns writer halfway could not wait for its turn."""
    options = connection.get_execution_options()
    reading, patience = bool(options.get(READING)), _HURRIED_S if options.get(HURRIED) else _PATIENCE_S
    connection.exec_driver_sql(f"PRAGMA query_only = {reading:d}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {1000 * patience:.0f}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_walled(connection: Connection) -> None:
    """One statement says what the transaction may see, and how long it may wait."""
    options = connection.get_execution_options()
    walled, hurried = WORKSPACE in options, bool(options.get(HURRIED))
    if walled or hurried:
        told = {"workspace": options[WORKSPACE]} if walled else {}
        connection.exec_driver_sql(_first(walled=walled, hurried=hurried), told)


@cache
def _first(*, walled: bool, hurried: bool) -> str:
    return "SELECT " + ", ".join([*([INSIDE] if walled else []), *([_HURRY] if hurried else [])])
