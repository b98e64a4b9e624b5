"""`concord db upgrade`, `backup` and `current`."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.commands.opening import Fault, is_missing, shown
from bot.printing import Screen
from bot.settings import Settings
from db.migrating import current, upgrade


def run_upgrade(settings: Settings, *, as_json: bool) -> None:
    """Make the tables, or bring them to this version."""
    upgrade(settings.database_url)
    _tell(settings, as_json=as_json)


def run_current(settings: Settings, *, as_json: bool) -> None:
    """Say which revision the tables have."""
    _tell(settings, as_json=as_json)


def _tell(settings: Settings, *, as_json: bool) -> None:
    url = make_url(settings.database_url)
    revision = None if is_missing(url) else current(url)
    if as_json:
        Screen().json({"database": shown(url), "revision": revision})
    else:
        Screen().line(f"{shown(url)} is at {revision or 'no revision: it has no tables yet'}.")


def run_backup(settings: Settings, target: Path, *, as_json: bool) -> None:
    """Copy a SQLite register as it is at one moment, while the bot goes on."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise Fault(f"PostgreSQL has its own tool for this: pg_dump --format=custom --file={target} and your database.")
    if is_missing(url):
        raise Fault(f"There is no register at {shown(url)} to back up.")
    if target.exists():
        raise Fault(f"{target} is there already; choose another name, so that no older backup is lost.")
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(Path(str(url.database)), target)
    if as_json:
        Screen().json({"backup": str(target), "bytes": target.stat().st_size})
    else:
        Screen().line(f"Backed up to {target}. To restore: stop Concord and put this file in the register's place.")


def _copy(source: Path, target: Path) -> None:
    """Under a name of its own until it is whole; without a journal, so that it is one file."""
    growing = target.with_name(f"{target.name}.part")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(growing)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        growing.rename(target)
    finally:
        growing.unlink(missing_ok=True)
