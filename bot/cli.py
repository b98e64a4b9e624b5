"""The command line. Each command imports what it needs when it is run, so that `--help` answers at once."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(name="concord", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
database = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(database, name="db")
outbox = typer.Typer(no_args_is_help=True, help="See what waits to be sent or did not arrive, and settle it.")
app.add_typer(outbox, name="outbox")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Workspace = Annotated[str | None, typer.Option(metavar="ID", help="Which workspace, when there are several.")]
Department = Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one department.")]
Rule = Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one rule, such as contact_collision.")]
Limit = Annotated[int, typer.Option(min=1, help="How many to print.")]
State = Annotated[Literal["open", "all"], typer.Option(help="Only open ones, or also settled and dismissed ones.")]
Sending = Literal["pending", "sending", "sent", "uncertain", "failed", "dropped", "stuck"]
Numbers = Annotated[list[int], typer.Argument(metavar="ID…", min=1, max=2**31 - 1, help="As `outbox list` shows.")]
Level = Literal["debug", "info", "warning", "error"]


@app.callback()
def options(
    context: typer.Context,
    database_url: Annotated[str | None, typer.Option(metavar="URL", help="Where the register is kept.")] = None,
    slack_api_url: Annotated[str | None, typer.Option(metavar="URL", help="Another server that speaks Slack.")] = None,
    log_level: Annotated[Level | None, typer.Option(help="How much `run` logs.")] = None,
) -> None:
    """See every customer project, find overlaps and gaps, plan together."""
    context.obj = {"database_url": database_url, "slack_api_url": slack_api_url, "log_level": log_level}


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the page is served; 0 means any free port.")
    ] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Try Concord in the browser, with a sample company and no Slack account."""
    from bot.commands.opening import plainly
    from bot.commands.running import run_demo

    with plainly():
        run_demo(port, browser=browser)


@app.command()
def run(context: typer.Context) -> None:
    """Run the bot in your Slack workspace, by Socket Mode."""
    from bot.commands.opening import plainly
    from bot.commands.running import run_bot

    with plainly():
        run_bot(_settings(context))


@app.command("import")
def import_(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE.csv|FOLDER", help="A tracker's export, or a company's folder.")],
    columns: Annotated[
        list[str], typer.Option("--map", metavar="FIELD=COLUMN", help="Say which column holds a field; repeat it.")
    ] = [],  # noqa: B006 - typer copies it
    source: Annotated[str, typer.Option(metavar="NAME", help="What the file is called; else its own name.")] = "",
    workspace: Workspace = None,
    department: Annotated[str, typer.Option(metavar="NAME", help="For rows that name no department.")] = "",
    create_stages: Annotated[bool, typer.Option("--create-stages", help="Add stages that the journey lacks.")] = False,
    fiscal_year_start: Annotated[
        int | None, typer.Option(metavar="MONTH", min=1, max=12, help="Understand FY27 and FY27 Q2.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read initiatives from a CSV file, or a whole company from a folder. The same file twice changes nothing."""
    from bot.commands.imports import Wish, mapping_from, run_import
    from bot.commands.opening import plainly

    with plainly():
        overrides = mapping_from(columns)
        wish = Wish(
            path, overrides, source, workspace, department, create_stages, fiscal_year_start, yes, dry_run, as_json
        )
        run_import(_settings(context), wish)


@app.command()
def readings(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="One line for each reading of a metric.")],
    columns: Annotated[
        list[str],
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Say which column holds a field, or make it of several: “metric={service}: {question}”; repeat it.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    new_metrics: Annotated[bool, typer.Option("--new-metrics", help="Make the metrics that are not known.")] = False,
    fiscal_year_start: Annotated[
        int | None, typer.Option(metavar="MONTH", min=1, max=12, help="Understand FY27 and FY27 Q2.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Take them in; without it, only show what would be done.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Take in readings of metrics from a CSV file. The same file twice changes nothing."""
    from bot.commands.imports import mapping_from
    from bot.commands.opening import plainly
    from bot.commands.readings import ReadingsWish, run_readings

    with plainly():
        wish = ReadingsWish(file, mapping_from(columns), new_metrics, fiscal_year_start, write, workspace, as_json)
        run_readings(_settings(context), wish)


@app.command()
def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")] = Path("concord-export"),
    form: Annotated[
        Literal["csv", "json"], typer.Option("--format", help="How the initiatives are written; an import reads csv.")
    ] = "csv",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write everything that a workspace has; importing the folder again changes nothing."""
    from bot.commands.exports import run_export
    from bot.commands.opening import plainly
    from planning.transfer.exporting import Format

    with plainly():
        run_export(_settings(context), to, Format(form), workspace, as_json=as_json)


@app.command()
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


@app.command()
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


@app.command()
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
    from bot.commands.opening import plainly

    with plainly():
        run_digest(_settings(context), workspace, png, as_json=as_json)


@app.command()
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
    from bot.commands.opening import plainly
    from bot.commands.proposals import ProposalWish, run_propose

    with plainly():
        possible = run_propose(
            _settings(context), workspace, ProposalWish(stage, pool, quarter, overlap), as_json=as_json
        )
    raise typer.Exit(0 if possible else 1)


@app.command()
def season(
    context: typer.Context,
    to: Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the pack goes.")],
    quarter: Annotated[str, typer.Option(metavar="2027-Q1", help="Which quarter; else the next one.")] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the planning pack of a quarter as a document: all stages, and the computed plan. Nothing is sent."""
    from bot.commands.opening import plainly
    from bot.commands.seasons import run_season

    with plainly():
        run_season(_settings(context), workspace, quarter, to, as_json=as_json)


@app.command()
def manifest(as_json: AsJson = False) -> None:
    """Print the manifest to make the Slack app from; why it asks for what goes to stderr."""
    from bot.commands.manifests import run_manifest

    run_manifest(explain=not as_json)


@app.command()
def doctor(context: typer.Context, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Say what is missing before Concord can run, and how to get it."""
    from bot.commands.opening import plainly
    from bot.doctor import run_doctor

    with plainly():
        healthy = run_doctor(_settings(context), workspace, as_json=as_json)
    raise typer.Exit(0 if healthy else 1)


@database.command()
def upgrade(context: typer.Context, as_json: AsJson = False) -> None:
    """Make the tables, or bring them to this version."""
    from bot.commands.databases import run_upgrade
    from bot.commands.opening import plainly

    with plainly():
        run_upgrade(_settings(context), as_json=as_json)


@database.command()
def current(context: typer.Context, as_json: AsJson = False) -> None:
    """Say which version the tables have."""
    from bot.commands.databases import run_current
    from bot.commands.opening import plainly

    with plainly():
        run_current(_settings(context), as_json=as_json)


@database.command()
def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], as_json: AsJson = False
) -> None:
    """Copy the register (SQLite) while Concord goes on."""
    from bot.commands.databases import run_backup
    from bot.commands.opening import plainly

    with plainly():
        run_backup(_settings(context), file, as_json=as_json)


@outbox.command("list")
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
    from bot.commands.opening import plainly
    from bot.commands.outbox import Wanted, run_list

    with plainly():
        wanted = Wanted.of(state, limit, offset)
        run_list(_settings(context), workspace, wanted, as_json=as_json)


@outbox.command()
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
    from bot.commands.opening import plainly
    from bot.commands.outbox import run_resend

    with plainly():
        run_resend(_settings(context), workspace, ids, all_failed=all_failed, as_json=as_json)


@outbox.command("drop")
def drop_messages(context: typer.Context, ids: Numbers, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Never send messages that wait, failed or are in doubt."""
    from bot.commands.opening import plainly
    from bot.commands.outbox import run_drop

    with plainly():
        run_drop(_settings(context), workspace, ids, as_json=as_json)


@database.command()
def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], as_json: AsJson = False
) -> None:
    """Put a backup in the register's place (SQLite); Concord must be stopped. The old register is kept beside it."""
    from bot.commands.databases import run_restore
    from bot.commands.opening import plainly

    with plainly():
        run_restore(_settings(context), file, as_json=as_json)


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
    from bot.commands.opening import plainly
    from planning.findings.values import Kind

    wanted = Wanted(Kind(kind), department, rule, limit, every=state == "all")
    with plainly():
        run_findings(_settings(context), workspace, wanted, as_json=as_json)


def _settings(context: typer.Context) -> "Settings":
    from bot.commands.opening import settings_with

    return settings_with(context.obj)


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
