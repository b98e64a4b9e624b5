from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Handed, Rule, members
from planning.initiatives.changing import change_status
from planning.initiatives.values import Status
from planning.outbox.values import Address, MessageKind
from planning.plans.accepting import accept, accept_for_all
from planning.plans.opening import call_off, invite_steward, open_about, open_plan
from planning.plans.terms import change_terms
from planning.plans.values import PlanState
from planning.plans.withdrawing import take_back
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.workspace.values import Role
from tests.builders import NOW, at, draft, vector
from tests.planned import terms
from tests.planning.plans.stories import ADA, BO, EVE, agreed_by_ada, computed, opened, overlap, queued, told
from tests.proposed import proposal

STAGE = About(kind=AboutKind.STAGE, id=1)


def test_planning_together_opens_one_plan_with_one_message_and_asks_for_a_proposal(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        plan = opened(register)

    assert (plan.departments, plan.people, plan.state) == ((1, 2), (1, 2), PlanState.OPEN)
    (message,) = queued(database, MessageKind.PLAN)
    assert (message.posting.subject, message.posting.address) == (plan.id, Address.group(("U0ADA", "U0BO")))
    with company.reading() as register:
        assert [one.plan for one in register.proposals.of(plan.about)] == [plan.id]


def test_planning_again_after_an_undo_takes_up_the_same_plan_and_message(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        first = agreed_by_ada(register, opened(register))
        finding = undo(register, 1, BO, at(1))
        assert register.plans.by_id(first.id).state is PlanState.OFF
        again = decide(register, finding.id, Choice.PLAN, BO, at(2)).finding
        plan = register.plans.of_finding(again.id)

    assert plan is not None
    assert (plan.id, plan.state, plan.terms, plan.revision) == (first.id, PlanState.OPEN, terms(), 3)
    assert len(queued(database, MessageKind.PLAN)) == 1
    assert told(database) == ["changed", "off", "again"]


def grown(register: Register, finding: Finding) -> Finding:
    """A third initiative, of a department of its own, has come to it."""
    claims = register.departments.add("Claims")
    register.people.add("Cy", slack_id="U0CY", department=claims.id, roles=frozenset({Role.LEAD}))
    third = register.initiatives.add(draft(department=claims.id), vector(3), NOW)
    return replace(finding, found=replace(finding.found, members=members((1, 2, third.id))))


def test_when_others_have_come_it_goes_on_in_a_conversation_with_them(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        first = agreed_by_ada(register, opened(register))
        second = open_plan(register, grown(register, register.findings.by_id(1)), BO, at(1))

        assert register.plans.by_id(first.id).state is PlanState.OFF
    assert second is not None
    assert (second.people, second.terms.goal) == ((1, 2, 3), terms().goal)
    addresses = {one.posting.address for one in queued(database, MessageKind.PLAN)}
    assert addresses == {Address.group(("U0ADA", "U0BO")), Address.group(("U0ADA", "U0BO", "U0CY"))}


def test_what_was_taken_over_before_others_came_is_not_taken_over_again(company: SqlRegisters) -> None:
    with company.writing() as register:
        begun = opened(register)
        mine = agreed_by_ada(register, begun, proposal=computed(register, begun))
        accept(register, mine.id, mine.revision, BO, NOW)
        change_terms(register, mine.id, terms(proposal=mine.terms.proposal, goal="More"), ADA, at(0.5))
        second = open_plan(register, grown(register, register.findings.by_id(1)), BO, at(1))
        assert second is not None
        done = accept_for_all(register, second.id, ADA, at(1))

        assert (done.state, done.applied) == (PlanState.ACCEPTED, mine.terms.proposal)


def test_for_a_conflict_of_metrics_no_proposal_is_asked_for(company: SqlRegisters) -> None:
    with company.writing() as register:
        known = overlap(register)
        pulled = replace(known, found=replace(known.found, rule=Rule.METRIC_CONFLICT))
        register.findings.save(pulled, NOW)
        plan = open_plan(register, pulled, ADA, NOW)

        assert plan is not None
        assert register.proposals.of(plan.about) == []


def test_an_edit_elsewhere_draws_the_plan_again(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        opened(register)
        change_status(register, 1, Status.PAUSED, ADA, NOW)

    (message,) = queued(database, MessageKind.PLAN)
    assert message.wanted == 2


def test_an_agreed_plan_stays_when_its_overlap_comes_back(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = replace(opened(register), state=PlanState.ACCEPTED)
        register.plans.save(first)
        second = open_plan(register, register.findings.by_id(1), BO, at(1))

        assert second is not None
        assert (second.id, register.plans.by_id(first.id)) == (first.id + 1, first)


def test_a_conversation_holds_eight_and_has_a_lead_of_each_department_first(company: SqlRegisters) -> None:
    with company.writing() as register:
        for number in range(3, 9):
            department = register.departments.add(f"Silo {number}")
            for lead in "ab":
                slack, roles = f"U{number}{lead}", frozenset({Role.LEAD})
                register.people.add(lead * 3, slack_id=slack, department=department.id, roles=roles)
        ids = [register.initiatives.add(draft(department=n), vector(n), NOW) for n in range(1, 9)]
        plan = open_about(register, STAGE, ids, ADA, NOW)

        people = [register.people.by_id(id) for id in plan.people]
        assert len(people) == 8
        assert [one.department for one in people] == [*range(1, 9)]


def test_whom_it_was_handed_to_and_a_steward_who_opens_it_are_in_the_conversation(company: SqlRegisters) -> None:
    with company.writing() as register:
        colleague = register.people.add("Cy", slack_id="U0CY")
        steward = register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
        handed = replace(overlap(register), handed=Handed(colleague.id, ADA.id, NOW))
        register.findings.save(handed, NOW)
        plan = open_plan(register, handed, steward, NOW)

    assert plan is not None
    assert set(plan.people) == {ADA.id, BO.id, colleague.id, steward.id}


def test_who_is_not_in_slack_has_no_conversation_but_a_plan(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        for one in register.people.all():
            register.people.save(replace(one, slack_id=None))
        assert opened(register).people == ()
    assert queued(database, MessageKind.PLAN) == []


def test_a_stage_has_one_open_plan(company: SqlRegisters) -> None:
    with company.writing() as register:
        one = register.initiatives.add(draft(), vector(), NOW)
        plan = open_about(register, STAGE, [one], ADA, NOW)

        assert open_about(register, STAGE, [one], BO, at(1)) == plan
        assert plan.finding is None


def test_a_proposal_that_a_plan_begins_with_is_its_own_and_none_is_asked_for(company: SqlRegisters) -> None:
    with company.writing() as register:
        one = register.initiatives.add(draft(), vector(), NOW)
        begun_with = register.proposals.add(proposal(about=STAGE))
        plan = open_about(register, STAGE, [one], ADA, NOW, begun_with.id)

        assert plan.terms.proposal == begun_with.id
        assert [each.plan for each in register.proposals.of(STAGE)] == [plan.id]


def test_taking_a_plan_back_opens_its_overlap_again(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
            take_back(register, plan.id, EVE, NOW)

        assert take_back(register, plan.id, BO, NOW).state is PlanState.OFF
        assert register.findings.by_id(1).verdict is None
        with pytest.raises(AlreadyDone, match="taken back"):
            take_back(register, plan.id, ADA, NOW)


def test_calling_off_twice_says_it_once(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        call_off(register, plan, ADA, NOW)
        call_off(register, plan, ADA, at(1))

    assert told(database) == ["off"]


def test_a_steward_is_asked_once_and_has_the_plan_in_a_message_of_their_own(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        plan = opened(register)
        with pytest.raises(NotFound, match="no steward"):
            invite_steward(register, plan.id, ADA, NOW)
        register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
        invite_steward(register, plan.id, ADA, NOW)
        with pytest.raises(AlreadyDone, match="takes part already"):
            invite_steward(register, plan.id, BO, NOW)

    addresses = {message.posting.address for message in queued(database, MessageKind.PLAN)}
    assert addresses == {Address.group(("U0ADA", "U0BO")), Address.person("U0SUE")}


def test_a_finding_without_initiatives_has_no_plan(company: SqlRegisters) -> None:
    with company.writing() as register:
        empty = replace(overlap(register).found, members=())
        assert open_plan(register, replace(register.findings.by_id(1), found=empty), ADA, NOW) is None
