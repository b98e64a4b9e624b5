"""Split problem: several departments each work on a part of one customer problem, none with the whole in view.

Its members are the live initiatives that name the problem. Texts were tried as well: of eighteen initiatives that
belong to a problem of the invented companies without naming it, no combination of the text with shared stages,
segments, touchpoints and metrics put more than two among its first twenty when a company was left out of the fit.
"""

from collections.abc import Collection, Iterator

from planning.findings.facts import Fact, MissingParts, ServingPart, SplitParts
from planning.findings.values import Found, Member, Rule, Subject, members
from planning.initiatives.values import Initiative
from planning.overlaps.telling import told
from planning.portfolio.completeness import Fix, fixes
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio


def split_problem(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each problem that live initiatives of at least two departments name."""
    weights = {stage.id: stage.weight for stage in portfolio.journey.stages}
    for fix in fixes(portfolio, scope.problems):
        if len({one.draft.department for one in fix.serving}) > 1:
            ids, subject = (one.id for one in fix.serving), Member(Subject.PROBLEM, fix.problem.id)
            facts = tuple(_facts(fix, portfolio))
            found = Found(Rule.SPLIT_PROBLEM, members(ids, subject), _score(fix.serving, weights), facts)
            if told(found, portfolio):
                yield found


def _score(serving: Collection[Initiative], weights: dict[int, int]) -> float:
    """Each further department halves the doubt, and so, in part, does the weight (1 to 5) of the weightiest stage."""
    departments = len({initiative.draft.department for initiative in serving})
    weight = max((weights.get(stage, 0) for initiative in serving for stage in initiative.draft.stages), default=0)
    return 1 - 0.5 ** (departments - 1) * (1 - weight / 10)


def _facts(fix: Fix, portfolio: Portfolio) -> Iterator[Fact]:
    departments = {portfolio.department_names[one.draft.department] for one in fix.serving}
    yield SplitParts(problem=fix.problem.name, departments=tuple(sorted(departments)))
    for one in fix.serving:
        yield ServingPart(
            initiative=one.id,
            title=one.draft.title,
            department=portfolio.department_names[one.draft.department],
            supplies=one.draft.supplies,
        )
    if missing := fix.missing:
        yield MissingParts(problem=fix.problem.name, missing=missing)
