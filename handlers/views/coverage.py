"""Coverage of stage × department in words: the private map, and what a picture says to those who cannot see it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.text import Message, Part, bold, bullets, context, escape_within, header, paragraph, rich
from planning.digests.values import Coverage
from planning.text import clip, counted

NAME = 60
ROW = 200
"""Forty rows of this length fit into one message."""
STAGES_SHOWN = 40
DEPARTMENTS_SHOWN = 8
ALT_MAX = 2000

Counts = list[tuple[str, int]]
"""Departments and how many live initiatives they have on a stage."""


def coverage_map(coverage: Coverage) -> Message:
    """Each stage with the departments that work on it; silent departments are told as unknown."""
    if not coverage.stages:
        text = "There is no journey yet, so there is no map. A steward can write its stages with “/cx setup”."
        return Message(escape_within(text), [paragraph(text)])
    rows = coverage_rows(coverage)[:STAGES_SHOWN]
    hidden = len(coverage.stages) - len(rows)
    if hidden:
        rows.append((f"…and {counted(hidden, 'more stage')}",))
    blocks: list[Block] = [header("Who works on which stage"), rich(bullets(rows)), *map(context, remarks(coverage))]
    return Message(escape_within(f"Who works on which stage. {coverage_words(coverage, 3500)}"), blocks)


def coverage_rows(coverage: Coverage) -> list[Sequence[Part]]:
    """Each stage with its departments, most work first."""
    counts = _by_stage(coverage)
    return [_row(name, counts[stage]) for stage, name in coverage.stages]


def remarks(coverage: Coverage) -> list[str]:
    """What the numbers leave out: silent departments and initiatives without a stage."""
    silent = [name for id, name in coverage.departments if id in coverage.silent]
    told = []
    if silent:
        have = "has" if len(silent) == 1 else "have"
        told.append(f"Unknown: {listed(silent)} {have} registered nothing, so nothing can be said of their work.")
    if coverage.unplaced:
        have = "initiative has" if coverage.unplaced == 1 else "initiatives have"
        told.append(f"{coverage.unplaced} live {have} no stage yet and cannot be shown here.")
    return told


def coverage_words(coverage: Coverage, limit: int = ALT_MAX) -> str:
    """The numbers that matter: what nobody works on first, then each stage, then what is unknown."""
    counts = _by_stage(coverage)
    empty = [name for stage, name in coverage.stages if not counts[stage]]
    busy = [(name, counts[stage]) for stage, name in coverage.stages if counts[stage]]
    told = [f"Nobody works on {listed([f'“{clip(name, NAME - 2)}”' for name in empty])}."] if empty else []
    told += [f"{clip(name, NAME)}: {_told(its)}." for name, its in busy]
    return clip(" ".join((*remarks(coverage), *told)), limit)


def listed(names: Sequence[str], shown: int = DEPARTMENTS_SHOWN, last: str = "and") -> str:
    """Names in a row, the last joined by “and” or another word; a long row says how many more there are."""
    cut = [clip(name, NAME) for name in names[:shown]]
    if len(names) > shown:
        cut.append(f"{len(names) - shown} more")
    return cut[0] if len(cut) == 1 else f"{', '.join(cut[:-1])} {last} {cut[-1]}"


def _row(name: str, counts: Counts) -> Sequence[Part]:
    return (bold(clip(name, NAME)), f" — {clip(_told(counts), ROW)}" if counts else " — nobody yet")


def _by_stage(coverage: Coverage) -> dict[int, Counts]:
    """Each stage's departments with work on it, most first."""
    names = dict(coverage.departments)
    counts: dict[int, Counts] = {stage: [] for stage, _ in coverage.stages}
    for cell in sorted(coverage.cells, key=lambda cell: (-cell.count, names.get(cell.department, ""))):
        if cell.stage in counts and cell.department in names and cell.count:
            counts[cell.stage].append((names[cell.department], cell.count))
    return counts


def _told(counts: Counts) -> str:
    return listed([f"{clip(name, NAME - 6)} {count}" for name, count in counts])
