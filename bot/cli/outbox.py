"""`concord outbox`."""

from typing import Annotated, Literal

import typer

from bot.cli.options import AsJson, Commands, Limit, Workspace, plainly, settings_of

Sending = Literal["pending", "sending", "sent", "uncertain", "failed", "dropped", "stuck"]
Numbers = Annotated[list[int], typer.Argument(metavar="ID…", min=1, max=2**31 - 1, help="As `outbox list` shows.")]


def list_messages(
    context: typer.Context,
    state: Annotated[
        Sending | None, typer.Option(help="Only those in this state; “stuck” is what failed or is in doubt.")
    ] = None,
    limit: Limit = 20,
    offset: Annotated[int, typer.Option(min=0, help="After so many newer ones.")] = 0,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Print messages with their state and reason, the newest first; never what they say."""
    from bot.commands.outbox import Wanted, run_list

    with plainly():
        wanted = Wanted.of(state, limit, offset)
        run_list(settings_of(context), workspace, wanted, as_json=as_json)


def resend(
    context: typer.Context,
    ids: Numbers = [],  # noqa: B006 - typer copies it
    all_failed: Annotated[bool, typer.Option("--all-failed", help="Every message that failed.")] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Send messages again that failed or are in doubt. One in doubt may be there: look first."""
    if bool(ids) == all_failed:
        raise typer.BadParameter("name messages by their numbers, or say --all-failed.")
    from bot.commands.outbox import run_resend

    with plainly():
        run_resend(settings_of(context), workspace, ids, all_failed=all_failed, as_json=as_json)


def drop_messages(context: typer.Context, ids: Numbers, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Never send messages that wait, failed or are in doubt."""
    from bot.commands.outbox import run_drop

    with plainly():
        run_drop(settings_of(context), workspace, ids, as_json=as_json)


COMMANDS: Commands = {"list": list_messages, "resend": resend, "drop": drop_messages}
