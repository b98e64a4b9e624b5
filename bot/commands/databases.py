"""`concord db upgrade`, `backup`, `restore` and `current`."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.commands.opening import Fault, is_missing, shown
from bot.printing import Screen
from bot.restoring import copy, restored
from bot.settings import Settings
from db.migrating import Tables, current, upgrade


def run_upgrade(settings: Settings, *, as_json: bool) -> None:
    """Make the tables, or bring them to this version; those of a newer release are left as they are."""
    if upgrade(settings.database_url) is Tables.NEWER:
        Screen().aside("The tables are of a newer release of Concord; nothing was changed.")
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
        Screen().line(f"Backed up to {target}. To restore it: stop Concord, then concord db restore {target}")


def run_restore(settings: Settings, backup: Path, *, as_json: bool) -> None:
    """Put a backup in the place of a SQLite register that nobody uses; the old one is kept beside it."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise Fault(f"PostgreSQL has its own tool for this: pg_restore --clean --if-exists with {backup}.")
    aside = restored(backup, Path(str(url.database)), datetime.now(UTC))
    if as_json:
        Screen().json({"restored": str(backup), "before": None if aside is None else str(aside)})
        return
    kept = f" The register that was there is now {aside}." if aside else ""
    Screen().line(f"Restored {backup} to {shown(url)}.{kept} Concord can be started again.")


def _copy(source: Path, target: Path) -> None:
    """Under a name of its own until it is whole."""
    growing = target.with_name(f"{target.name}.part")
    try:
        copy(source, growing)
        growing.rename(target)
    finally:
        growing.unlink(missing_ok=True)
