"""What initiatives lack that the others need to plan with them."""

from collections.abc import Iterable, Iterator

import numpy as np

from planning.findings.facts import IncompleteInitiative
from planning.findings.values import Found, Rule, members
from planning.gaps.importance import heaviest, importance, weights
from planning.initiatives.values import Initiative, Status
from planning.portfolio.columns import UNKNOWN
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

EACH = 0.1


def initiative_incomplete(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """An initiative without stage, owner or metric or, unless it is an idea, without start or end.

    Severity is 0.1 for each; the heaviest of its stages says how much it matters.
    """
    weighed = weights(portfolio.journey)
    for initiative in _suspects(portfolio, scope):
        missing = missing_in(initiative, portfolio)
        if missing:
            score = EACH * len(missing) * importance(heaviest(initiative.draft.stages, weighed))
            fact = _lacking(initiative, missing, portfolio)
            yield Found(Rule.INITIATIVE_INCOMPLETE, members((initiative.id,)), score, (fact,))


def missing_in(initiative: Initiative, portfolio: Portfolio) -> tuple[str, ...]:
    """What the initiative lacks, in words; what the company has none of cannot be named yet."""
    draft = initiative.draft
    dated = draft.status is not Status.IDEA
    lacks = (
        ("stage", bool(portfolio.journey.stages) and not draft.stages),
        ("owner", draft.owner is None),
        ("metric", bool(portfolio.metrics) and not draft.effects),
        ("start date", dated and draft.starts_on is None),
        ("end date", dated and draft.ends_on is None),
    )
    return tuple(name for name, lacking in lacks if lacking)


def _suspects(portfolio: Portfolio, scope: Scope) -> Iterable[Initiative]:
    """Those of the scope that may lack something; an end without a window is one of them."""
    holdings, rows = portfolio.holdings, portfolio.holdings.columns.rows
    if scope.initiatives is not None:
        live = (holdings.by_id(id) for id in sorted(scope.initiatives))
        return [initiative for initiative in live if initiative is not None]
    bare = (rows.stage_bits == 0) | (rows.metric_bits == 0) | (rows.owners == UNKNOWN) | (rows.starts == UNKNOWN)
    return [holdings.initiatives[row] for row in np.flatnonzero(bare)]


def _lacking(initiative: Initiative, missing: tuple[str, ...], portfolio: Portfolio) -> IncompleteInitiative:
    return IncompleteInitiative(
        initiative=initiative.id,
        title=initiative.draft.title,
        department=portfolio.department_names[initiative.draft.department],
        missing=missing,
    )
