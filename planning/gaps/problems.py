"""What the fix of a customer problem lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from planning.findings.facts import MissingParts
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import heaviest, importance, weights
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.problems.values import Problem


@dataclass(slots=True)
class _Serving:
    """What the live initiatives that serve a problem bring, and the stages on which they work."""

    parts: set[str] = field(default_factory=set)
    stages: set[int] = field(default_factory=set)


def problem_fix_incomplete(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A problem of whose complete fix no initiative, live or done, brings a part.

    Severity is 0.4, and up to 1 the larger the share that is missing; the heaviest stage of its initiatives says how
    much it matters. While no initiative serves a problem at all, what they fix is unknown.
    """
    if not portfolio.holdings.columns.rows.problems.any() and not portfolio.supplied:
        return
    serving, weighed = _serving(portfolio, scope), weights(portfolio.journey)
    for problem in portfolio.problems:
        missing = missing_of(problem, serving, portfolio) if problem.id in scope.problems else ()
        if missing:
            severity = 0.4 + 0.6 * len(missing) / len(problem.needs)
            score = severity * importance(heaviest(serving[problem.id].stages, weighed))
            fact = MissingParts(problem=problem.name, missing=missing)
            yield Found(Rule.PROBLEM_FIX_INCOMPLETE, (Member(Subject.PROBLEM, problem.id),), score, (fact,))


def missing_of(problem: Problem, serving: Mapping[int, _Serving], portfolio: Portfolio) -> tuple[str, ...]:
    """The needed parts that nobody brings, in the order in which the problem names them."""
    brought = serving[problem.id].parts | portfolio.supplied.get(problem.id, frozenset())
    return tuple(str(part) for part in problem.needs if part not in brought)


def _serving(portfolio: Portfolio, scope: Scope) -> defaultdict[int, _Serving]:
    """Problem id → what its live initiatives bring, for the problems of the scope."""
    found: defaultdict[int, _Serving] = defaultdict(_Serving)
    problems = portfolio.holdings.columns.rows.problems
    for row in np.flatnonzero(np.isin(problems, list(scope.problems))):
        draft = portfolio.initiatives[row].draft
        found[int(problems[row])].parts.update(draft.supplies)
        found[int(problems[row])].stages.update(draft.stages)
    return found
