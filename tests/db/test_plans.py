from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.errors import NotFound
from planning.plans.values import Acceptance, Outcome, PlanState
from planning.proposals.values import About, AboutKind
from tests.builders import NOW, at, draft, found, metric, pool, vector
from tests.planned import plan, pledge, terms

STAGE = About(kind=AboutKind.STAGE, id=1, quarter="2027-Q1")


def known(register: SqlRegister) -> None:
    """What the plans of these tests refer to: finding 1 of initiatives 1 and 2, metric 1, pool 1."""
    for department in (1, 2):
        register.initiatives.add(draft(department=department), vector(department), NOW)
    register.findings.add(found(), NOW)
    register.metrics.add(metric())
    register.pools.add(pool())


def test_a_plan_is_kept_as_it_is(company: SqlRegisters) -> None:
    agreed = terms(metric=1, session_at=at(3), review_on=at(90).date(), decisions="One letter.", proposal=7)
    full = plan(
        state=PlanState.CLOSED,
        revision=4,
        terms=replace(agreed, pledges=(pledge(), pledge(department=2, delivered=1.5))),
        acceptances=(Acceptance(1, 1, NOW, 4), Acceptance(2, 2, at(1), 4)),
        accepted_at=at(1),
        applied=7,
        outcome=Outcome.PARTLY,
        came_of_it="One letter is out.",
        closed_at=at(90),
        closed_by=2,
        next_at=at(91),
        reminded=2,
    )
    with company.writing() as register:
        known(register)
        register.plans.save(replace(full, id=register.plans.add(plan()).id))

    with company.reading() as register:
        assert register.plans.by_id(1) == full
        with pytest.raises(NotFound, match="plan"):
            register.plans.by_id(2)


def test_pledges_and_acceptances_that_are_taken_out_are_gone(company: SqlRegisters) -> None:
    with company.writing() as register:
        known(register)
        pledged = replace(terms(), pledges=(pledge(),))
        full = register.plans.add(plan(terms=pledged, acceptances=(Acceptance(1, 1, NOW, 1),)))
        register.plans.save(replace(full, terms=terms(), acceptances=()))

        assert register.plans.by_id(full.id) == replace(full, terms=terms(), acceptances=())


def test_plans_are_found_by_finding_by_state_and_by_when_they_changed(company: SqlRegisters) -> None:
    with company.writing() as register:
        known(register)
        first = register.plans.add(plan(state=PlanState.OFF))
        second = register.plans.add(plan(changed_at=at(2)))
        third = register.plans.add(plan(about=STAGE, finding=None, changed_at=at(3)))

        assert register.plans.of_finding(1) == second
        assert register.plans.of_finding(2) is None
        assert register.plans.in_state({PlanState.OPEN}) == [second, third]
        assert register.plans.changed_since(at(3)) == [third]
        assert register.plans.changed_since(None) == [first, second, third]


def test_a_plan_is_due_from_its_moment_on(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.plans.add(plan(about=STAGE, finding=None, next_at=at(1)))
        register.plans.add(plan(about=STAGE, finding=None))

    assert (database.due_workspaces(NOW), database.due_workspaces(at(1))) == ([], [company.workspace])
    with company.writing() as register:
        assert [one.id for one in register.plans.due(at(1))] == [1]
