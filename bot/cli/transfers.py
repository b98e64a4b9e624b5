"""What goes in and out as files: `concord import`, `readings` and `export`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.options import AsJson, Commands, Workspace, plainly, settings_of

FiscalYearStart = Annotated[
    int | None, typer.Option(metavar="MONTH", min=1, max=12, help="Understand FY27 and FY27 Q2.")
]


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
    fiscal_year_start: FiscalYearStart = None,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read initiatives from a CSV file, or a whole company from a folder. The same file twice changes nothing."""
    from bot.commands.imports import Wish, mapping_from, run_import

    with plainly():
        overrides = mapping_from(columns)
        wish = Wish(
            path, overrides, source, workspace, department, create_stages, fiscal_year_start, yes, dry_run, as_json
        )
        run_import(settings_of(context), wish)


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
    fiscal_year_start: FiscalYearStart = None,
    write: Annotated[
        bool, typer.Option("--write", help="Take them in; without it, only show what would be done.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Take in readings of metrics from a CSV file. The same file twice changes nothing."""
    from bot.commands.imports import mapping_from
    from bot.commands.readings import ReadingsWish, run_readings

    with plainly():
        wish = ReadingsWish(file, mapping_from(columns), new_metrics, fiscal_year_start, write, workspace, as_json)
        run_readings(settings_of(context), wish)


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
    from planning.transfer.exporting import Format

    with plainly():
        run_export(settings_of(context), to, Format(form), workspace, as_json=as_json)


COMMANDS: Commands = {"import": import_, "readings": readings, "export": export}
