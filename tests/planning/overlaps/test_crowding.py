from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from planning.findings.facts import CrowdedWeeks
from planning.findings.values import Found, Rule, Subject
from planning.initiatives.values import Initiative
from planning.journey.values import Segment
from planning.overlaps.crowding import contact_crowding
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from tests.planning.overlaps.crowded import Change, changes, part_equals_whole
from tests.planning.portfolios import FIRMS, FLOOD_HOMES, HOMES, HOUSEHOLDS, JOURNEY, contact, initiative, portfolio

Crowds = dict[tuple[int, tuple[int, ...]], set[date]]
"""Segment and initiatives → the Mondays of the weeks in which they crowd it."""


def all_of(company: Portfolio) -> list[Found]:
    return list(contact_crowding(company, Scope.everything(company)))


def planning(id: int, *segments: Segment, days: tuple[int, int] = (1, 5), department: int | None = None) -> Initiative:
    contacts = tuple(contact("inform", segment, days) for segment in segments)
    return initiative(id, department=department or id, contacts=contacts)


def test_more_contacts_in_a_week_than_the_budget_are_too_many() -> None:
    assert not all_of(portfolio(planning(1, HOMES, HOMES), planning(2, HOMES)))
    assert all_of(portfolio(planning(1, HOMES, HOMES), planning(2, HOMES, HOMES)))


def test_one_department_may_crowd_its_own_customers() -> None:
    assert not all_of(portfolio(planning(1, HOMES, HOMES), planning(2, HOMES, HOMES, department=1)))


def test_a_week_runs_from_monday_to_sunday() -> None:
    sunday, monday = (7, 7), (8, 8)

    assert not all_of(portfolio(planning(1, HOMES, HOMES, days=sunday), planning(2, HOMES, HOMES, days=monday)))


def test_contacts_to_a_segment_count_for_all_that_it_is_part_of() -> None:
    (found,) = all_of(portfolio(planning(1, HOMES, FLOOD_HOMES), planning(2, HOUSEHOLDS, HOMES)))

    assert [str(member) for member in found.members] == ["initiative:1", "initiative:2", "segment:1"]


def test_the_same_initiatives_are_told_of_once_on_the_smallest_segment() -> None:
    (found,) = all_of(portfolio(planning(1, FLOOD_HOMES, FLOOD_HOMES), planning(2, FLOOD_HOMES, FLOOD_HOMES)))

    assert subject(found) == FLOOD_HOMES.id


def test_each_segment_has_its_own_budget() -> None:
    patient = replace(JOURNEY, segments=tuple(replace(one, weekly_contacts=4) for one in JOURNEY.segments))
    crowd = (planning(1, FIRMS, FIRMS), planning(2, FIRMS, FIRMS))

    assert not all_of(portfolio(*crowd, journey=patient))


@pytest.mark.parametrize(("day", "told"), [(7, True), (8, False)], ids=["its Sunday", "Monday after"])
def test_a_week_counts_until_it_is_over(day: int, told: bool) -> None:
    crowd = (planning(1, HOMES, HOMES), planning(2, HOMES, HOMES))

    assert bool(all_of(portfolio(*crowd, today=date(2027, 3, day)))) is told


def test_weeks_of_the_same_initiatives_are_one_finding_with_a_fact_for_each_run() -> None:
    twice = ((1, 14), (22, 26))
    crowd = [
        initiative(id, department=id, contacts=tuple(contact(days=days) for days in twice for _ in range(2)))
        for id in (1, 2)
    ]

    (found,) = all_of(portfolio(*crowd))

    assert [weeks(fact) for fact in found.facts] == [(date(2027, 3, 1), date(2027, 3, 8)), (date(2027, 3, 22),)]


def test_the_reason_says_how_many_contacts_who_sends_them_and_the_limit() -> None:
    (found,) = all_of(portfolio(planning(1, HOMES, HOMES), planning(2, HOMES, HOMES, days=(1, 12))))

    assert found.why == (
        "Homes would get 4 contacts in the week of 1 March 2027 from Marketing (CX-1) and Claims (CX-2); "
        "their limit is 3 a week."
    )


def test_more_contacts_over_the_budget_and_a_weightier_segment_score_higher() -> None:
    def score(count: int, weight: int) -> float:
        journey = replace(JOURNEY, segments=tuple(replace(one, weight=weight) for one in JOURNEY.segments))
        (found,) = all_of(portfolio(planning(1, *[FIRMS] * count), planning(2, FIRMS), journey=journey))
        return found.score

    assert score(3, 3) == 0.5
    assert score(3, 3) < score(4, 3) < score(4, 5)


def test_a_threshold_that_verdicts_raised_hides_the_mild() -> None:
    crowd = (planning(1, HOMES, HOMES), planning(2, HOMES, HOMES))

    assert not all_of(portfolio(*crowd, least={Rule.CONTACT_CROWDING: 0.6}))


@given(changes())
def test_a_change_is_judged_as_in_a_full_pass(change: Change) -> None:
    part_equals_whole(contact_crowding, change)


@given(changes())
def test_crowds_are_those_that_counting_each_week_by_itself_finds(change: Change) -> None:
    _, company, _ = change

    found = {
        (subject(one), one.initiatives()): {day for fact in one.facts for day in weeks(fact)} for one in all_of(company)
    }

    assert found == week_by_week(company)


def week_by_week(company: Portfolio) -> Crowds:
    """Every crowd, but of those of the same initiatives and week only the ones on the smallest segments."""
    crowds: Crowds = defaultdict(set)
    lineages = company.journey.lineages()
    for monday in (date(2027, 1, 4) + timedelta(weeks=week) for week in range(30)):
        full = crowded(company, monday, lineages)
        for segment, crowd in full.items():
            inner = [one for one, its in full.items() if its == crowd and segment in lineages[one][1:]]
            if not inner and len({one.draft.department for one in company.initiatives if one.id in crowd}) > 1:
                crowds[segment, crowd].add(monday)
    return crowds


def crowded(company: Portfolio, monday: date, lineages: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Segment → the initiatives that contact it in a week, where that is too often."""
    found: dict[int, tuple[int, ...]] = {}
    sunday = monday + timedelta(days=6)
    for segment in company.journey.segments:
        ids = [
            one.id
            for one in company.initiatives
            for each in one.draft.contacts
            if segment.id in lineages[each.segment] and each.window.start <= sunday and each.window.end >= monday
        ]
        if len(ids) > segment.weekly_contacts and sunday >= company.today:
            found[segment.id] = tuple(sorted(set(ids)))
    return found


def weeks(fact: object) -> tuple[date, ...]:
    assert isinstance(fact, CrowdedWeeks)
    return fact.weeks


def subject(found: Found) -> int:
    (segment,) = [member.id for member in found.members if member.kind is Subject.SEGMENT]
    return segment
