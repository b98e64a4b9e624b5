"""What comes before it can run: `concord manifest` and `concord doctor`."""

from typing import Annotated

import typer

from bot.cli.options import AsJson, Commands, Workspace, plainly, settings_of


def manifest(
    http: Annotated[
        str | None, typer.Option(metavar="https://HOST", help="For `concord serve` there, by OAuth and HTTP.")
    ] = None,
    internal: Annotated[bool, typer.Option("--internal", help="With the step for Workflow Builder.")] = False,
    reasons: Annotated[bool, typer.Option("--reasons", help="Print why it asks for what, as a table.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the manifest to make the Slack app from; why it asks for what goes to stderr."""
    from bot.commands.manifests import run_manifest

    with plainly():
        run_manifest(http, internal=internal, reasons=reasons, as_json=as_json)


def doctor(context: typer.Context, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Say what is missing before Concord can run, and how to get it."""
    from bot.doctor import run_doctor

    with plainly():
        healthy = run_doctor(settings_of(context), workspace, as_json=as_json)
    raise typer.Exit(0 if healthy else 1)


COMMANDS: Commands = {"manifest": manifest, "doctor": doctor}
