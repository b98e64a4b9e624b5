"""`concord overlaps` and `concord gaps`."""

from typing import Annotated, Literal

import typer

from bot.cli.options import AsJson, Commands, Limit, Workspace, plainly, settings_of

Department = Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one department.")]
Rule = Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one rule, such as contact_collision.")]
State = Annotated[Literal["open", "all"], typer.Option(help="Only open ones, or also settled and dismissed ones.")]


def overlaps(
    context: typer.Context,
    department: Department = None,
    rule: Rule = None,
    limit: Limit = 20,
    state: State = "open",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Print where initiatives of different departments run into each other."""
    _findings(context, "overlap", department, rule, limit, state, workspace, as_json=as_json)


def gaps(
    context: typer.Context,
    department: Department = None,
    rule: Rule = None,
    limit: Limit = 20,
    state: State = "open",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Print what is missing for customers, worst first, and how much of each department's work is registered at all."""
    _findings(context, "gap", department, rule, limit, state, workspace, as_json=as_json)


def _findings(
    context: typer.Context,
    kind: str,
    department: str | None,
    rule: str | None,
    limit: int,
    state: str,
    workspace: str | None,
    *,
    as_json: bool,
) -> None:
    from bot.commands.findings import Wanted, run_findings
    from planning.findings.values import Kind

    wanted = Wanted(Kind(kind), department, rule, limit, every=state == "all")
    with plainly():
        run_findings(settings_of(context), workspace, wanted, as_json=as_json)


COMMANDS: Commands = {"overlaps": overlaps, "gaps": gaps}
