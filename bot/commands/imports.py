"""`concord import`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from bot.commands.opening import (
    Fault,
    known_now,
    opened,
    opened_or_made,
    readings_now,
    workspace_of,
    workspace_or_new,
)
from bot.commands.previews import preview, told_counts, who_is_told
from bot.commands.reading_previews import counts_told, preview_beside, readings_json
from bot.encoder import open_encoder
from bot.importing import Incoming, Outcome, bring_in, doubted, planned, planned_beside, read_path
from bot.printing import Screen, counted
from bot.remembering import Remembering
from bot.settings import Settings
from planning.alerts.values import Alert
from planning.findings.values import Kind
from planning.similarity import Encoder
from planning.transfer.naming import Known
from planning.transfer.readings.values import ReadingsPlan
from planning.transfer.values import ImportPlan
from planning.workspace.hours import day_in


@dataclass(frozen=True)
class Wish:
    """What the person said on the command line."""

    path: Path
    overrides: dict[str, str]
    source: str = ""
    workspace: str | None = None
    department: str = ""
    create_stages: bool = False
    fiscal_start: int | None = None
    yes: bool = False
    dry_run: bool = False
    json: bool = False


def run_import(settings: Settings, wish: Wish) -> None:
    """Show what would be done, ask, do it, and tell what was done."""
    screen, now = Screen(), datetime.now(UTC)
    known = known_now(settings, wish.workspace)
    incoming = _read(wish, day_in(known.workspace.zone, now))
    plan, company = planned(known, incoming)
    readings = planned_beside(known, incoming, lambda metrics: readings_now(settings, wish.workspace, metrics))
    doubts = doubted(known, incoming)
    if not wish.json:
        preview(screen, incoming, plan, company=company)
        preview_beside(screen, doubts, readings)
    changes = plan.changes or company or (readings is not None and readings.changes)
    encoder = Remembering(open_encoder(settings.encoder_folder)) if changes else None
    foreseen = _rehearsed(settings, wish, known, incoming, encoder, now) if encoder and not wish.yes else ()
    if changes and not (wish.json or wish.yes):
        screen.line(who_is_told(foreseen))
    if encoder is None or not _agreed(wish, changes=changes):
        _tell_undone(screen, wish, _told(plan, readings, doubts, foreseen), changes=changes)
        return
    with opened_or_made(settings, encoder=encoder.version) as database, screen.progress() as progress:
        name = incoming.company.name if incoming.company else incoming.options.source
        registers = workspace_or_new(database, wish.workspace, name)
        outcome = bring_in(registers, incoming, encoder, now, progress)
    _tell_done(screen, wish, outcome, doubts)


def _read(wish: Wish, today: date) -> Incoming:
    return read_path(
        wish.path,
        today,
        overrides=wish.overrides,
        source=wish.source,
        department=wish.department,
        create_stages=wish.create_stages,
        fiscal_start=wish.fiscal_start,
    )


def _rehearsed(
    settings: Settings, wish: Wish, known: Known, incoming: Incoming, encoder: Encoder, now: datetime
) -> Sequence[Alert]:
    """Who would be told, by importing it and taking that back; where nobody can be told that is known before."""
    channels = (department.channel for department in known.departments)
    if not (any(person.slack_id for person in known.people) or any(channel and channel.id for channel in channels)):
        return ()
    with opened(settings, encoder=encoder.version) as database, Screen().progress() as progress:
        registers = workspace_of(database, wish.workspace)
        return bring_in(registers, incoming, encoder, now, progress, keep=False).told


def _agreed(wish: Wish, *, changes: bool) -> bool:
    if wish.dry_run or not changes:
        return False
    if wish.yes:
        return True
    if wish.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Fault("Nothing was written: nobody is there to ask. Say --yes to import, --dry-run to look only.", 2)
    return typer.confirm("Import this?", default=True, err=True)


def _tell_undone(screen: Screen, wish: Wish, told: dict[str, Any], *, changes: bool) -> None:
    if wish.json:
        screen.json({"written": False, **told})
    elif wish.dry_run:
        screen.line("\nNothing was written: this was a dry run.")
    elif not changes:
        screen.line("\nThere is nothing to write: the register says all of this already.")
    else:
        screen.line("\nNothing was written.")


def _tell_done(screen: Screen, wish: Wish, outcome: Outcome, doubts: Sequence[str]) -> None:
    overlaps, gaps = outcome.result.opened(Kind.OVERLAP), outcome.result.opened(Kind.GAP)
    if wish.json:
        found = {"overlaps": overlaps, "gaps": gaps}
        told = _told(outcome.plan, outcome.readings, doubts, outcome.told)
        screen.json({"written": True, "company": outcome.company_changed, **told, "found": found})
        return
    counts = outcome.result.counts
    done = ", ".join(f"{counts[name]:,} {name}" for name in ("new", "changed", "unchanged", "rejected"))
    screen.heading(f"Imported: {done}.")
    if outcome.readings is not None:
        screen.line(f"Readings: {counts_told(outcome.readings)}.")
    screen.line(f"It brought {counted(overlaps, 'overlap')} and {counted(gaps, 'gap')} to light.")
    screen.line(who_is_told(outcome.told))
    screen.line("See them with `concord overlaps` and `concord gaps`.")


def _told(
    plan: ImportPlan, readings: ReadingsPlan | None, doubts: Sequence[str], alerts: Sequence[Alert]
) -> dict[str, Any]:
    return {
        "source": plan.source,
        "counts": plan.counts(),
        "mapping": {str(field): plan.columns[place] for field, place in plan.mapping.places.items()},
        "kept": list(plan.mapping.kept),
        "made": {
            "departments": plan.making.departments,
            "stages": plan.making.stages,
            "segments": plan.making.segments,
            "touchpoints": plan.making.touchpoints,
            "metrics": plan.making.metrics,
            "problems": plan.making.problems,
        },
        "statuses": {word: str(status) if status else None for word, status in plan.statuses.items()},
        "readings": None if readings is None else readings_json(readings),
        "doubts": list(doubts),
        "told": told_counts(alerts),
        "issues": [{"line": i.line, "kind": str(i.kind), "text": i.text} for i in plan.issues],
    }


def mapping_from(told: Sequence[str]) -> dict[str, str]:
    """`title=Name` … as field → column; raises Fault for one without the sign."""
    pairs = [each.partition("=") for each in told]
    wrong = next((field for field, sign, _ in pairs if not sign), None)
    if wrong is not None:
        raise Fault(f"“{wrong}” is not FIELD=COLUMN. Write for example --map title=Name.", 2)
    return {field: column for field, _, column in pairs}
