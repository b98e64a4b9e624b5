"""Contact collision: the same customers would be told opposed things in the same days."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from planning.findings.facts import OpposedContacts, PlannedContact
from planning.findings.values import Found, Rule, initiative_member
from planning.initiatives.values import Contact, Initiative, Intent
from planning.portfolio.values import Portfolio
from planning.window import Window

HARD = frozenset({Intent.CANCEL, Intent.RESTRICT, Intent.COLLECT, Intent.APOLOGISE})
"""What a company says to customers when something has gone wrong between them."""
COURTING = frozenset({Intent.WIN, Intent.CROSS_SELL, Intent.ONBOARD, Intent.RENEW, Intent.WIN_BACK})
"""What it says when it wants more of them."""


def contact_collision(portfolio: Portfolio, touching: Collection[int] | None = None) -> Iterator[Found]:
    """One finding for each pair of initiatives with opposed contacts to customers that they share."""
    collisions: dict[tuple[int, int], list[OpposedContacts]] = {}
    for hard, courting, shared in _opposed(portfolio, touching):
        one, two = sorted((hard.initiative.id, courting.initiative.id))
        fact = OpposedContacts(
            first=_named(hard, portfolio), second=_named(courting, portfolio), start=shared.start, end=shared.end
        )
        collisions.setdefault((one, two), []).append(fact)
    for pair, facts in sorted(collisions.items()):
        facts.sort(key=lambda fact: (fact.start, fact.first.segment, fact.second.segment))
        members = tuple(initiative_member(id) for id in pair)
        yield Found(Rule.CONTACT_COLLISION, members, _score(facts), tuple(facts))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A contact with its initiative and its segment's lineage: that segment and all that it is part of."""

    initiative: Initiative
    contact: Contact
    lineage: frozenset[int]


def _opposed(portfolio: Portfolio, touching: Collection[int] | None) -> Iterator[tuple[_Planned, _Planned, Window]]:
    """Every such pair, the hard contact first, with the days that they share."""
    for family in _families(portfolio):
        hard = [planned for planned in family if planned.contact.intent in HARD]
        courting = [planned for planned in family if planned.contact.intent in COURTING]
        for first, second in product(hard, courting):
            shared = first.contact.window.shared_with(second.contact.window)
            if shared and _nested(first, second) and _wanted(first, second, touching):
                yield first, second, shared


def _families(portfolio: Portfolio) -> list[list[_Planned]]:
    """Contacts by the largest segment that theirs is part of: only those can share customers."""
    lineages = portfolio.journey.lineages()
    families: dict[int, list[_Planned]] = {}
    for initiative in portfolio.initiatives:
        for contact in initiative.draft.contacts:
            lineage = lineages.get(contact.segment, (contact.segment,))
            families.setdefault(lineage[-1], []).append(_Planned(initiative, contact, frozenset(lineage)))
    return list(families.values())


def _nested(first: _Planned, second: _Planned) -> bool:
    return first.contact.segment in second.lineage or second.contact.segment in first.lineage


def _wanted(first: _Planned, second: _Planned, touching: Collection[int] | None) -> bool:
    if first.initiative.draft.department == second.initiative.draft.department:
        return False
    return touching is None or first.initiative.id in touching or second.initiative.id in touching


def _named(planned: _Planned, portfolio: Portfolio) -> PlannedContact:
    initiative, contact = planned.initiative, planned.contact
    return PlannedContact(
        initiative=initiative.id,
        title=initiative.draft.title,
        department=portfolio.department_names[initiative.draft.department],
        segment=portfolio.journey.segment_names()[contact.segment],
        touchpoint=portfolio.journey.touchpoint_names()[contact.touchpoint],
        intent=contact.intent,
        start=contact.window.start,
        end=contact.window.end,
    )


def _score(facts: list[OpposedContacts]) -> float:
    """The gravest of them: losing cover or being chased while being sold to weighs more than an apology."""
    return max(_GRAVITY[Intent(fact.first.intent)] for fact in facts)


_GRAVITY = {Intent.CANCEL: 1.0, Intent.RESTRICT: 0.95, Intent.COLLECT: 0.9, Intent.APOLOGISE: 0.85}
