"""All overlap rules in one place: a rule is a function of the portfolio."""

from collections.abc import Callable, Collection, Iterator

from planning.findings.values import Found
from planning.overlaps.contacts import contact_collision
from planning.overlaps.duplicates import duplicate_effort
from planning.portfolio.values import Portfolio

OverlapRule = Callable[[Portfolio, Collection[int] | None], Iterator[Found]]

RULES: tuple[OverlapRule, ...] = (contact_collision, duplicate_effort)


def find_overlaps(portfolio: Portfolio, touching: Collection[int] | None = None) -> list[Found]:
    """Every overlap of the live initiatives; with `touching`, those that have one of these initiatives as a member."""
    return [found for rule in RULES for found in rule(portfolio, touching)]
