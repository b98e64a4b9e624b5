from typing import Any

import numpy as np
import pytest

from planning.initiatives.values import Initiative
from planning.portfolio.silence import Registered, overall, silences
from planning.workspace.values import Department, Person
from tests.planning.portfolios import BILLING, PEOPLE, initiative, portfolio


def seen(**fields: Any) -> Registered:
    """Twelve initiatives of four owners, three of whom own one only."""
    values: dict[str, Any] = {
        "department": 1,
        "name": "Sales",
        "people": 7,
        "initiatives": 14,
        "owned": 12,
        "owners": 5,
        "own": 5,
        "once": 1,
        "twice": 1,
    }
    return Registered(**(values | fields))


def owned_by(*owners: int | None, department: int = 1) -> list[Initiative]:
    return [
        initiative(100 * department + number, department=department, owner=owner)
        for number, owner in enumerate(owners, 1)
    ]


def test_a_department_that_registers_nothing_is_told_as_unknown_and_comes_first() -> None:
    silent, *others = silences(portfolio(*owned_by(1, 3), *owned_by(2, department=2)))

    assert silent.sentence == "Billing has registered nothing. What it does is unknown, not missing."
    assert silent.ground == "Nobody of it is known: too little to compare with the others."
    assert [one.silent for one in others] == [False, False]


def test_what_a_silent_department_would_have_is_compared_with_the_others() -> None:
    departments = tuple(Department(id, name) for id, name in enumerate(("Sales", "Claims", "Billing", "Legal"), 1))
    people = tuple(Person(id, f"P{id}", department=1 + id % 4) for id in range(8))
    company = portfolio(
        *owned_by(1, 3),
        *owned_by(2, 2, 2, department=2),
        *owned_by(4, department=3),
        departments=departments,
        people=people,
    )

    assert silences(company)[0].unregistered == (1, 3)
    assert silences(company)[0].ground == (
        "The others register 0.5 to 1.5 for each person known; that would be 1 to 3 for its 2 people."
    )


def test_owners_are_counted_by_how_many_initiatives_they_own() -> None:
    (one, *_) = [each for each in silences(portfolio(*owned_by(3, 3, 1, 2, None))) if not each.silent]

    assert (one.initiatives, one.owned, one.owners, one.once, one.twice) == (5, 4, 3, 2, 1)
    assert (one.people, one.own) == (2, 2)


@pytest.mark.parametrize("counts", [{"owned": 7, "owners": 5, "once": 0, "twice": 0}, {"once": 6, "twice": 3}])
def test_with_few_initiatives_or_a_wide_interval_nothing_is_said(counts: dict[str, int]) -> None:
    unclear = seen(**counts)

    assert (unclear.share, unclear.likely) == (None, None)
    assert unclear.sentence == "How much of the work of Sales is registered cannot be said yet."


def test_the_share_is_good_and_turings_and_its_interval_holds_it() -> None:
    likely, share = seen().likely, seen().share

    assert likely is not None
    assert share is not None
    assert share == pytest.approx(1 - 1 / 12)
    assert likely[0] < share < likely[1]


def test_the_share_and_its_ground_are_told_in_a_sentence_each() -> None:
    assert seen().sentence == "Likely at least 64% of the work of Sales belongs to people who own some of it here."
    assert seen().ground == "5 of the 7 people known own 12 of the 14 live initiatives; 1 of them owns only one."


def test_the_interval_reaches_up_to_the_share_of_known_people_who_own_something() -> None:
    few, all_of_them = seen(owned=60, once=50, people=500), seen(owned=60, once=50, people=50, owners=50, own=50)

    assert few.likely is not None
    assert few.likely[1] < 0.4
    assert all_of_them.likely is None


def test_all_departments_together_have_more_to_go_by() -> None:
    people = (*PEOPLE, Person(4, "Of a silent department", department=BILLING.id))
    company = portfolio(*owned_by(*[1, 3] * 4), *owned_by(*[2] * 6, department=2), people=people)

    assert (overall(company).owned, overall(company).people) == (14, 3)
    assert overall(company).likely == pytest.approx((0.785, 1.0), abs=0.001)


@pytest.mark.parametrize(("people", "size"), [(6, 10), (12, 15), (30, 25)])
def test_the_interval_holds_the_truth_in_most_simulated_departments(people: int, size: int) -> None:
    random, held, told = np.random.default_rng(7), 0, 0
    for _ in range(500):
        weights = random.dirichlet(np.ones(people))
        counts = np.bincount(random.choice(people, size, p=weights), minlength=people)
        once, twice = int((counts == 1).sum()), int((counts == 2).sum())
        likely = seen(people=0, own=0, owned=size, once=once, twice=twice).likely
        if likely is not None:
            told += 1
            held += likely[0] <= weights[counts > 0].sum() <= likely[1] + 1e-9

    assert told > 50
    assert held / told > 0.8
