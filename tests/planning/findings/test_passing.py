from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.database import Database
from db.registers import SqlRegisters
from planning.findings.learning import HIGHEST
from planning.findings.passing import learn
from planning.findings.refreshing import refresh
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Kind, Rule, State
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Intent
from planning.overlaps.telling import DEFAULT_LEAST
from planning.overlaps.weights import ALERT
from planning.workspace.values import Person
from tests.builders import NOW, at, contact, draft, lead, pool, request, vector, window
from tests.scheduled import nightly_pass

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


def registered(company: SqlRegisters, department: int, seed: int = 1, **fields: Any) -> None:
    actor: Person = ADA if department == 1 else BO
    with company.writing() as register:
        register_initiative(register, draft(department=department, **fields), vector(seed), {}, actor, NOW)


def overlaps(company: SqlRegisters, rule: Rule = Rule.DUPLICATE_EFFORT) -> Sequence[Finding]:
    with company.reading() as register:
        return [one for one in register.findings.standing(Kind.OVERLAP) if one.found.rule is rule]


def passed(company: SqlRegisters, now: datetime) -> None:
    with company.writing() as register:
        nightly_pass(register, now)


def test_what_is_over_is_closed_by_the_night(company: SqlRegisters) -> None:
    for department, intent in ((1, Intent.CANCEL), (2, Intent.WIN)):
        registered(company, department, seed=department, contacts=(contact(intent=intent, window=window(days=5)),))
    assert len(overlaps(company, Rule.CONTACT_COLLISION)) == 1

    passed(company, at(6))

    assert overlaps(company, Rule.CONTACT_COLLISION) == []


def test_what_a_pass_finds_is_told_to_all_leads(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        for department in (1, 2):
            register.initiatives.add(draft(department=department, stages=(1,)), vector(1), NOW)

    passed(company, NOW)

    told = sorted(str(one.posting.address) for one in database.outbox(company.workspace).page(9).items)
    assert told == ["person:U0ADA", "person:U0BO"]


def test_verdicts_move_the_threshold_at_night_and_not_before(company: SqlRegisters) -> None:
    registered(company, 1, stages=(1,))
    registered(company, 2, stages=(1,))
    (overlap,) = overlaps(company)
    with company.writing() as register:
        decide(register, overlap.id, Choice.DIFFERENT, ADA, NOW)
        assert register.workspaces.least() == {}

    passed(company, at(1))

    with company.reading() as register:
        moved = register.workspaces.least()[Rule.DUPLICATE_EFFORT]
        assert moved > ALERT
        assert register.initiatives.portfolio(at(1)).least[Rule.DUPLICATE_EFFORT] == moved


def test_a_verdict_that_is_undone_moves_it_back(company: SqlRegisters) -> None:
    registered(company, 1, stages=(1,))
    registered(company, 2, stages=(1,))
    (overlap,) = overlaps(company)
    with company.writing() as register:
        decide(register, overlap.id, Choice.DIFFERENT, ADA, NOW)
        nightly_pass(register, at(1))
        undo(register, overlap.id, ADA, at(1))
        nightly_pass(register, at(2))

        assert register.workspaces.least() == {}
        assert [entry.verb for entry in register.audit.since(None)].count("thresholds.moved") == 2


def test_what_falls_below_a_raised_threshold_is_closed_and_returns_when_it_is_lowered(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pools.add(pool(capacity=4.0, leave=()))
    for department in (1, 2):
        asked = request(person_weeks=5.0, window=window(days=14))
        registered(company, department, seed=department, requests=(asked,))
    (overload,) = overlaps(company, Rule.RESOURCE_CONTENTION)

    with company.writing() as register:
        register.workspaces.save_least({Rule.RESOURCE_CONTENTION: overload.found.score + 0.01})
        refresh(register, at(1))
        assert register.findings.by_id(overload.id).state(at(1)) is State.CLOSED

        learn(register, at(1))
        refresh(register, at(1))
        assert register.findings.by_id(overload.id).state(at(1)) is State.OPEN


def test_what_leads_have_settled_stays_when_the_threshold_is_raised(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.pools.add(pool(capacity=4.0, leave=()))
    for department in (1, 2):
        asked = request(person_weeks=5.0, window=window(days=14))
        registered(company, department, stages=(1,), requests=(asked,))
    settled = [*overlaps(company, Rule.RESOURCE_CONTENTION), *overlaps(company)]

    with company.writing() as register:
        for overlap in settled:
            decide(register, overlap.id, Choice.COORDINATE, ADA, NOW)
        register.workspaces.save_least(dict.fromkeys(DEFAULT_LEAST, 0.999))
        refresh(register, at(1))

        states = [register.findings.by_id(overlap.id).state(at(1)) for overlap in settled]
        assert states == [State.SETTLED, State.SETTLED]


def test_no_threshold_hides_opposed_contacts(company: SqlRegisters) -> None:
    for department, intent in ((1, Intent.APOLOGISE), (2, Intent.WIN)):
        registered(company, department, seed=department, contacts=(contact(intent=intent),))

    with company.writing() as register:
        register.workspaces.save_least(dict.fromkeys(DEFAULT_LEAST, HIGHEST))
        refresh(register, NOW)

    assert len(overlaps(company, Rule.CONTACT_COLLISION)) == 1
