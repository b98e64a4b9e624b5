from dataclasses import replace
from datetime import date

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.outbox.values import MessageKind
from planning.plans.opening import open_about
from planning.plans.party import Party
from planning.plans.terms import GOAL_MAX, asked_pledges, change_terms, offered, proposal_of
from planning.plans.values import PlanState, Terms
from planning.proposals.asking import Progress
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.workspace.values import Person, Role
from tests.builders import NOW, TODAY, at, draft, initiative, request, vector, window
from tests.planned import pledge, terms
from tests.planning.plans.stories import ADA, BO, EVE, agreed_by_ada, computed, opened, queued, told


def waiting(register: Register, plan: int) -> tuple[int, ...]:
    return Party.of(register, register.plans.by_id(plan)).waiting


def test_who_changes_a_plan_accepts_it_and_the_others_are_asked_anew(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        change_terms(register, plan.id, terms(), ADA, NOW)
        assert waiting(register, plan.id) == (2,)
        change_terms(register, plan.id, terms(goal="Another goal"), BO, at(1))
        assert waiting(register, plan.id) == (1,)

    payloads = [one.posting.payload for one in queued(database, MessageKind.PLAN_NEWS)]
    assert {(payload["by"], *payload["asked"]) for payload in payloads} == {(1, 2), (2, 1)}  # type: ignore[misc]


def test_saving_what_is_there_already_asks_nobody(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        assert change_terms(register, plan.id, terms(), BO, at(1)) == plan

    assert told(database) == ["changed"]


@pytest.mark.parametrize(
    ("field", "faulty"),
    [
        ("goal", {"goal": "x" * (GOAL_MAX + 1)}),
        ("metric", {"metric": 9}),
        ("due_on", {"due_on": at(-1).date()}),
        ("session_on", {"session_at": at(-1)}),
        ("review_on", {"review_on": at(-1).date()}),
        ("due_on", {"due_on": date.max}),
        ("review_on", {"review_on": date.max}),
        ("decisions", {"decisions": "x" * 2001}),
        ("pledges", {"pledges": (pledge(pool=9),)}),
        ("pledges", {"pledges": (pledge(department=9),)}),
        ("pledges", {"pledges": (pledge(person_weeks=0.0),)}),
        ("pledges", {"pledges": (pledge(), pledge())}),
    ],
)
def test_each_fault_is_told_at_its_field(company: SqlRegisters, field: str, faulty: dict[str, object]) -> None:
    with company.writing() as register:
        plan = opened(register)
        wanted: Terms = replace(terms(), **faulty)  # type: ignore[arg-type]
        with pytest.raises(FieldError) as refused:
            change_terms(register, plan.id, wanted, ADA, NOW)

    assert list(refused.value.errors) == [field]


def test_a_day_that_has_passed_meanwhile_may_stay(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        later = change_terms(register, plan.id, terms(goal="Another goal"), ADA, at(100))

    assert later.terms.goal == "Another goal"


@pytest.mark.parametrize("state", [PlanState.OFF, PlanState.CLOSED])
def test_what_is_over_is_not_changed(company: SqlRegisters, state: PlanState) -> None:
    with company.writing() as register:
        plan = replace(opened(register), state=state)
        register.plans.save(plan)
        with pytest.raises(AlreadyDone, match="lan"):
            change_terms(register, plan.id, terms(), ADA, NOW)


def test_an_agreed_plan_that_is_changed_is_open_again(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = replace(agreed_by_ada(register, opened(register)), state=PlanState.ACCEPTED, applied=1)
        register.plans.save(plan)
        changed = change_terms(register, plan.id, terms(goal="Another goal"), BO, at(1))

    assert (changed.state, changed.applied, changed.next_at) == (PlanState.OPEN, 1, at(1))


def test_the_session_is_sent_when_it_is_set_and_again_when_it_moves(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register), session_at=at(3))
        change_terms(register, plan.id, replace(plan.terms, goal="Another goal"), ADA, at(1))
        change_terms(register, plan.id, replace(plan.terms, session_at=at(4)), ADA, at(1, hours=1))

    sent = queued(database, MessageKind.CALENDAR)
    assert {(one.posting.payload["what"], one.posting.payload["revision"]) for one in sent} == {
        ("session", 2),
        ("session", 4),
    }
    assert {one.posting.follows for one in sent} == {f"plan:{plan.id}"}


def test_who_has_no_part_in_it_is_told_whom_to_ask(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
            change_terms(register, plan.id, terms(), EVE, NOW)


def joined(register: Register, **fields: object) -> Person:
    """Somebody new in Slack."""
    return register.people.add("Olga", slack_id="U0OLGA", **fields)  # type: ignore[arg-type]


def test_an_owner_may_change_it_and_accepts_for_nobody(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan, owner = opened(register), joined(register)
        one = register.initiatives.by_id(1)
        register.initiatives.save(replace(one, draft=replace(one.draft, owner=owner.id)))
        change_terms(register, plan.id, terms(), owner, NOW)

        assert waiting(register, plan.id) == (1, 2)


def test_without_a_lead_the_owners_speak_for_a_department_and_without_these_the_stewards(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan, steward = opened(register), joined(register, roles=frozenset({Role.STEWARD}))
        register.people.save(replace(BO, roles=frozenset()))
        assert [one.id for one in Party.of(register, plan).speakers(2)] == [BO.id]

        one = register.initiatives.by_id(2)
        register.initiatives.save(replace(one, draft=replace(one.draft, owner=None)))
        assert [who.id for who in Party.of(register, plan).speakers(2)] == [steward.id]


def test_the_people_that_initiatives_ask_for_are_what_their_departments_would_give() -> None:
    past = request(window=window(at(-40).date(), days=10))
    first = initiative(requests=(request(), request(person_weeks=2.0, window=window(at(-5).date())), past))
    second = initiative(2, department=2, requests=(request(person_weeks=1.5),))

    assert asked_pledges([first, second], TODAY) == (
        pledge(person_weeks=8.0, starts_on=at(-5).date()),
        pledge(department=2, person_weeks=1.5),
    )


def test_a_proposal_can_become_part_of_the_plan_once_it_is_done(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        looking = proposal_of(register, plan)
        assert looking is not None
        assert offered(plan, looking) is None

        done = register.proposals.by_id(computed(register, plan))
        assert done.progress is Progress.DONE
        assert offered(plan, done) == done
        assert offered(replace(plan, applied=done.id), done) is None


def test_a_plan_of_one_department_is_agreed_when_it_has_a_goal_and_a_date(company: SqlRegisters) -> None:
    with company.writing() as register:
        one = register.initiatives.add(draft(), vector(), NOW)
        plan = open_about(register, About(kind=AboutKind.STAGE, id=1), [one], ADA, NOW)
        begun = change_terms(register, plan.id, terms(due_on=None), ADA, NOW)
        assert begun.state is PlanState.OPEN

        assert change_terms(register, plan.id, terms(), ADA, NOW).state is PlanState.ACCEPTED
