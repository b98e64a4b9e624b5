"""Findings in the database."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.findings.facts import (
    AlikeTexts,
    IncompleteInitiative,
    OpposedContacts,
    PlannedContact,
    SharedDays,
    SharedThings,
    SingleDepartmentStage,
    StageWithoutWork,
)
from planning.findings.values import Choice, Found, Kind, Member, Rule, State, Subject, members
from tests.builders import NOW, at, draft, found, hand_off, metric, pool, problem, vector, verdict

PLANNED = PlannedContact(
    initiative=1,
    title="Dunning",
    department="Billing",
    segment="Private",
    touchpoint="Letter",
    intent="cancel",
    start=date(2027, 3, 1),
    end=date(2027, 3, 9),
)
FACTS = (
    AlikeTexts(cosine=0.1 + 0.2),
    SharedThings(what="stage", names=("Join", "Übergabe")),
    SharedDays(start=date(2027, 3, 1), end=date(2027, 3, 9)),
    OpposedContacts(first=PLANNED, second=PLANNED, start=date(2027, 3, 1), end=date(2027, 3, 9)),
    StageWithoutWork(stage="Join", weight=5),
    SingleDepartmentStage(stage="Join", weight=5, department="Billing", initiatives=2),
    IncompleteInitiative(initiative=1, title="Dunning", department="Billing", missing=("owner", "dates")),
)


@pytest.fixture
def five(company: SqlRegisters) -> SqlRegisters:
    """Initiatives 1 to 5: the odd ones of department 1, the even ones of department 2."""
    with company.writing() as register:
        for n in range(1, 6):
            register.initiatives.add(draft(department=2 - n % 2), vector(n), NOW)
    return company


def gap(stage: int = 1, score: float = 0.5) -> Found:
    facts = (StageWithoutWork(stage="Join", weight=3),)
    return found(
        rule=Rule.STAGE_WITHOUT_WORK, members=members((), Member(Subject.STAGE, stage)), score=score, facts=facts
    )


def shown(
    registers: SqlRegisters, at_day: float = 0, kind: Kind = Kind.OVERLAP, **narrowed: Collection[object]
) -> list[int]:
    with registers.reading() as register:
        page = register.findings.page(kind, at(at_day), 10, **narrowed)  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return [finding.id for finding in page.items]


def test_a_finding_comes_back_with_its_facts_and_its_verdicts(five: SqlRegisters) -> None:
    with five.writing() as register:
        added = register.findings.add(found(1, 2, score=0.1 + 0.2, facts=FACTS), NOW)
        said = verdict(Choice.SNOOZE, of=added.found, until=at(7))
        later = replace(added, verdict=said, answer=verdict(Choice.DIFFERENT), changed_at=at(1), closed_at=at(2))
        register.findings.save(later, at(2))

    with five.reading() as register:
        kept = register.findings.by_id(1)
    assert kept == later
    assert kept.found.covers == added.found.covers


def test_findings_are_found_by_thread_and_by_member(five: SqlRegisters) -> None:
    with five.writing() as register:
        first, second, third = register.findings.add_all([found(1, 2), found(2, 3), gap()], NOW)
        closed = replace(second, closed_at=at(1))
        register.findings.save(closed, at(1))

    with five.reading() as register:
        assert register.findings.of_threads([third.found.thread, first.found.thread, "unknown"]) == [first, third]
        assert register.findings.standing() == [first, third]
        assert register.findings.standing(Kind.GAP) == [third]
        assert register.findings.touching(members([1])) == [first]
        assert register.findings.touching(members([2, 1])) == [first, closed]
        assert register.findings.touching(members([3], Member(Subject.STAGE, 1))) == [closed, third]
        assert register.findings.touching(members([5])) == register.findings.touching([]) == []
        assert register.findings.of_threads([]) == []


def test_many_are_saved_at_once_but_none_that_is_not_on_record(five: SqlRegisters) -> None:
    with five.writing() as register:
        first, second = register.findings.add_all([found(1, 2), found(2, 3)], NOW)
        saved = [replace(first, found=found(1, 5)), replace(second, verdict=verdict(), changed_at=at(1))]
        register.findings.save_all(saved, at(1))
        register.findings.save_all([], at(1))
        assert register.findings.standing() == saved

    with five.writing() as register, pytest.raises(NotFound, match="do not know this finding"):
        register.findings.save_all([first, replace(second, id=9)], at(2))
    with five.reading() as register:
        assert register.findings.standing() == saved


def test_a_finding_gains_and_loses_members(five: SqlRegisters) -> None:
    with five.writing() as register:
        group = found(1, 2, rule=Rule.SPLIT_PROBLEM)
        about = Member(Subject.STAGE, 1)
        added = register.findings.add(replace(group, members=members([1, 2], about)), NOW)
        joined = replace(added, found=replace(group, members=members([2, 3, 5], about)))
        register.findings.save(joined, at(1))

    with five.reading() as register:
        assert register.findings.by_id(1) == joined
        assert register.findings.of_threads(["split_problem|stage:1"]) == [joined]
        assert register.findings.touching(members([1])) == []
        assert register.findings.touching(members([5])) == [joined]


def test_everything_that_a_finding_can_be_about_is_a_member(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.initiatives.add(draft(), vector(), NOW)
        register.metrics.add(metric())
        register.pools.add(pool())
        register.problems.add(problem())
        register.journeys.add_hand_off(hand_off())
        about = [Member(subject, 1) for subject in Subject]
        added = register.findings.add(found(members=members((), *about)), NOW)

    with company.reading() as register:
        assert register.findings.by_id(1) == added
        assert all(register.findings.touching([member]) == [added] for member in about)


def test_those_decided_are_known_whoever_said_it_but_for_snoozes(five: SqlRegisters) -> None:
    with five.writing() as register:
        ids = [found(1, n) for n in (2, 3, 4, 5)]
        open_, dismissed, answered, snoozed = register.findings.add_all(ids, NOW)
        decided = [
            replace(dismissed, verdict=verdict(Choice.DIFFERENT), closed_at=NOW),
            replace(answered, answer=verdict(Choice.COORDINATE)),
        ]
        for finding in (*decided, replace(snoozed, verdict=verdict(Choice.SNOOZE, until=at(7)))):
            register.findings.save(finding, NOW)

    with five.reading() as register:
        assert register.findings.decided() == decided
        assert register.initiatives.portfolio(NOW).confirmed == {(1, 4)}
    assert open_.verdict is None


def test_a_stage_is_a_member_too(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.findings.add(gap(stage=2), NOW)

    with company.reading() as register:
        assert register.findings.by_id(1).found.members == (Member(Subject.STAGE, 2),)


def test_very_many_threads_and_members_can_be_asked_for(five: SqlRegisters) -> None:
    with five.writing() as register:
        register.findings.add(found(1, 2), NOW)

    with five.reading() as register:
        assert len(register.findings.of_threads([found(1, n).thread for n in range(2, 12_000)])) == 1
        assert len(register.findings.touching(members(range(12_000)))) == 1


def test_a_page_shows_the_highest_score_first_then_the_oldest(five: SqlRegisters) -> None:
    with five.writing() as register:
        register.findings.add(found(1, 2, score=0.5), at(1))
        register.findings.add(found(1, 3, score=0.9), at(1))
        register.findings.add(found(1, 4, score=0.5), NOW)
        register.findings.add(found(1, 5, score=0.5), NOW)

    with five.reading() as register:
        page = register.findings.page(Kind.OVERLAP, NOW, limit=2, offset=1)
    assert shown(five) == [2, 3, 4, 1]
    assert [finding.id for finding in page.items] == [3, 4]
    assert (page.total, page.hidden) == (4, 1)


def test_a_snooze_ends_by_itself(five: SqlRegisters) -> None:
    with five.writing() as register:
        added = register.findings.add(found(), NOW)
        register.findings.save(replace(added, verdict=verdict(Choice.SNOOZE, until=at(7))), NOW)

    assert (shown(five, 6.9), shown(five, 6.9, states=[State.SNOOZED])) == ([], [1])
    assert (shown(five, 7), shown(five, 7, states=[State.SNOOZED])) == ([1], [])
    assert (
        shown(five, 6.9, states=[State.SNOOZED, State.OPEN])
        == shown(five, 8, states=[State.SNOOZED, State.OPEN])
        == [1]
    )


def test_a_dismissal_holds_while_the_facts_stay(five: SqlRegisters) -> None:
    with five.writing() as register:
        added = register.findings.add(found(), NOW)
        dismissed = replace(added, verdict=verdict(Choice.DIFFERENT, of=added.found))
        register.findings.save(dismissed, NOW)
    assert (shown(five), shown(five, states=[State.DISMISSED])) == ([], [1])

    with five.writing() as register:
        changed = replace(dismissed.found, facts=FACTS)
        register.findings.save(replace(dismissed, found=changed), NOW)
    assert (shown(five), shown(five, states=[State.DISMISSED])) == ([1], [])


@pytest.mark.parametrize("choice", [Choice.PLAN, Choice.COORDINATE, Choice.JOIN])
def test_a_decision_settles(five: SqlRegisters, choice: Choice) -> None:
    with five.writing() as register:
        added = register.findings.add(found(), NOW)
        register.findings.save(replace(added, verdict=verdict(choice)), NOW)

    assert (shown(five), shown(five, states=[State.SETTLED])) == ([], [1])


def test_a_closed_one_is_shown_only_when_asked_for(five: SqlRegisters) -> None:
    with five.writing() as register:
        added = register.findings.add(found(), NOW)
        register.findings.save(replace(added, closed_at=at(1)), at(1))

    assert (shown(five), shown(five, states=[State.CLOSED]), shown(five, states=[])) == ([], [1], [])


def test_a_page_narrows_by_department_and_rule(five: SqlRegisters) -> None:
    with five.writing() as register:
        register.findings.add_all([found(1, 3), found(2, 4), found(3, 4, rule=Rule.CONTACT_COLLISION), gap()], NOW)

    assert shown(five, departments=[1]) == [1, 3]
    assert shown(five, departments=[2]) == [2, 3]
    assert shown(five, departments=[1, 2], rules=[Rule.CONTACT_COLLISION]) == [3]
    assert shown(five, kind=Kind.GAP) == [4]
    assert shown(five, kind=Kind.GAP, departments=[1]) == []


def test_an_unknown_finding_says_so(company: SqlRegisters) -> None:
    with company.writing() as register, pytest.raises(NotFound):
        register.findings.by_id(1, lock=True)


def test_adding_nothing_is_nothing(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert register.findings.add_all([], NOW) == []
