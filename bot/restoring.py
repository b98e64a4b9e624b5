"""Putting a backup of a SQLite register in the register's place.

The old register is moved aside and not deleted, with what SQLite keeps beside it: a write-ahead log that stayed behind
would be played into the backup.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.commands.opening import Fault

_VERSIONS = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
BESIDE = ("", "-wal", "-shm", "-journal")
IN_USE = "{} is in use. Stop Concord, everywhere where it runs on this file, and try again."
ASIDE_FAILED = "The old register was moved to {} and the backup could not take its place ({}). It lies in {}."


def restored(backup: Path, register: Path, now: datetime) -> Path | None:
    """Put the backup in the register's place; where the old one lies now, None when there was none."""
    check_backup(backup)
    check_unused(register)
    growing = register.with_name(f"{register.name}.restoring")
    growing.unlink(missing_ok=True)
    copy(backup, growing)
    aside = moved_aside(register, now) if register.exists() else None
    try:
        growing.rename(register)
    except OSError as error:
        raise Fault(ASIDE_FAILED.format(aside, error.strerror, growing)) from error
    return aside


def check_backup(backup: Path) -> None:
    """Raise a Fault, with what to do, where the file is no whole register."""
    if not backup.is_file():
        raise Fault(f"There is no file {backup}.")
    try:
        with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
            is_ours = connection.execute(_VERSIONS).fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise Fault(f"{backup} is no backup of a register ({error}). Choose another one.") from error
    if not whole:
        raise Fault(f"{backup} is damaged. Choose another one.")
    if not is_ours:
        raise Fault(f"{backup} is a database of something else. Choose a file that `concord db backup` wrote.")


def check_unused(register: Path) -> None:
    """Raise a Fault while a process has the register open; one that is too damaged to tell is nobody's."""
    if not register.exists():
        return
    try:
        with closing(sqlite3.connect(register, timeout=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # refused while anybody else has it open
    except sqlite3.OperationalError as error:
        raise Fault(IN_USE.format(register)) from error
    except sqlite3.DatabaseError:
        return


def moved_aside(register: Path, now: datetime) -> Path:
    """The register under a name with the moment in it; together with what SQLite kept beside it."""
    aside = register.with_name(f"{register.name}.before-{now:%Y%m%d-%H%M%S}")
    for suffix in BESIDE:
        beside = register.with_name(f"{register.name}{suffix}")
        if beside.exists():
            beside.rename(aside.with_name(f"{aside.name}{suffix}"))
    return aside


def copy(source: Path, target: Path) -> None:
    """A copy as of one moment; without a journal, so that it is one file."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
