import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.alerts.preferences import Notice
from planning.decisions.asking import asked_now
from planning.decisions.escalating import ask_executives, escalate
from planning.decisions.ruling import approve, decline, delegate
from planning.decisions.telling import became, mark_told
from planning.decisions.undoing import undo_ruling
from planning.decisions.values import Decision, Ruling
from planning.errors import AlreadyDone, FieldError, NotAllowed, PlanningError
from planning.findings.concerning import may_decide
from planning.findings.settling import decide
from planning.findings.values import Choice, State
from planning.outbox.values import MessageKind
from planning.plans.accepting import accept
from planning.plans.following import watch_plans
from planning.plans.values import PlanState
from planning.proposals.asking import Progress
from planning.workspace.values import Person
from tests.builders import NOW, TODAY, at, digest, person, posting, steward
from tests.planned import preferences
from tests.planning.decisions.stories import ADA, BO, asked, executive, two_weeks_later
from tests.planning.plans.stories import agreed_by_ada, collision, opened, queued, told
from tests.proposed import moved, proposed
from tests.scheduled import done_digest

CAL = person(id=4, name="Cal", slack_id="U0CAL")


def delegated_to_cal(register: SqlRegister, decision: int, boss: Person, now: datetime) -> Decision:
    return delegate(register, decision, CAL, boss, now)


@pytest.fixture
def edda(company: SqlRegisters) -> Person:
    with company.writing() as register:
        boss = executive(register)
        register.people.add("Cal", slack_id="U0CAL")
    return boss


def test_approving_does_what_is_proposed_for_all_departments(
    company: SqlRegisters, edda: Person, database: Database
) -> None:
    with company.writing() as register:
        decision = approve(register, asked(register, two_weeks_later()).id, edda, NOW)

        assert register.initiatives.by_id(1).draft.starts_on == TODAY + timedelta(weeks=2)
        assert register.plans.by_id(decision.plan or 0).state is PlanState.ACCEPTED
        assert register.findings.by_id(1).state(NOW) in (State.SETTLED, State.CLOSED)
        assert became(register, NOW) == ("CX-1 and CX-2: Edda approved it; the plan is in force.",)
    assert "agreed" in told(database)


def test_without_a_proposal_the_leads_are_to_plan_it_together(
    company: SqlRegisters, edda: Person, database: Database
) -> None:
    with company.writing() as register:
        decision = approve(register, asked(register).id, edda, NOW)

        assert register.plans.by_id(decision.plan or 0).state is PlanState.OPEN
        assert register.findings.by_id(1).state(NOW) is State.SETTLED
    assert told(database) == ["wanted"]


def test_a_proposal_that_no_longer_fits_is_planned_together_instead(company: SqlRegisters, edda: Person) -> None:
    elsewhere = moved(before=moved().after)
    with company.writing() as register:
        decision = asked(register, proposed(changes=(elsewhere,)))
        ruled = approve(register, decision.id, edda, NOW)

        assert register.plans.by_id(ruled.plan or 0).state is PlanState.OPEN
        assert register.initiatives.by_id(1).draft.starts_on == TODAY


def test_declining_leaves_it_until_the_facts_get_worse(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decline(register, asked(register).id, edda, NOW)

        assert register.findings.by_id(1).state(NOW) is State.DISMISSED
        assert (asked_now(register, NOW), escalate(register, at(30))) == ([], 0)
        assert became(register, NOW) == ("CX-1 and CX-2: Edda left it as it is.",)


def test_whoever_it_is_delegated_to_may_decide_and_is_reminded_once(
    company: SqlRegisters, edda: Person, database: Database
) -> None:
    with company.writing() as register:
        delegate(register, asked(register).id, CAL, edda, NOW)
        finding = register.findings.by_id(1)
        assert (may_decide(register, finding, CAL), finding.state(NOW)) == (True, State.OPEN)
        assert became(register, NOW) == ("CX-1 and CX-2: Edda gave it to Cal, who has not decided yet.",)
    for days in (2, 3, 4):
        with company.writing() as register:
            escalate(register, at(days))

    sent = [one.posting for one in queued(database, MessageKind.DECISION)]
    assert [one.payload.get("again", False) for one in sent] == [True, False]
    assert {str(one.address) for one in sent} == {"person:U0CAL"}


def test_what_a_delegate_leaves_unanswered_is_asked_again(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        delegate(register, asked(register).id, CAL, edda, NOW)

        assert (escalate(register, at(11)), escalate(register, at(14)), escalate(register, at(15))) == (0, 1, 0)


def test_who_has_switched_such_messages_off_cannot_be_asked(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decision = asked(register)
        register.preferences.save(preferences(person=CAL.id, muted=frozenset({Notice.OVERLAPS})))

        with pytest.raises(FieldError, match="switched off"):
            delegate(register, decision.id, CAL, edda, NOW)


def test_only_executives_decide_and_the_others_are_told_whom_to_ask(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decision = asked(register)
        for other in (ADA, steward(id=77)):
            with pytest.raises(NotAllowed, match=r"the executives decide this\. Ask Edda\."):
                approve(register, decision.id, other, NOW)


def test_where_there_are_no_executives_the_stewards_decide(company: SqlRegisters) -> None:
    with company.writing() as register:
        sue = register.people.add("Sue", slack_id="U0SUE", roles=steward().roles)
        decision = asked(register)
        with pytest.raises(NotAllowed, match=r"no executives, so its stewards decide\. Ask Sue\."):
            decline(register, decision.id, ADA, NOW)

        assert decline(register, decision.id, sue, NOW).ruling is Ruling.DECLINE


def test_what_the_leads_have_settled_needs_no_decision(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decision = asked(register)
        decide(register, 1, Choice.COORDINATE, BO, NOW)

        with pytest.raises(AlreadyDone, match="settled meanwhile"):
            approve(register, decision.id, edda, NOW)
        assert became(register, NOW) == ("CX-1 and CX-2: no decision was needed; its people coordinate.",)
        mark_told(register, NOW)
        assert became(register, at(7)) == ()


@pytest.mark.parametrize("ruling", [approve, decline])
def test_a_ruling_can_be_undone_for_a_day(company: SqlRegisters, edda: Person, ruling: object) -> None:
    with company.writing() as register:
        decision = asked(register, two_weeks_later())
        ruling(register, decision.id, edda, NOW)  # type: ignore[operator]
        assert undo_ruling(register, decision.id, edda, at(0.9)).ruling is None

        assert register.initiatives.by_id(1).draft.starts_on == TODAY
        assert [one.decision.id for one in asked_now(register, at(0.9))] == [decision.id]
        ruling(register, decision.id, edda, at(1))  # type: ignore[operator]
        with pytest.raises(AlreadyDone, match="for a day"):
            undo_ruling(register, decision.id, edda, at(2))


def test_the_collision_that_an_approval_ended_is_asked_again_when_that_is_undone(
    company: SqlRegisters, edda: Person
) -> None:
    with company.writing() as register:
        decision = ask_executives(register, collision(register), NOW)
        waiting = register.proposals.by_id(decision.proposal or 0)
        register.proposals.save(replace(waiting, progress=Progress.DONE, best=two_weeks_later(), done_at=NOW))
        approve(register, decision.id, edda, NOW)
        assert register.findings.by_id(decision.finding).state(NOW) is State.CLOSED

        undo_ruling(register, decision.id, edda, at(0.5))
        assert register.findings.by_id(decision.finding).state(at(0.5)) is State.OPEN
        assert [one.decision.id for one in asked_now(register, at(0.5))] == [decision.id]


def test_people_whom_executives_ask_to_agree_have_two_weeks_for_it_again(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        plan = opened(register)
        decision = ask_executives(register, register.findings.by_id(1), at(14), plan)
        approve(register, decision.id, edda, at(15))
    for day in (22, 30):
        with company.writing() as register:
            watch_plans(register, at(day))
    with company.reading() as register:
        assert [(one.plan, one.asked_at) for one in register.decisions.open()] == [(plan.id, at(30))]


@pytest.mark.parametrize("ruling", [decline, delegated_to_cal])
def test_a_stuck_plan_goes_on_when_what_ended_it_is_undone(company: SqlRegisters, edda: Person, ruling: object) -> None:
    with company.writing() as register:
        plan = opened(register)
        decision = ask_executives(register, register.findings.by_id(1), at(14), plan)
        ruling(register, decision.id, edda, at(15))  # type: ignore[operator]
        assert register.plans.by_id(plan.id).state is PlanState.OFF

        undo_ruling(register, decision.id, edda, at(15.5))
        assert register.plans.by_id(plan.id).state is PlanState.OPEN
        assert [one.plan and one.plan.id for one in asked_now(register, at(15.5))] == [plan.id]


def test_a_digest_that_asks_about_a_stuck_plan_is_drawn_again_when_its_people_agree(
    company: SqlRegisters, database: Database
) -> None:
    with company.writing() as register:
        plan = agreed_by_ada(register, opened(register))
        ask_executives(register, register.findings.by_id(1), at(14), plan)
        occurrence = done_digest(register, digest(), at(14))
        register.postings.add(posting(kind=MessageKind.DIGEST, subject=occurrence.id), at(14))
        accept(register, plan.id, plan.revision, BO, at(15))

    (message,) = queued(database, MessageKind.DIGEST)
    assert message.wanted == 2


def test_a_delegation_is_undone_unless_it_was_decided_meanwhile(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decision = asked(register)
        delegate(register, decision.id, CAL, edda, NOW)
        undo_ruling(register, decision.id, edda, NOW)
        assert register.findings.by_id(1).handed is None

        delegate(register, decision.id, CAL, edda, at(0.1))
        decide(register, 1, Choice.COORDINATE, CAL, at(0.2))
        with pytest.raises(AlreadyDone, match="decided meanwhile"):
            undo_ruling(register, decision.id, edda, at(0.3))


def test_the_digest_that_asks_is_drawn_again_whoever_settles_it(
    company: SqlRegisters, edda: Person, database: Database
) -> None:
    with company.writing() as register:
        decision = asked(register)
        occurrence = done_digest(register, digest())
        register.postings.add(posting(kind=MessageKind.DIGEST, subject=occurrence.id), NOW)
        decline(register, decision.id, edda, NOW)
        undo_ruling(register, decision.id, edda, NOW)
        decide(register, 1, Choice.DIFFERENT, ADA, NOW)

    (message,) = queued(database, MessageKind.DIGEST)
    assert message.wanted >= 4


def test_two_executives_at_once_give_one_ruling(company: SqlRegisters, edda: Person) -> None:
    with company.writing() as register:
        decision, second = asked(register), executive(register, "Finn")
    heard: list[str] = []

    def press(boss: Person, ruling: object) -> None:
        try:
            with company.writing() as register:
                heard.append(str(ruling(register, decision.id, boss, NOW).ruling))  # type: ignore[operator]
        except PlanningError as error:
            heard.append(str(error))

    pressing = [threading.Thread(target=press, args=each) for each in ((edda, approve), (second, decline))]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    with company.reading() as register:
        ruled: Decision = register.decisions.by_id(decision.id)
    first = "Edda" if ruled.by == edda.id else "Finn"
    assert sorted("was faster" in one for one in heard) == [False, True]
    assert any(one.startswith(f"{first} was faster") for one in heard)
