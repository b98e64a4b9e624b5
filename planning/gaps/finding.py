"""All gap rules: what the journey, its customers, metrics and problems, or an initiative lacks.

A rule is a function of the portfolio and of what to look at in it; a gap that is there is always told.
"""

from collections.abc import Callable, Iterator

from planning.findings.values import Found
from planning.gaps.customers import segment_unserved
from planning.gaps.hand_offs import bare_hand_off
from planning.gaps.initiatives import initiative_incomplete
from planning.gaps.metrics import metric_off_target_unmoved
from planning.gaps.problems import problem_fix_incomplete
from planning.gaps.scores import score_disputed
from planning.gaps.stages import (
    single_department_stage,
    stage_without_metric,
    stage_without_owner,
    stage_without_work,
)
from planning.gaps.staleness import metric_stale
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

GapRule = Callable[[Portfolio, Scope], Iterator[Found]]

RULES: tuple[GapRule, ...] = (
    stage_without_work,
    metric_off_target_unmoved,
    metric_stale,
    problem_fix_incomplete,
    segment_unserved,
    stage_without_owner,
    stage_without_metric,
    score_disputed,
    bare_hand_off,
    single_department_stage,
    initiative_incomplete,
)


def find_gaps(portfolio: Portfolio, scope: Scope) -> list[Found]:
    """Every gap of the scope, worst first."""
    found = [gap for rule in RULES for gap in rule(portfolio, scope)]
    return sorted(found, key=lambda gap: (-gap.score, gap.key))
