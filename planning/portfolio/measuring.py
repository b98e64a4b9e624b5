"""Measures of the whole portfolio, from one value and nothing else."""

from collections import Counter

from planning.digests.values import Cell, Coverage
from planning.portfolio.values import Portfolio


def coverage(portfolio: Portfolio) -> Coverage:
    """How many live initiatives each department has on each stage; who registered nothing is silent, not idle."""
    stages = sorted(portfolio.journey.stages, key=lambda stage: (stage.position, stage.id))
    busy = {initiative.draft.department for initiative in portfolio.initiatives}
    counts = _counts(portfolio)
    return Coverage(
        stages=tuple((stage.id, stage.name) for stage in stages),
        departments=tuple((department.id, department.name) for department in portfolio.departments),
        cells=tuple(Cell(stage=stage, department=department, count=n) for (stage, department), n in counts),
        silent=tuple(department.id for department in portfolio.departments if department.id not in busy),
        unplaced=_unplaced(portfolio),
    )


def _counts(portfolio: Portfolio) -> list[tuple[tuple[int, int], int]]:
    known = portfolio.journey.stage_names().keys()
    counts = Counter(
        (stage, initiative.draft.department)
        for initiative in portfolio.initiatives
        for stage in set(initiative.draft.stages) & known
    )
    return sorted(counts.items())


def _unplaced(portfolio: Portfolio) -> int:
    known = portfolio.journey.stage_names().keys()
    return sum(1 for initiative in portfolio.initiatives if not known & set(initiative.draft.stages))
