from dataclasses import replace
from typing import Any

from planning.audit.values import Entry
from planning.claims.claiming import HANDED_BACK, RAISED
from planning.digests.thanking import SHOWN, thanks
from planning.journey.values import Journey
from planning.portfolio.values import Portfolio
from tests.builders import entry, finding, journey, person, portfolio, problem


def raised(subject: str = "stage:1", by: int = 1, name: str = "Join", **fields: Any) -> Entry:
    return entry(**{"verb": RAISED, "subject": subject, "actor": by, "details": {"name": name}, **fields})


def owned(journey: Journey, *owners: int | None) -> Journey:
    """The journey with owners of its stages, in order."""
    pairs = zip(journey.stages, (*owners, *[None] * len(journey.stages)), strict=False)
    return replace(journey, stages=tuple(replace(stage, owner=owner) for stage, owner in pairs))


def company(**fields: Any) -> Portfolio:
    """Ada (1) looks after Join and Bo (2) after Use."""
    return portfolio(**{"journey": owned(journey(), 1, 2), **fields})


def test_who_took_something_on_is_thanked_with_what_it_is() -> None:
    entries = [raised(), raised("stage:2", 2, "Use")]

    assert thanks(entries, company(), ()) == (
        "Ada Berg looks after the stage “Join”",
        "Bo Lind looks after the stage “Use”",
    )


def test_what_was_handed_back_is_not_thanked_for() -> None:
    assert thanks([raised(), raised(verb=HANDED_BACK)], company(), ()) == ()


def test_what_belongs_to_somebody_else_by_now_is_not_thanked_for() -> None:
    assert thanks([raised()], company(journey=owned(journey(), 2)), ()) == ()


def test_a_gap_that_has_closed_since_was_theirs() -> None:
    standing = finding(id=4, owner=None)

    assert thanks([raised("gap:3", name="No metric measures “Join”.")], company(), [standing]) == (
        "Ada Berg looks after the gap “No metric measures “Join””",
    )
    assert thanks([raised("gap:4", name="No metric.")], company(), [standing]) == ()


def test_of_many_things_of_one_person_some_are_named() -> None:
    entries = [raised(f"problem:{id}", name=f"Problem {id}") for id in range(1, 5)]
    told = thanks([*entries, raised("gap:1"), raised("gap:2")], company(problems=(problem(owner=1),)), ())

    assert told == (
        "Ada Berg looks after the customer problem “Problem 1”, the customer problem “Problem 2”, 2 more and 2 gaps",
    )


def test_of_many_people_some_are_named() -> None:
    people = tuple(person(id=id, name=f"Person {id}") for id in range(1, 20))
    told = thanks([raised(f"gap:{one.id}", one.id) for one in people], company(people=people), ())

    assert (len(told), told[-1]) == (SHOWN + 1, "…and 11 more")
