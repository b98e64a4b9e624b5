"""Who leaves the company has no rights from that moment on, and what they looked after is there to be claimed."""

from dataclasses import replace
from datetime import datetime

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.values import PollKind
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.reaching import reached
from planning.claims.claiming import raise_hand
from planning.claims.values import Claim, Claimable
from planning.findings.values import Handed, Rule
from planning.initiatives.changing import may_change
from planning.outbox.values import Address, MessageKind
from planning.plans.values import PlanState
from planning.schedules.values import ScheduleKind
from planning.workspace.arranging import claim_stewardship, save_roles, stewards_of
from planning.workspace.departing import come_back, depart
from planning.workspace.values import Person, Role
from tests import asked, planned
from tests.builders import NOW, at, draft, found, hand_off, metric, problem, schedule, vector


def gone(register: SqlRegister, id: int = 1, now: datetime = NOW) -> Person:
    return depart(register, register.people.by_id(id), now)


def verbs(register: SqlRegister) -> list[str]:
    return [entry.verb for entry in register.audit.since(None)]


def test_rights_go_at_once_and_that_is_on_record(company: SqlRegisters) -> None:
    with company.writing() as register:
        number = register.initiatives.add(draft(owner=1), vector(1), NOW, by=1).id
        left = gone(register)

        assert (left.roles, left.left_at) == (frozenset(), NOW)
        assert not may_change(register.initiatives.by_id(number), left)
        (entry,) = [one for one in register.audit.since(None) if one.verb == "person.roles"]
        assert (entry.actor, entry.details) == (None, {"from": ["lead"], "to": []})


def test_leaving_twice_is_leaving_once(company: SqlRegisters) -> None:
    with company.writing() as register:
        gone(register)
        before = verbs(register)

        assert gone(register, now=at(1)).left_at == NOW
        assert verbs(register) == before


def test_what_they_looked_after_can_be_claimed(company: SqlRegisters) -> None:
    with company.writing() as register:
        stage = register.journeys.current().stages[0]
        register.journeys.save_stage(replace(stage, owner=1))
        edge = register.journeys.add_hand_off(hand_off(owner=1))
        trouble = register.problems.add(problem(owner=1))
        measure = register.metrics.add(metric(owner=1))
        gone(register)

        bo = register.people.by_id(2)
        for claim in ((Claimable.STAGE, stage.id), (Claimable.HAND_OFF, edge.id), (Claimable.PROBLEM, trouble.id)):
            assert raise_hand(register, Claim(*claim), bo, at(1)).owner == 2
        assert next(one for one in register.metrics.all() if one.id == measure.id).owner is None


def test_their_initiatives_become_gaps_that_can_be_claimed(company: SqlRegisters) -> None:
    with company.writing() as register:
        number = register.initiatives.add(draft(owner=1), vector(1), NOW).id
        gone(register)

        assert register.initiatives.by_id(number).draft.owner is None
        rules = {one.found.rule for one in register.findings.standing()}
        assert Rule.INITIATIVE_INCOMPLETE in rules


def test_an_overlap_that_was_handed_to_them_is_for_its_leads_again(company: SqlRegisters) -> None:
    with company.writing() as register:
        for number in (1, 2):
            register.initiatives.add(draft(department=number), vector(number), NOW)
        overlap = register.findings.add(found(), NOW)
        register.findings.save(replace(overlap, handed=Handed(1, 2, NOW)), NOW)
        gone(register)

        assert register.findings.by_id(overlap.id).handed is None


def test_nothing_is_sent_to_them_any_more(company: SqlRegisters) -> None:
    with company.writing() as register:
        own = register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=1, channel="", next_due_at=at(1)))
        left = gone(register)

        assert register.schedules.by_id(own.id).paused
        assert all(reached(left, Preferences(1), notice, NOW) is None for notice in Notice)


def test_in_a_round_the_next_of_their_department_is_asked(company: SqlRegisters) -> None:
    with company.writing() as register:
        nora = register.people.add("Nora New", slack_id="U0NEW", department=1)
        round_ = register.polls.add(asked.poll(kind=PollKind.NAMING, opened_by=2))
        register.polls.invite(round_.id, [(1, 1), (2, 2)])
        gone(register)

        assert [one.person for one in register.polls.invitations(round_.id)] == [1, 2, nora.id]
        assert register.polls.waiting_for(nora.id)


def test_a_plan_goes_to_whoever_accepts_in_their_place(company: SqlRegisters) -> None:
    with company.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=frozenset({Role.STEWARD}))
        for number in (1, 2):
            register.initiatives.add(draft(department=number), vector(number), NOW)
        register.findings.add(found(), NOW)
        plan = register.plans.add(planned.plan(people=(1, 2), acceptances=(), state=PlanState.OPEN))
        gone(register)

        assert register.plans.by_id(plan.id).people == (2, sam.id)
        assert "plan.handed_on" in verbs(register)


def test_when_the_last_steward_leaves_the_others_are_told_and_one_of_them_can_take_over(
    company: SqlRegisters, database: Database
) -> None:
    with company.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=frozenset({Role.STEWARD}))
        gone(register, sam.id)

        assert claim_stewardship(register, register.people.by_id(2), at(1)) in stewards_of(register)

    (workspace,) = database.waiting_workspaces(at(7))
    queued = [one.posting for one in database.outbox(workspace).page(50).items]
    told = {one.address for one in queued if one.kind is MessageKind.STEWARD}
    assert told == {Address.person("U0ADA"), Address.person("U0BO")}


def test_who_comes_back_gets_no_role_back(company: SqlRegisters) -> None:
    with company.writing() as register:
        back = come_back(register, gone(register), at(3))

        assert (back.left_at, back.roles) == (None, frozenset())


def test_nobody_who_has_left_is_given_a_role(company: SqlRegisters) -> None:
    with company.writing() as register:
        sam = register.people.add("Sam Steward", slack_id="U0SAM", roles=frozenset({Role.STEWARD}))
        left = gone(register)
        save_roles(register, [left], [sam, left], sam, at(1))

        assert register.people.by_id(1).roles == frozenset()


@pytest.mark.parametrize("id", [1, 2])
def test_a_steward_who_stays_keeps_looking_after_it(company: SqlRegisters, id: int) -> None:
    with company.writing() as register:
        register.people.add("Sam Steward", slack_id="U0SAM", roles=frozenset({Role.STEWARD}))
        gone(register, id)

        assert [one.name for one in stewards_of(register)] == ["Sam Steward"]
