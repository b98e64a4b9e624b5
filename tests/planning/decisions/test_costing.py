from datetime import date, timedelta

import pytest

from planning.decisions.costing import cost_of_waiting, hits_on
from planning.findings.facts import (
    AlikeTexts,
    CrowdedWeeks,
    Fact,
    MissingParts,
    OpposedContacts,
    OpposedEffects,
    OverloadedPool,
    PlannedContact,
    PoolWeek,
    SplitParts,
    Who,
)
from planning.findings.values import Finding
from tests.builders import finding, found, initiative, request

TODAY = date(2027, 3, 1)
DEPARTMENTS = {1: "Marketing", 2: "Claims"}


def contact(intent: str, segment: str = "Flood-zone homes") -> PlannedContact:
    days = {"start": TODAY, "end": TODAY + timedelta(days=30)}
    return PlannedContact(
        initiative=1, title="A", department="A", segment=segment, touchpoint="Letter", intent=intent, **days
    )


def opposed(start: int, days: int = 5, other: str = "Flood-zone homes") -> OpposedContacts:
    """A cancellation that meets an offer, so many days from today."""
    begins = TODAY + timedelta(days=start)
    sides = {"first": contact("cancel"), "second": contact("cross-sell", other)}
    return OpposedContacts(**sides, start=begins, end=begins + timedelta(days=days - 1))


def short(*weeks: tuple[int, float]) -> OverloadedPool:
    """Release testing, asked for too much in weeks from now (their number, and by how much)."""
    mondays = [(TODAY + timedelta(weeks=week), over) for week, over in weeks]
    each = tuple(PoolWeek(monday=monday, asked=3 + over, available=3) for monday, over in mondays)
    return OverloadedPool(pool="Release testing", weeks=each, initiatives=(1, 2))


def crowded(*weeks: int) -> CrowdedWeeks:
    mondays = tuple(TODAY + timedelta(weeks=week) for week in weeks)
    return CrowdedWeeks(segment="Homes", budget=2, weeks=mondays, most=5, contacts=())


def of(*facts: Fact) -> Finding:
    return finding(found=found(facts=facts))


SPLIT = SplitParts(problem="Told it thrice", departments=("Marketing", "Claims"))
LACKS = MissingParts(problem="Told it thrice", missing=("policy",))
WHO = {"initiative": 1, "title": "A", "department": "A"}
OPPOSED = OpposedEffects(metric="Churn", metric_id=1, stages=("Join",), raises=Who(**WHO), lowers=Who(**WHO))


@pytest.mark.parametrize(
    ("fact", "cost"),
    [
        (
            opposed(12),
            "In 12 days Flood-zone homes get a notice of cancellation and an offer in the same days.",
        ),
        (opposed(-2), "Now Flood-zone homes get a notice of cancellation and an offer in the same days."),
        (
            opposed(1, other="Homes"),
            (
                "Tomorrow customers of Flood-zone homes and of Homes get a notice of cancellation and an offer "
                "in the same days."
            ),
        ),
        (
            crowded(-3, 2, 3),
            "In 14 days Homes hear from us up to 5 times a week, for 2 weeks; 2 is their limit.",
        ),
        (
            short((-1, 9), (14, 1.5), (15, 2.5)),
            (
                "Release testing is 4 person-weeks short from 7 June 2027 on; "
                "each week that passes leaves one week less to move anything."
            ),
        ),
        (
            short((0, 1)),
            "Release testing is 1 person-week short now; each week that passes leaves one week less to move anything.",
        ),
        (OPPOSED, "What one department gains on its metric the other loses, for as long as both go on."),
    ],
    ids=["collision", "under way", "two segments", "crowding", "contention", "this week", "metrics"],
)
def test_the_cost_of_waiting_is_what_happens_and_when(fact: Fact, cost: str) -> None:
    assert cost_of_waiting(of(fact), [], DEPARTMENTS, TODAY) == cost


def test_of_several_facts_the_one_that_hits_first_is_told() -> None:
    both = of(opposed(20), opposed(3))

    assert cost_of_waiting(both, [], DEPARTMENTS, TODAY).startswith("In 3 days")


def test_the_same_work_is_paid_for_twice() -> None:
    pair = [
        initiative(1, requests=(request(person_weeks=6.0),)),
        initiative(2, department=2, requests=(request(person_weeks=4.0), request(person_weeks=5.0))),
    ]
    said = "Marketing and Claims pay for the same work"

    assert cost_of_waiting(finding(), pair, DEPARTMENTS, TODAY) == f"{said}: 6 + 9 person-weeks asked for."
    assert cost_of_waiting(finding(), [pair[0], initiative(2, department=2)], DEPARTMENTS, TODAY) == f"{said}."


def test_a_problem_stays_half_fixed() -> None:
    told = cost_of_waiting(of(SPLIT, LACKS), [], DEPARTMENTS, TODAY)

    assert told == "Customers go on with “Told it thrice”: the pieces do not add up, and nobody brings policy."


@pytest.mark.parametrize(
    ("fact", "days"),
    [(opposed(12), 12), (opposed(-2), 0), (opposed(-9), None), (crowded(-1, 2), 14), (short((0, 1)), 0)],
    ids=["ahead", "under way", "over", "weeks", "this week"],
)
def test_a_conflict_hits_on_its_first_day_that_is_still_to_come(fact: Fact, days: int | None) -> None:
    assert hits_on(of(fact), TODAY) == (None if days is None else TODAY + timedelta(days=days))


def test_what_has_no_days_hits_on_none() -> None:
    assert hits_on(of(AlikeTexts(cosine=0.8)), TODAY) is None
