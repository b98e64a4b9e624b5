"""What is kept about people, and of who did what: `concord person` and `concord audit`."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.options import AsJson, Commands, Workspace, plainly, settings_of

SlackId = Annotated[str, typer.Option("--slack-id", metavar="U…", help="Who, by their Slack id.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="What was done since.")]


def export(context: typer.Context, slack_id: SlackId, workspace: Workspace = None) -> None:
    """Print, as JSON, everything that is tied to one person or names them."""
    from bot.commands.people import run_person_export

    with plainly():
        run_person_export(settings_of(context), slack_id, workspace)


def delete(
    context: typer.Context,
    slack_id: SlackId,
    workspace: Workspace = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete one person's data. What the company did with them stays, with somebody who left."""
    from bot.commands.people import run_person_delete

    with plainly():
        run_person_delete(settings_of(context), slack_id, workspace, yes=yes, as_json=as_json)


def audit(context: typer.Context, since: Since = None, workspace: Workspace = None) -> None:
    """Print who did what, oldest first: one line of JSON for each thing done."""
    from bot.commands.audits import run_audit

    with plainly():
        run_audit(settings_of(context), since, workspace)


COMMANDS: Commands = {"audit": audit}
PERSON_COMMANDS: Commands = {"export": export, "delete": delete}
