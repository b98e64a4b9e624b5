"""Builders of findings for tests of digests and of what draws them."""

from datetime import date, datetime, timedelta
from typing import Any

from planning.findings.facts import (
    AlikeTexts,
    Fact,
    IncompleteInitiative,
    MissingParts,
    OpposedContacts,
    PlannedContact,
    SingleDepartmentStage,
    StageWithoutWork,
)
from planning.findings.values import Choice, Finding, Found, Member, Rule, Subject, Verdict, members
from tests.planning.portfolios import NOON


def overlap(
    id: int = 1, initiatives: tuple[int, ...] = (1, 2), *, score: float = 0.8, days: int = 0, **more: Any
) -> Finding:
    """Two initiatives that seem to be the same work, open for some days at noon."""
    facts: tuple[Fact, ...] = more.pop("facts", (AlikeTexts(cosine=0.82),))
    rule = more.pop("rule", Rule.DUPLICATE_EFFORT)
    return finding(id, Found(rule, members(initiatives), score, facts), days=days, **more)


def gap(id: int, rule: Rule, member: Member, fact: Fact, score: float = 0.5) -> Finding:
    """Something that is missing."""
    return finding(id, Found(rule, (member,), score, (fact,)))


def finding(id: int, found: Found, *, days: int = 0, **more: Any) -> Finding:
    """A finding on record for some days at noon."""
    opened_at = NOON - timedelta(days=days)
    return Finding(id, found, opened_at, opened_at, **more)


def said_by(person: int, choice: Choice, of: Finding, at: datetime = NOON, until: datetime | None = None) -> Verdict:
    """What somebody said of a finding as it is."""
    return Verdict(choice, person, at, of.found.covers, until)


def empty_stage(id: int = 10, stage: int = 2, weight: int = 5) -> Finding:
    """A stage that nobody works on."""
    fact = StageWithoutWork(stage="Claim", weight=weight)
    return gap(id, Rule.STAGE_WITHOUT_WORK, Member(Subject.STAGE, stage), fact, weight / 5)


def lonely_stage(id: int = 11, stage: int = 1, weight: int = 4) -> Finding:
    """A stage on which Marketing works alone."""
    fact = SingleDepartmentStage(stage="Quote", weight=weight, department="Marketing", initiatives=2)
    return gap(id, Rule.SINGLE_DEPARTMENT_STAGE, Member(Subject.STAGE, stage), fact, weight / 10)


def incomplete(id: int = 12, initiative: int = 1) -> Finding:
    """An initiative that lacks something."""
    fact = IncompleteInitiative(initiative=initiative, title="A letter", department="Marketing", missing=("owner",))
    return gap(id, Rule.INITIATIVE_INCOMPLETE, Member(Subject.INITIATIVE, initiative), fact, 0.1)


def half_fixed(id: int = 13, problem: int = 1) -> Finding:
    """A problem whose fix lacks a part."""
    fact = MissingParts(problem="Told it thrice", missing=("policy",))
    return gap(id, Rule.PROBLEM_FIX_INCOMPLETE, Member(Subject.PROBLEM, problem), fact)


def opposed(name: str = "Marketing", first: int = 1, second: int = 2) -> OpposedContacts:
    """A cancellation that meets an offer."""
    days = {"start": date(2027, 3, 1), "end": date(2027, 3, 14)}
    shared = {"title": name, "department": name, "segment": name, "touchpoint": name}
    return OpposedContacts(
        first=PlannedContact(initiative=first, intent="cancel", **shared, **days),
        second=PlannedContact(initiative=second, intent="cross-sell", **shared, **days),
        start=days["start"],
        end=days["end"],
    )
