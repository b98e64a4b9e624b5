"""What tests of gaps share: gaps of a whole portfolio, by their rule."""

from planning.findings.values import Found, Rule
from planning.gaps.finding import find_gaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio


def gaps_of(portfolio: Portfolio, rule: Rule) -> list[Found]:
    """What the rule finds in all of it, worst first."""
    return [gap for gap in find_gaps(portfolio, Scope.everything(portfolio)) if gap.rule is rule]


def subjects(portfolio: Portfolio, rule: Rule) -> list[str]:
    """What the gaps are about, worst first."""
    return [str(gap.members[0]) for gap in gaps_of(portfolio, rule)]
