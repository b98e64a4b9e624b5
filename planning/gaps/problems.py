"""What the fix of a customer problem lacks."""

from collections.abc import Iterator

from planning.findings.facts import MissingParts
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import heaviest, importance, weights
from planning.portfolio.completeness import fixes, problems_named
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio


def problem_fix_incomplete(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A problem of whose complete fix no initiative, live or done, brings a part.

    Severity is 0.4, and up to 1 the larger the share that is missing; the heaviest stage of its initiatives says how
    much it matters. While no initiative serves a problem at all, what they fix is unknown.
    """
    weighed = weights(portfolio.journey)
    for fix in fixes(portfolio, scope.problems) if problems_named(portfolio) else ():
        if missing := fix.missing:
            severity = 0.4 + 0.6 * len(missing) / len(fix.problem.needs)
            stages = (stage for one in fix.serving for stage in one.draft.stages)
            score = severity * importance(heaviest(stages, weighed))
            fact = MissingParts(problem=fix.problem.name, missing=missing)
            yield Found(Rule.PROBLEM_FIX_INCOMPLETE, (Member(Subject.PROBLEM, fix.problem.id),), score, (fact,))
