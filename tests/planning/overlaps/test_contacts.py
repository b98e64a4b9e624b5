from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given

from planning.findings.facts import OpposedContacts
from planning.findings.values import Found, Rule
from planning.initiatives.values import Contact
from planning.overlaps.contacts import COURTING, HARD, contact_collision
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from tests.planning.overlaps.crowded import Change, changes, part_equals_whole
from tests.planning.portfolios import FIRMS, FLOOD_HOMES, HOMES, HOUSEHOLDS, contact, initiative, portfolio


def all_of(company: Portfolio) -> list[Found]:
    return list(contact_collision(company, Scope.everything(company)))


def collisions(first: Contact, second: Contact, department: int = 2, **fields: Any) -> list[Found]:
    pair = (
        initiative(1, department=1, contacts=(first,)),
        initiative(2, department=department, contacts=(second,)),
    )
    return all_of(portfolio(*pair, **fields))


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        (contact("cancel"), contact("cross-sell"), True),
        (contact("apologise"), contact("renew"), True),
        (contact("cancel"), contact("collect"), False),
        (contact("cross-sell"), contact("win"), False),
        (contact("cancel"), contact("inform"), False),
        (contact("cancel", days=(1, 10)), contact("win", days=(10, 20)), True),
        (contact("cancel", days=(1, 10)), contact("win", days=(11, 20)), False),
        (contact("cancel", segment=FLOOD_HOMES), contact("win", segment=HOUSEHOLDS), True),
        (contact("cancel", segment=HOMES), contact("win", segment=FIRMS), False),
    ],
    ids=["opposed", "sorry", "both hard", "both courting", "informing", "last day", "day after", "nested", "others"],
)
def test_opposed_contacts_to_shared_customers_in_shared_days_collide(
    first: Contact, second: Contact, clashes: bool
) -> None:
    assert bool(collisions(first, second)) is clashes


def test_siblings_of_one_segment_share_no_customers() -> None:
    sibling = contact("win", segment=FIRMS)

    assert not collisions(contact("cancel", segment=FLOOD_HOMES), sibling)


def test_one_department_does_not_collide_with_itself() -> None:
    assert not collisions(contact("cancel"), contact("win"), department=1)


@pytest.mark.parametrize(("day", "clashes"), [(10, True), (11, False)], ids=["last day", "day after"])
def test_a_collision_counts_until_its_last_day_is_over(day: int, clashes: bool) -> None:
    today = contact(days=(day, day)).window.start

    found = collisions(contact("cancel", days=(1, 10)), contact("win", days=(3, 20)), today=today)

    assert bool(found) is clashes


def test_no_threshold_hides_a_collision() -> None:
    assert collisions(contact("apologise"), contact("win"), least={Rule.CONTACT_COLLISION: 1.0})


def test_the_reason_names_who_does_what_to_whom_and_when() -> None:
    (found,) = collisions(contact("win", segment=HOMES), contact("cancel", segment=FLOOD_HOMES))

    (fact,) = found.facts
    assert isinstance(fact, OpposedContacts)
    assert fact.sentence == (
        "Claims would end the contract of Flood homes by Letter (CX-2) while Marketing would advertise to Homes by "
        "Letter (CX-1), 1–14 March 2027 (Flood homes and Homes share customers)."
    )


def test_a_pair_with_several_clashes_is_one_finding() -> None:
    first = initiative(1, department=1, contacts=(contact("win"), contact("renew", days=(20, 25))))
    second = initiative(2, department=2, contacts=(contact("cancel", days=(1, 30)),))

    (found,) = all_of(portfolio(first, second))

    assert len(found.facts) == 2


@given(changes())
def test_a_change_is_judged_as_in_a_full_pass(change: Change) -> None:
    part_equals_whole(contact_collision, change)


@given(changes())
def test_collisions_are_those_that_comparing_every_two_contacts_finds(change: Change) -> None:
    _, company, _ = change

    assert {found.pair: len(found.facts) for found in all_of(company)} == one_by_one(company)


def one_by_one(company: Portfolio) -> dict[tuple[int, int] | None, int]:
    """Pair → how many of its contacts are opposed."""
    counts: dict[tuple[int, int] | None, int] = {}
    for one, other in combinations(company.initiatives, 2):
        clashes = sum(opposed(a, b, company) for a in one.draft.contacts for b in other.draft.contacts)
        if clashes and one.draft.department != other.draft.department:
            counts[one.id, other.id] = clashes
    return counts


def opposed(one: Contact, other: Contact, company: Portfolio) -> bool:
    lineages = company.journey.lineages()
    nested = one.segment in lineages[other.segment] or other.segment in lineages[one.segment]
    meant = any(hard.intent in HARD and court.intent in COURTING for hard, court in permutations((one, other)))
    shared = one.window.shared_with(other.window)
    return nested and meant and shared is not None and shared.end >= company.today
