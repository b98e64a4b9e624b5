import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.errors import AlreadyDone, NotAllowed, PlanningError
from planning.findings.values import Handed
from planning.outbox.values import MessageKind
from planning.plans.accepting import APPROVED, accept, accept_for_all
from planning.plans.terms import change_terms
from planning.plans.values import Plan, PlanState
from planning.workspace.values import Role
from tests.builders import NOW, TODAY, at, lead
from tests.planned import terms
from tests.planning.plans.stories import ADA, BO, EVE, LATER, agreed_by_ada, computed, opened, queued, told
from tests.proposed import merged, moved, proposed


def with_proposal(register: SqlRegister) -> Plan:
    """Ada has agreed that CX-1 begins two weeks later."""
    plan = opened(register)
    return agreed_by_ada(register, plan, proposal=computed(register, plan), review_on=at(90).date())


def test_when_all_departments_have_accepted_the_initiatives_follow(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = with_proposal(register)
        agreed = accept(register, plan.id, plan.revision, BO, at(1))

        assert (agreed.state, agreed.accepted_at, agreed.next_at) == (PlanState.ACCEPTED, at(1), at(1))
        assert register.initiatives.by_id(1).draft.starts_on == TODAY + timedelta(weeks=2)
        entries = [one for one in register.audit.since(None) if one.verb == "initiative.planned"]

    assert [(one.subject, one.actor, one.details["plan"]) for one in entries] == [("initiative:1", 2, plan.id)]
    assert told(database)[-1] == "agreed"
    assert [one.posting.payload["what"] for one in queued(database, MessageKind.CALENDAR)] == ["review"]


def test_without_the_proposal_the_dates_stay(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        computed(register, plan)
        agreed = accept(register, plan.id, agreed_by_ada(register, plan).revision, BO, NOW)

        assert agreed.state is PlanState.ACCEPTED
        assert register.initiatives.by_id(1).draft.starts_on == TODAY


def test_a_merge_gives_one_initiative_up_for_the_other(company: SqlRegisters) -> None:
    merge = merged(initiative=1, into=2)
    with company.writing() as register:
        plan = opened(register)
        number = computed(register, plan, proposed(changes=(merge,)))
        agreed_by_ada(register, plan, proposal=number)
        accept(register, plan.id, 2, BO, NOW)

        assert register.initiatives.by_id(1).joined == 2


def test_a_proposal_is_never_applied_twice(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = with_proposal(register)
        agreed = accept(register, plan.id, plan.revision, BO, NOW)
        changed = change_terms(register, plan.id, replace(agreed.terms, goal="Another goal"), BO, at(1))
        again = accept(register, plan.id, changed.revision, ADA, at(2))

        assert again.state is PlanState.ACCEPTED
        assert register.initiatives.by_id(1).draft.starts_on == TODAY + timedelta(weeks=2)


def test_a_revision_that_was_changed_meanwhile_is_not_accepted(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        with pytest.raises(AlreadyDone, match="changed meanwhile"):
            accept(register, plan.id, plan.revision - 1, BO, NOW)


def test_it_takes_a_goal_and_a_date(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        with pytest.raises(PlanningError, match="a goal and a date"):
            accept(register, plan.id, plan.revision, BO, NOW)


def test_a_proposal_that_may_still_change_is_not_accepted(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        plan = agreed_by_ada(register, plan, proposal=register.proposals.of(plan.about)[0].id)
        with pytest.raises(PlanningError, match="still looking"):
            accept(register, plan.id, plan.revision, BO, NOW)


def test_who_has_accepted_already_is_told_so(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        with pytest.raises(AlreadyDone, match="You have accepted it"):
            accept(register, plan.id, plan.revision, ADA, NOW)
        with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
            accept(register, plan.id, plan.revision, EVE, NOW)


def test_a_colleague_to_whom_a_lead_handed_it_accepts_for_that_department(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        colleague = register.people.add("Cy", slack_id="U0CY")
        handed = replace(register.findings.by_id(1), handed=Handed(colleague.id, BO.id, NOW))
        register.findings.save(handed, NOW)

        assert accept(register, plan.id, plan.revision, colleague, NOW).state is PlanState.ACCEPTED


def test_when_an_initiative_was_changed_the_plan_goes_on_without_the_proposal(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        plan = with_proposal(register)
        one = register.initiatives.by_id(1)
        register.initiatives.save(replace(one, draft=replace(one.draft, starts_on=TODAY + timedelta(days=1))))
        after = accept(register, plan.id, plan.revision, BO, at(1))

        assert (after.state, after.terms.proposal, after.acceptances) == (PlanState.OPEN, None, ())
        assert len(register.proposals.of(plan.about)) == 2
        assert register.initiatives.by_id(1).draft.ends_on == LATER["ends_on"]
    assert told(database)[-1] == "outdated"


def test_executives_accept_for_all_with_a_goal_and_the_last_day_of_the_work(company: SqlRegisters) -> None:
    chief = lead(9, id=1, roles=frozenset({Role.EXECUTIVE}))
    with company.writing() as register:
        plan = accept_for_all(register, opened(register).id, chief, NOW)

    assert (plan.state, plan.terms.goal, plan.terms.due_on) == (PlanState.ACCEPTED, APPROVED, LATER["ends_on"])


def test_an_approved_plan_keeps_what_was_agreed_already(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))

        assert accept_for_all(register, plan.id, ADA, NOW).terms == terms()
        with pytest.raises(AlreadyDone, match="accepted this plan already"):
            accept_for_all(register, plan.id, ADA, NOW)


def test_two_leads_who_accept_at_once_both_count_and_the_proposal_is_applied_once(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        plan = with_proposal(register)
        register.plans.save(replace(plan, acceptances=()))
    met = threading.Barrier(2)

    def press(id: int) -> None:
        met.wait()
        with company.writing() as register:
            accept(register, plan.id, plan.revision, register.people.by_id(id), NOW)

    pressing = [threading.Thread(target=press, args=(id,)) for id in (1, 2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    with company.reading() as register:
        assert register.plans.by_id(plan.id).state is PlanState.ACCEPTED
        assert register.initiatives.by_id(1).draft.starts_on == TODAY + timedelta(weeks=2)
    assert told(database).count("agreed") == 1


def test_the_proposal_of_these_tests_moves_the_initiative_that_they_register() -> None:
    assert (moved().before.start, moved().before.end) == (LATER["starts_on"], LATER["ends_on"])
