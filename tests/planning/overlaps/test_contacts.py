from typing import Any

import pytest

from planning.findings.facts import OpposedContacts
from planning.findings.values import Found
from planning.initiatives.values import Contact
from planning.overlaps.contacts import contact_collision
from tests.planning.portfolios import FIRMS, FLOOD_HOMES, HOMES, HOUSEHOLDS, contact, initiative, portfolio


def collisions(first: Contact, second: Contact, **others: Any) -> list[Found]:
    pair = (
        initiative(1, department=1, contacts=(first,)),
        initiative(2, department=others.get("department", 2), contacts=(second,)),
    )
    return list(contact_collision(portfolio(*pair), others.get("touching")))


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


def test_only_the_initiatives_asked_for_are_looked_at() -> None:
    assert collisions(contact("cancel"), contact("win"), touching={2})
    assert not collisions(contact("cancel"), contact("win"), touching={3})


def test_the_reason_names_who_does_what_to_whom_and_when() -> None:
    (found,) = collisions(contact("win", segment=HOMES), contact("cancel", segment=FLOOD_HOMES))

    (fact,) = found.facts
    assert isinstance(fact, OpposedContacts)
    assert fact.sentence == (
        "Claims would end the contract of Flood homes by Letter while Marketing would advertise to Homes by Letter, "
        "1–14 March 2027 (Flood homes and Homes share customers)."
    )


def test_a_pair_with_several_clashes_is_one_finding() -> None:
    first = initiative(1, department=1, contacts=(contact("win"), contact("renew", days=(20, 25))))
    second = initiative(2, department=2, contacts=(contact("cancel", days=(1, 30)),))

    (found,) = contact_collision(portfolio(first, second))

    assert len(found.facts) == 2
