"""All overlap rules in one place: a rule is a function of the portfolio and of where it has to look."""

from collections.abc import Callable, Iterator

from planning.findings.values import Found
from planning.overlaps.conflicts import metric_conflict
from planning.overlaps.contacts import contact_collision
from planning.overlaps.contention import resource_contention
from planning.overlaps.crowding import contact_crowding
from planning.overlaps.duplicates import duplicate_effort
from planning.overlaps.splits import split_problem
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

OverlapRule = Callable[[Portfolio, Scope], Iterator[Found]]

RULES: tuple[OverlapRule, ...] = (
    contact_collision,
    resource_contention,
    metric_conflict,
    contact_crowding,
    split_problem,
    duplicate_effort,
)


def find_overlaps(portfolio: Portfolio, scope: Scope) -> list[Found]:
    """Every overlap of the live initiatives that the scope covers."""
    return [found for rule in RULES for found in rule(portfolio, scope)]
