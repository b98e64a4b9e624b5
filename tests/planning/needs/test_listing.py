from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.consulting import ask_departments
from planning.decisions.values import Decision
from planning.findings.facts import IncompleteInitiative, MetricStale
from planning.findings.values import Choice, Handed, Member, Rule, Subject, Verdict, members
from planning.needs.listing import needs_of
from planning.needs.values import Need, NeedKind
from planning.plans.values import Acceptance, Plan, PlanState, Terms
from planning.proposals.values import About, AboutKind
from planning.workspace.values import Role
from tests.asked import poll
from tests.builders import NOW, TODAY, at, draft, found, lead, metric, person, steward, vector

ADA, BO, NORA = 1, 2, 3


@pytest.fixture
def busy(company: SqlRegisters) -> SqlRegisters:
    """CX-1 of Marketing and CX-2 of Service overlap; Nora of Marketing owns CX-1 and leads nothing."""
    with company.writing() as register:
        register.people.add("Nora New", slack_id="U0NORA", department=1)
        register.initiatives.add(draft(title="Letters", owner=NORA, starts_on=date(2027, 4, 1)), vector(1), NOW)
        register.initiatives.add(draft(title="Calls", department=2, owner=BO), vector(2), NOW)
        register.findings.add(found(1, 2), NOW)
    return company


def asked(registers: SqlRegisters, person: int) -> list[Need]:
    """What needs the person."""
    with registers.reading() as register:
        return list(needs_of(register, register.people.by_id(person), NOW).items)


def test_an_overlap_needs_the_leads_and_the_owners_and_nobody_else(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        register.people.add("Ole Other", slack_id="U0OLE", department=1)

    assert [need.kind for need in asked(busy, ADA)] == [NeedKind.OVERLAP]
    assert [need.kind for need in asked(busy, NORA)] == [NeedKind.OVERLAP]
    assert asked(busy, 4) == []


def test_an_overlap_says_which_with_whom_and_by_when(busy: SqlRegisters) -> None:
    (need,) = asked(busy, ADA)

    assert need.what == "CX-1 Letters · CX-2 Calls"
    assert need.asked == "Decide it with Service."
    assert need.by == date(2027, 4, 1)


def test_who_was_handed_an_overlap_has_it_and_the_others_have_not(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        nils = register.people.add("Nils New", slack_id="U0NILS")
        register.findings.save(replace(register.findings.by_id(1), handed=Handed(nils.id, ADA, NOW)), NOW)

    (need,) = asked(busy, nils.id)
    assert need.asked == "Ada Berg asks you to decide it."
    assert asked(busy, ADA) == []


def test_late_readings_and_incomplete_initiatives_need_their_owners(busy: SqlRegisters) -> None:
    late = MetricStale(metric="Calls", every="every month", due=date(2027, 2, 1), read_on=None, weight=3)
    bare = IncompleteInitiative(initiative=2, title="Calls", department="Service", missing=("metric",))
    with busy.writing() as register:
        register.metrics.add(metric(owner=BO))
        register.findings.add(found(rule=Rule.METRIC_STALE, members=(Member(Subject.METRIC, 1),), facts=(late,)), NOW)
        register.findings.add(found(rule=Rule.INITIATIVE_INCOMPLETE, members=members((2,)), facts=(bare,)), NOW)

    assert {need.kind for need in asked(busy, BO)} == {NeedKind.OVERLAP, NeedKind.METRIC, NeedKind.INITIATIVE}
    assert {need.kind for need in asked(busy, ADA)} == {NeedKind.OVERLAP}


def test_what_i_raised_a_hand_for_comes_last(busy: SqlRegisters) -> None:
    gap = found(rule=Rule.STAGE_WITHOUT_WORK, members=(Member(Subject.STAGE, 1),), score=1.0)
    with busy.writing() as register:
        kept = register.findings.add(gap, NOW)
        register.findings.save(replace(kept, owner=ADA), NOW)

    assert [need.kind for need in asked(busy, ADA)] == [NeedKind.OVERLAP, NeedKind.GAP]


def test_a_plan_waits_until_the_department_has_accepted_its_revision(busy: SqlRegisters) -> None:
    about = About(kind=AboutKind.FINDING, id=1)
    with busy.writing() as register:
        plan = register.plans.add(Plan(0, about, NOW, ADA, (1, 2), (ADA, BO), (1, 2), acceptances=(_accepts(1),)))
    assert NeedKind.PLAN not in {need.kind for need in asked(busy, ADA)}
    assert NeedKind.PLAN in {need.kind for need in asked(busy, BO)}

    with busy.writing() as register:
        register.plans.save(replace(plan, revision=2))
    assert NeedKind.PLAN in {need.kind for need in asked(busy, ADA)}


def test_where_nobody_leads_the_owner_speaks_for_the_department(busy: SqlRegisters) -> None:
    about, bo_left = About(kind=AboutKind.FINDING, id=1), person(id=BO, name="Bo Lind", slack_id="U0BO", department=2)
    with busy.writing() as register:
        register.people.save(bo_left)
        register.plans.add(Plan(0, about, NOW, ADA, (1, 2), (ADA,), (1, 2), finding=1))

    assert NeedKind.PLAN in {need.kind for need in asked(busy, BO)}
    assert NeedKind.PLAN not in {need.kind for need in asked(busy, NORA)}


def test_a_plan_without_a_goal_is_called_by_what_it_is_about(busy: SqlRegisters) -> None:
    abouts = (About(kind=AboutKind.STAGE, id=1, quarter="2027-Q2"), About(kind=AboutKind.FINDING, id=1))
    with busy.writing() as register:
        for about in abouts:
            register.plans.add(Plan(0, about, NOW, ADA, (1, 2), (ADA, BO), (1, 2)))

    told = [need.what for need in asked(busy, ADA) if need.kind is NeedKind.PLAN]
    assert told == ["Plan for “Join” in Q2 2027", "Plan for CX-1, CX-2"]


def test_the_outcome_of_a_plan_is_asked_from_its_day_on(busy: SqlRegisters) -> None:
    about, agreed = About(kind=AboutKind.FINDING, id=1), PlanState.ACCEPTED
    with busy.writing() as register:
        for day in (TODAY, date(2027, 3, 2)):
            terms = Terms(goal=f"One letter by {day}", due_on=day, review_on=TODAY)
            register.plans.add(Plan(0, about, NOW, ADA, (1, 2), (ADA, BO), (1, 2), state=agreed, terms=terms))

    assert [need.what for need in asked(busy, ADA) if need.kind is NeedKind.OUTCOME] == [
        "Plan for CX-1, CX-2: One letter by 2027-03-01"
    ]


def test_decisions_are_for_executives(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        ruth = register.people.add("Ruth Chief", slack_id="U0RUTH", roles=frozenset({Role.EXECUTIVE}))
        register.decisions.add(Decision(0, 1, NOW))

    assert [need.kind for need in asked(busy, ruth.id)] == [NeedKind.DECISION]
    assert NeedKind.DECISION not in {need.kind for need in asked(busy, ADA)}


def test_a_decision_that_was_made_is_asked_no_more(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        ruth = register.people.add("Ruth Chief", slack_id="U0RUTH", roles=frozenset({Role.EXECUTIVE}))
        register.decisions.add(Decision(0, 1, NOW))
        settled = replace(
            register.findings.by_id(1), verdict=Verdict(Choice.COORDINATE, ADA, at(1), found(1, 2).covers)
        )
        register.findings.save(settled, at(1))

    assert asked(busy, ruth.id) == []


def test_stewards_decide_where_there_are_no_executives(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
        register.decisions.add(Decision(0, 1, NOW))
    assert [need.kind for need in asked(busy, sam.id)] == [NeedKind.DECISION]

    with busy.writing() as register:
        register.people.add("Ruth Chief", slack_id="U0RUTH", roles=frozenset({Role.EXECUTIVE}))
    assert asked(busy, sam.id) == []


def test_questions_and_the_journey_wait_with_the_rest(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
        ask_departments(register, sam, NOW)
        register.polls.invite(register.polls.add(poll(closes_at=at(1))).id, [(ADA, 1)])

    assert [need.kind for need in asked(busy, ADA)] == [NeedKind.QUESTION, NeedKind.OVERLAP, NeedKind.RATIFICATION]


def test_the_nearer_and_the_heavier_comes_first() -> None:
    soon, late = (Need(NeedKind.OVERLAP, 1, "", "", by=day, weight=0.5) for day in (TODAY, date(2027, 9, 1)))
    heavy = replace(soon, weight=0.9)

    assert heavy.urgency(TODAY) > soon.urgency(TODAY) > late.urgency(TODAY)


def test_more_things_cost_no_more_queries(database: Database, busy: SqlRegisters) -> None:
    few = _queries(database, busy)
    with busy.writing() as register:
        for n in range(30):
            register.initiatives.add(draft(title=f"More {n}", department=2), vector(n), NOW)
        register.findings.add_all([found(1, n) for n in range(3, 33)], NOW)

    assert len(asked(busy, ADA)) == 31
    assert _queries(database, busy) == few


def _queries(database: Database, registers: SqlRegisters) -> int:
    """How many statements it takes for somebody who leads and decides, the portfolio apart."""
    ada = lead(1, id=ADA, roles=frozenset({Role.LEAD, Role.EXECUTIVE}))
    with registers.reading() as register:
        portfolio, seen = register.initiatives.portfolio(NOW), []
        event.listen(database.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
        needs_of(register, ada, NOW, portfolio)
    return len(seen)


def _accepts(department: int) -> Acceptance:
    return Acceptance(department, department, NOW, 1)
