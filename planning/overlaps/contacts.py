"""Contact collision: the same customers would be told opposed things in the same days."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from planning.findings.facts import OpposedContacts
from planning.findings.values import Found, Rule, members
from planning.initiatives.values import Intent
from planning.overlaps.naming import Naming
from planning.overlaps.nesting import Nesting
from planning.overlaps.rows import Pairs, Places, held, joined, paired
from planning.overlaps.spans import Spans, meeting
from planning.portfolio.columns import INTENTS, Contacts
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

HARD = frozenset({Intent.CANCEL, Intent.RESTRICT, Intent.COLLECT, Intent.APOLOGISE})
"""What a company says to customers when something has gone wrong between them."""
COURTING = frozenset({Intent.WIN, Intent.CROSS_SELL, Intent.ONBOARD, Intent.RENEW, Intent.WIN_BACK})
"""What it says when it wants more of them."""
_GRAVITY = {Intent.CANCEL: 1.0, Intent.RESTRICT: 0.95, Intent.COLLECT: 0.9, Intent.APOLOGISE: 0.85}
_HARD, _COURTING = ([INTENTS.index(intent) for intent in some] for some in (HARD, COURTING))


def contact_collision(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each pair of initiatives with opposed contacts to customers that they share.

    Days that are over do not count.
    """
    planned, naming = portfolio.holdings.columns.contacts, Naming(portfolio)
    pairs: defaultdict[tuple[int, int], list[OpposedContacts]] = defaultdict(list)
    for (one, its), (other, their) in _named(planned, _opposed(portfolio, scope)):
        first, second = naming.contact(one, its), naming.contact(other, their)
        start, end = max(first.start, second.start), min(first.end, second.end)
        fact = OpposedContacts(first=first, second=second, start=start, end=end)
        pairs[min(one, other), max(one, other)].append(fact)
    for pair, facts in sorted(pairs.items()):
        facts.sort(key=lambda fact: (fact.start, fact.first.segment, fact.second.segment))
        yield Found(Rule.CONTACT_COLLISION, members(pair), _score(facts), tuple(facts))


def _score(facts: list[OpposedContacts]) -> float:
    """The gravest of them: losing cover or being chased while being sold to weighs more than an apology."""
    return max(_GRAVITY[Intent(fact.first.intent)] for fact in facts)


def _named(planned: Contacts, pairs: Pairs) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each pair as (initiative, place among its contacts) of the hard and of the courting contact, in a fixed order."""
    sides = ([planned.of[side].tolist() for side in pairs], [planned.place[side].tolist() for side in pairs])
    (hard, courting), (its, their) = sides
    yield from sorted(zip(zip(hard, its, strict=True), zip(courting, their, strict=True), strict=True))


def _opposed(portfolio: Portfolio, scope: Scope) -> Pairs:
    """The places in the table of contacts of each hard one and of a courting one that it meets."""
    columns = portfolio.holdings.columns
    planned = columns.contacts
    mine = held(planned.of, scope.initiatives)
    if not mine.any():
        return np.flatnonzero(mine), np.flatnonzero(mine)
    nesting = Nesting.of(portfolio.journey)
    near = np.flatnonzero(held(planned.to, scope.segments) & (planned.ends >= portfolio.today.toordinal()))
    intents = planned.intents[near]
    hard, courting = joined(
        near[held(intents, _HARD)],
        near[held(intents, _COURTING)],
        mine,
        lambda one, other: _nested(one, other, planned, nesting),
    )
    strangers = columns.departments(planned.of[hard]) != columns.departments(planned.of[courting])
    return hard[strangers], courting[strangers]


def _nested(hard: Places, courting: Places, planned: Contacts, nesting: Nesting) -> Pairs:
    """The pairs with a day in common of which one goes to the segment of the other or to one within it."""
    inside_hard = _within(hard, courting, planned, nesting)
    outer, inner = _within(courting, hard, planned, nesting)
    deeper = planned.to[outer] != planned.to[inner]
    return paired(inside_hard, (inner[deeper], outer[deeper]))


def _within(outer: Places, inner: Places, planned: Contacts, nesting: Nesting) -> Pairs:
    """The pairs with a day in common of which the inner one goes to the outer one's segment or to one within it."""
    at, segments = nesting.outward(planned.to[inner])
    rows = inner[at]
    one, other = meeting(
        Spans(planned.to[outer], planned.starts[outer], planned.ends[outer]),
        Spans(segments, planned.starts[rows], planned.ends[rows]),
    )
    return outer[one], rows[other]
