"""`concord db`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson, Commands, plainly, settings_of

Backup = Annotated[Path, typer.Argument(metavar="FILE")]


def upgrade(context: typer.Context, as_json: AsJson = False) -> None:
    """Make the tables, or bring them to this version."""
    from bot.commands.databases import run_upgrade

    with plainly():
        run_upgrade(settings_of(context), as_json=as_json)


def current(context: typer.Context, as_json: AsJson = False) -> None:
    """Say which version the tables have."""
    from bot.commands.databases import run_current

    with plainly():
        run_current(settings_of(context), as_json=as_json)


def backup(context: typer.Context, file: Backup, as_json: AsJson = False) -> None:
    """Copy the register (SQLite) while Concord goes on."""
    from bot.commands.databases import run_backup

    with plainly():
        run_backup(settings_of(context), file, as_json=as_json)


def restore(context: typer.Context, file: Backup, as_json: AsJson = False) -> None:
    """Put a backup in the register's place (SQLite); Concord must be stopped. The old register is kept beside it."""
    from bot.commands.databases import run_restore

    with plainly():
        run_restore(settings_of(context), file, as_json=as_json)


COMMANDS: Commands = {"upgrade": upgrade, "current": current, "backup": backup, "restore": restore}
