"""Brings the tables of a database to the newest revision, once, however many processes start together."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text

from db.engine import for_reading, open_engine
from db.registers import TABLES

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(20261122)")


class Tables(StrEnum):
    """How the tables of a database stand to this program."""

    CURRENT = "current"
    BEHIND = "behind"
    """They miss a migration, or there are none."""
    NEWER = "newer"
    """A later release has been there. A migration runs under the release before it, so this one can go on."""


def upgrade(url: str | URL, revision: str = "head") -> Tables:
    """Bring the tables to a revision, all of it or nothing; those of a later release are left as they are."""
    with _migrating(url) as config:
        if _standing(config.attributes["connection"]) is Tables.NEWER:
            return Tables.NEWER
        command.upgrade(config, revision)
        return _standing(config.attributes["connection"])


def downgrade(url: str | URL, revision: str) -> None:
    """Take the tables back to a revision, or to none with `base`."""
    with _migrating(url) as config:
        command.downgrade(config, revision)


def check(url: str | URL) -> None:
    """Raise alembic's CommandError when the tables are not what the rows say."""
    with _migrating(url) as config:
        command.check(config)


def current(url: str | URL) -> str | None:
    """The revision of a database; None when it has no tables yet."""
    engine = open_engine(url)
    try:
        return revision_of(engine)
    finally:
        engine.dispose()


def pending(engine: Engine) -> bool:
    """Whether the tables are behind this program."""
    return standing(engine) is Tables.BEHIND


def standing(engine: Engine) -> Tables:
    """How the tables stand to this program."""
    with for_reading(engine).connect() as connection:
        return _standing(connection)


def _standing(connection: Connection) -> Tables:
    script = ScriptDirectory.from_config(_config())
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision == script.get_current_head():
        return Tables.CURRENT
    known = {one.revision for one in script.walk_revisions()}
    return Tables.BEHIND if revision is None or revision in known else Tables.NEWER


def revision_of(engine: Engine) -> str | None:
    """The revision of the tables; None when there are none yet."""
    with for_reading(engine).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    return config


@contextmanager
def _migrating(url: str | URL) -> Iterator[Config]:
    """The settings of Alembic on a connection that no other migration runs beside.

    SQLite copies a table to change it, and the foreign keys that point at it must not notice: they are checked after.
    """
    engine = open_engine(url, foreign_keys=False)
    config = _config()
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(_ONE_BY_ONE)
            config.attributes.update(connection=connection, target_metadata=TABLES)
            yield config
            _check_foreign_keys(connection)
    finally:
        engine.dispose()


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"The migration would leave {len(broken)} rows that point nowhere: {broken[:3]}")
