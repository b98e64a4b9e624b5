"""Where Concord is installed: `concord workspaces` and `concord connect`, and `concord keys` for the sealed tokens."""

from typing import Annotated

import typer

from bot.cli.options import AsJson, Commands, plainly, settings_of


def workspaces(context: typer.Context, as_json: AsJson = False) -> None:
    """Print every workspace: whether Concord is installed there, and when what has left is deleted."""
    from bot.commands.tenants import run_workspaces

    with plainly():
        run_workspaces(settings_of(context), as_json=as_json)


def connect(
    context: typer.Context,
    workspace: Annotated[str, typer.Argument(metavar="ID", help="As `workspaces` prints it.")],
    slack_id: Annotated[str, typer.Argument(metavar="SLACK_ID", help="Of the team (T…) or the organisation (E…).")],
) -> None:
    """Say to whom in Slack an imported workspace belongs, before Concord is installed there by OAuth."""
    from bot.commands.tenants import run_connect

    with plainly():
        run_connect(settings_of(context), workspace, slack_id)


def new(as_json: AsJson = False) -> None:
    """Print a fresh key for CONCORD_TOKEN_KEYS; nothing is changed."""
    from bot.commands.keys import run_new

    run_new(as_json=as_json)


def rotate(context: typer.Context, as_json: AsJson = False) -> None:
    """Seal every token under the newest key, so that the older ones can go."""
    from bot.commands.keys import run_rotate

    with plainly():
        run_rotate(settings_of(context), as_json=as_json)


COMMANDS: Commands = {"workspaces": workspaces, "connect": connect}
KEY_COMMANDS: Commands = {"new": new, "rotate": rotate}
