"""What many tests share: a database of each kind, fresh for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

from db.database import Database, open_database
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The address of a database with all tables and no rows: first SQLite, then PostgreSQL."""
    if request.param == "postgresql":
        return emptied(request.getfixturevalue("postgres_tables"))
    path = tmp_path / "concord.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return make_url(f"sqlite:///{path}")


@pytest.fixture
def database(database_url: URL) -> Iterator[Database]:
    """A database without workspaces."""
    database = open_database(database_url, encoder=ENCODER)
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


def emptied(engine: Engine) -> URL:
    """Delete all rows of a PostgreSQL database; its address."""
    with engine.begin() as connection:
        connection.execute(text(KEPT_BY_TRIGGERS))
        connection.execute(text("SET LOCAL lock_timeout = '20s'"))
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())
    return engine.url
