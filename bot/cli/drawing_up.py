"""What is drawn up of the whole register and sent nowhere: `concord digest`, `propose` and `season`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson, Commands, Workspace, plainly, settings_of


def digest(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it; sending is done in Slack.")] = False,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw its picture.")] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Print the executive digest as it would be sent now."""
    if not dry_run:
        raise typer.BadParameter("say --dry-run: it prints the digest. “/cx digest” in Slack sends it.")
    from bot.commands.digests import run_digest

    with plainly():
        run_digest(settings_of(context), workspace, png, as_json=as_json)


def propose(
    context: typer.Context,
    stage: Annotated[str | None, typer.Option(metavar="NAME", help="All that meets at a stage.")] = None,
    pool: Annotated[str | None, typer.Option(metavar="NAME", help="All that asks for the same people.")] = None,
    quarter: Annotated[str | None, typer.Option(metavar="2027-Q1", help="All in a quarter; else this one.")] = None,
    overlap: Annotated[int | None, typer.Option(metavar="ID", help="One overlap, as `overlaps` numbers it.")] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Compute the least change after which nothing collides and nobody is asked for too much; nothing is changed."""
    if sum(chosen is not None for chosen in (stage, pool, quarter, overlap)) > 1:
        raise typer.BadParameter("name one of --stage, --pool, --quarter and --overlap.")
    from bot.commands.proposals import ProposalWish, run_propose

    with plainly():
        possible = run_propose(
            settings_of(context), workspace, ProposalWish(stage, pool, quarter, overlap), as_json=as_json
        )
    raise typer.Exit(0 if possible else 1)


def season(
    context: typer.Context,
    to: Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the pack goes.")],
    quarter: Annotated[str, typer.Option(metavar="2027-Q1", help="Which quarter; else the next one.")] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the planning pack of a quarter as a document: all stages, and the computed plan. Nothing is sent."""
    from bot.commands.seasons import run_season

    with plainly():
        run_season(settings_of(context), workspace, quarter, to, as_json=as_json)


COMMANDS: Commands = {"digest": digest, "propose": propose, "season": season}
