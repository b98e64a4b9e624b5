"""Split problem: several departments each work on a part of one customer problem, none with the whole in view.

Its members are the live initiatives that name the problem. Texts were tried as well: of eighteen initiatives that
belong to a problem of the invented companies without naming it, no combination of the text with shared stages,
segments, touchpoints and metrics put more than two among its first twenty when a company was left out of the fit.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from planning.findings.facts import Fact, MissingParts, ServingPart, SplitParts
from planning.findings.values import Found, Member, Rule, Subject, members
from planning.initiatives.values import Initiative
from planning.overlaps.telling import told
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.problems.values import Problem


def split_problem(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each problem that live initiatives of at least two departments name."""
    weights = {stage.id: stage.weight for stage in portfolio.journey.stages}
    for problem, serving in _served(portfolio, scope):
        ids, subject = (one.id for one in serving), Member(Subject.PROBLEM, problem.id)
        facts = tuple(_facts(problem, serving, portfolio))
        found = Found(Rule.SPLIT_PROBLEM, members(ids, subject), _score(serving, weights), facts)
        if told(found, portfolio):
            yield found


def _served(portfolio: Portfolio, scope: Scope) -> Iterator[tuple[Problem, Sequence[Initiative]]]:
    """The problems in the scope with the initiatives that name them, where these are of several departments."""
    named = portfolio.holdings.columns.rows.problems
    rows = np.flatnonzero(np.isin(named, list(scope.problems)))
    rows = rows[np.argsort(named[rows], kind="stable")]
    wanted = sorted((problem for problem in portfolio.problems if problem.id in scope.problems), key=lambda one: one.id)
    starts = np.searchsorted(named[rows], [problem.id for problem in wanted])
    ends = np.searchsorted(named[rows], [problem.id for problem in wanted], "right")
    for problem, start, end in zip(wanted, starts, ends, strict=True):
        serving = [portfolio.initiatives[row] for row in rows[start:end]]
        if len({initiative.draft.department for initiative in serving}) > 1:
            yield problem, serving


def _score(serving: Collection[Initiative], weights: dict[int, int]) -> float:
    """Each further department halves the doubt, and so, in part, does the weight (1 to 5) of the weightiest stage."""
    departments = len({initiative.draft.department for initiative in serving})
    weight = max((weights.get(stage, 0) for initiative in serving for stage in initiative.draft.stages), default=0)
    return 1 - 0.5 ** (departments - 1) * (1 - weight / 10)


def _facts(problem: Problem, serving: Sequence[Initiative], portfolio: Portfolio) -> Iterator[Fact]:
    departments = {portfolio.department_names[one.draft.department] for one in serving}
    yield SplitParts(problem=problem.name, departments=tuple(sorted(departments)))
    for one in serving:
        yield ServingPart(
            initiative=one.id,
            title=one.draft.title,
            department=portfolio.department_names[one.draft.department],
            supplies=one.draft.supplies,
        )
    brought = {part for one in serving for part in one.draft.supplies} | portfolio.supplied.get(problem.id, frozenset())
    missing = tuple(part for part in problem.needs if part not in brought)
    if missing:
        yield MissingParts(problem=problem.name, missing=missing)
