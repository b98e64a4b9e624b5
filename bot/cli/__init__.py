"""The command line. Each command imports what it needs when it is run, so that `--help` answers at once."""

import os
import sys
from typing import Annotated, Literal

import typer

from bot.cli import data, databases, drawing_up, findings, outbox, preparing, running, tenants, transfers
from bot.cli.options import Commands

Level = Literal["debug", "info", "warning", "error"]
ROOMS = (running, transfers, findings, drawing_up, preparing, tenants, data)
"""In the order in which the help tells them."""
GROUPS = {
    "db": ("Look after the database.", databases.COMMANDS),
    "keys": ("Look after the keys that tokens are sealed with.", tenants.KEY_COMMANDS),
    "person": ("See and delete what is kept about one person.", data.PERSON_COMMANDS),
    "outbox": ("See what waits to be sent or did not arrive, and settle it.", outbox.COMMANDS),
}


def options(
    context: typer.Context,
    database_url: Annotated[str | None, typer.Option(metavar="URL", help="Where the register is kept.")] = None,
    slack_api_url: Annotated[str | None, typer.Option(metavar="URL", help="Another server that speaks Slack.")] = None,
    log_level: Annotated[Level | None, typer.Option(help="How much `run` and `serve` log.")] = None,
) -> None:
    """See every customer project, find overlaps and gaps, plan together."""
    context.obj = {"database_url": database_url, "slack_api_url": slack_api_url, "log_level": log_level}


def program() -> typer.Typer:
    """All commands and groups of commands."""
    whole = typer.Typer(name="concord", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    whole.callback()(options)
    for room in ROOMS:
        add(whole, room.COMMANDS)
    for name, (about, commands) in GROUPS.items():
        group = typer.Typer(no_args_is_help=True, help=about)
        add(group, commands)
        whole.add_typer(group, name=name)
    return whole


def add(group: typer.Typer, commands: Commands) -> None:
    """Have the group know these commands."""
    for name, command in commands.items():
        group.command(name)(command)


app = program()


def main() -> None:
    """The program `concord`."""
    try:
        typer.main.get_command(app)(prog_name="concord")
    finally:
        _leave_quietly()


def _leave_quietly() -> None:
    """A reader such as `head` may have gone away: what is left to say to it goes nowhere, without a complaint."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
