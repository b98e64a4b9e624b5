"""Measures of the whole portfolio, from one value and nothing else."""

from collections.abc import Iterator

import numpy as np

from planning.digests.values import Cell, Coverage
from planning.portfolio.values import Portfolio


def coverage(portfolio: Portfolio) -> Coverage:
    """How many live initiatives each department has on each stage; who registered nothing is silent, not idle."""
    stages = sorted(portfolio.journey.stages, key=lambda stage: (stage.position, stage.id))
    busy = frozenset(np.unique(portfolio.holdings.columns.rows.departments).tolist())
    return Coverage(
        stages=tuple((stage.id, stage.name) for stage in stages),
        departments=tuple((department.id, department.name) for department in portfolio.departments),
        cells=tuple(_cells(portfolio)),
        silent=tuple(department.id for department in portfolio.departments if department.id not in busy),
        unplaced=_unplaced(portfolio),
    )


def _cells(portfolio: Portfolio) -> Iterator[Cell]:
    for stage, departments in sorted(portfolio.on_stages.items()):
        for department, count in sorted(departments.items()):
            yield Cell(stage=stage, department=department, count=count)


def _unplaced(portfolio: Portfolio) -> int:
    stages, known = portfolio.holdings.columns.stages, list(portfolio.journey.stage_names())
    return len(portfolio.initiatives) - len(np.unique(stages.of[np.isin(stages.to, known)]))
