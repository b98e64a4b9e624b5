"""What taking in readings would do, told before it is done."""

from collections.abc import Sequence
from typing import Any

from bot.commands.previews import SAMPLE, show_issues
from bot.printing import Screen, counted, listed
from planning.transfer.readings.values import Outcome, PlannedReading, ReadingsPlan

_MORE = 12


def preview_readings(screen: Screen, plan: ReadingsPlan, name: str) -> None:
    """Tell what is understood: columns, metrics, first readings, what cannot be taken."""
    lines = len(plan.rows) + len(plan.rejected)
    screen.heading(f"{counted(lines, 'line')} from {name}")
    screen.heading("What each column is taken for")
    for field, template in plan.mapping.templates.items():
        screen.line(f"{field:<14} ← {template.shown(plan.columns)}", indent=2)
    if plan.mapping.unused:
        screen.line(f"not used: {listed(list(plan.mapping.unused))}", indent=2)
    _show_metrics(screen, plan)
    _show_rows(screen, plan.rows)
    show_issues(screen, plan.issues)
    screen.heading(f"In all: {counts_told(plan)}.")


def preview_beside(screen: Screen, doubts: Sequence[str], plan: ReadingsPlan | None) -> None:
    """Tell of a folder's readings, and of what its company.json may mean otherwise."""
    if doubts:
        screen.heading("Worth a look in company.json")
        for doubt in doubts[:_MORE]:
            screen.line(doubt, indent=2)
        if len(doubts) > _MORE:
            screen.line(f"…and {len(doubts) - _MORE} more", indent=2)
    if plan is not None:
        preview_readings(screen, plan, "readings.csv")


def counts_told(plan: ReadingsPlan) -> str:
    """1 added, 0 amended, 2 same, 0 rejected."""
    return ", ".join(f"{number:,} {name}" for name, number in plan.counts().items())


def readings_json(plan: ReadingsPlan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "counts": plan.counts(),
        "mapping": {str(field): template.shown(plan.columns) for field, template in plan.mapping.templates.items()},
        "unused": list(plan.mapping.unused),
        "metrics": plan.metrics(),
        "made": [metric.name for metric in plan.making],
        "unknown": dict(plan.unknown),
        "issues": [{"line": i.line, "kind": str(i.kind), "text": i.text} for i in plan.issues],
    }


def _show_metrics(screen: Screen, plan: ReadingsPlan) -> None:
    screen.heading(f"{counted(plan.metrics(), 'metric')} with readings that can go in")
    if plan.making:
        names = listed([metric.name for metric in plan.making], SAMPLE)
        screen.line(f"{counted(len(plan.making), 'metric')} will be made: {names}", indent=2)
    elif plan.unknown:
        screen.line(f"not known: {listed(list(plan.unknown), SAMPLE)}", indent=2)
        screen.line("Correct the names, add them in /cx setup, or say --new-metrics.", indent=2)


def _show_rows(screen: Screen, rows: Sequence[PlannedReading]) -> None:
    shown = [row for row in rows if row.outcome is not Outcome.SAME][:SAMPLE]
    if shown:
        screen.heading("The first readings as they will be")
    for row in shown:
        line = row.line
        amended = "" if row.before is None else f" (was {row.before:g})"
        answers = "" if line.respondents is None else f", {counted(line.respondents, 'respondent')}"
        screen.line(f"{line.on}  {line.value:g}{amended}{answers}  {line.metric}", indent=2)
