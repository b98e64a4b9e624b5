"""What many tests share: a database of each kind, fresh for each test."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, event, make_url, text

from db.database import Database
from db.engine import open_engine
from db.migrating import upgrade
from db.registers import TABLES, SqlRegisters
from tests import builders
from tests.builders import ENCODER
from tests.postgres import postgres

KEPT_BY_TRIGGERS = "SET LOCAL session_replication_role = replica"
"""The audit log refuses to be emptied; a replica's triggers are silent."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(URL.create("sqlite", database=str(path)))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL of this session; the address of its database `postgres`."""
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: URL) -> Iterator[Engine]:
    """A PostgreSQL database with all tables, as its owner sees it."""
    owner = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("CREATE DATABASE concord"))
    owner.dispose()
    url = postgres_server.set(database="concord")
    upgrade(url)
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def engines() -> Callable[[URL], Engine]:
    """One engine for all tests of an address: what it has compiled once is there for the next test."""
    return cache(hasty)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> URL:
    """The address of a database with all tables and no rows: first SQLite, then PostgreSQL."""
    if request.param == "postgresql":
        return emptied(request.getfixturevalue("postgres_tables"))
    return copied(request.getfixturevalue("sqlite_template"))


@pytest.fixture
def database(database_url: URL, engines: Callable[[URL], Engine]) -> Iterator[Database]:
    """A database without workspaces."""
    # A view of the engine: what listens to it ends with the test.
    database = Database(engines(database_url).execution_options(), ENCODER)
    yield database
    database.close()


@pytest.fixture
def registers(database: Database) -> SqlRegisters:
    """The registers of a workspace in which nothing is registered yet."""
    return database.registers(database.ensure_workspace(name="Harbour Insurance").id)


@pytest.fixture
def company(registers: SqlRegisters) -> SqlRegisters:
    """The registers of a workspace with departments, people and a journey: see `tests.builders.company`."""
    with registers.writing() as register:
        builders.company(register)
    return registers


def hasty(url: URL) -> Engine:
    """An engine with no care for power cuts."""
    engine = open_engine(url)

    def hasten(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", hasten)
    return engine


def copied(template: Path) -> URL:
    """Put a copy of a SQLite file where the last test had its own; its address."""
    path = template.with_name("concord.db")
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(template, path)
    return make_url(f"sqlite:///{path}")


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Does one thing in several threads that begin together; what came of each."""

    def together(work: Callable[[], Any], times: int) -> list[Any]:
        begin = Barrier(times)

        def one(_number: int) -> Any:
            begin.wait()
            return work()

        with ThreadPoolExecutor(times) as threads:
            return list(threads.map(one, range(times)))

    return together


def emptied(engine: Engine) -> URL:
    """Delete all rows of a PostgreSQL database; its address."""
    with engine.begin() as connection:
        connection.exec_driver_sql(emptying())
    return engine.url


@cache
def emptying() -> str:
    """What deletes all rows: at once, because the way to the server and back takes longer than what is done there."""
    deletions = (str(table.delete()) for table in reversed(TABLES.sorted_tables))
    return "; ".join([KEPT_BY_TRIGGERS, "SET LOCAL lock_timeout = '20s'", *deletions])
