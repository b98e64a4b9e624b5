"""What commands of several rooms have in common; it loads nothing that `--help` would wait for."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Commands = Mapping[str, Callable[..., None]]
"""What is typed → what it does. The docstring is its help."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Workspace = Annotated[str | None, typer.Option(metavar="ID", help="Which workspace, when there are several.")]
Limit = Annotated[int, typer.Option(min=1, help="How many to print.")]


def settings_of(context: typer.Context) -> "Settings":
    """The settings, with what was typed before the command over them."""
    from bot.commands.opening import settings_with

    return settings_with(context.obj)


def plainly() -> AbstractContextManager[None]:
    """Faults that a person can do something about are told without a traceback."""
    from bot.commands import opening

    return opening.plainly()
