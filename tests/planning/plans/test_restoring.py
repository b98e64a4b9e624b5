from dataclasses import replace
from datetime import timedelta

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.findings.settling import decide
from planning.findings.values import Choice, State
from planning.outbox.values import MessageKind
from planning.plans.accepting import accept
from planning.plans.values import Plan, PlanState
from planning.plans.withdrawing import take_back
from planning.proposals.changes import Asked, Days, Merged
from tests.builders import NOW, TODAY, at, request, window
from tests.planning.plans.stories import ADA, BO, agreed_by_ada, collision, computed, opened, queued
from tests.proposed import moved, proposed

TWO_WEEKS = timedelta(weeks=2)


def agreed(register: SqlRegister) -> Plan:
    """All have accepted that CX-1 begins two weeks later."""
    begun = opened(register)
    mine = agreed_by_ada(register, begun, proposal=computed(register, begun))
    return accept(register, mine.id, mine.revision, BO, NOW)


def heard(database: Database) -> dict[str, object]:
    """What was said last in the thread."""
    return dict(max(queued(database, MessageKind.PLAN_NEWS), key=lambda one: one.id).posting.payload)


def test_taking_an_agreed_plan_back_puts_its_initiatives_back(company: SqlRegisters, database: Database) -> None:
    with company.writing() as register:
        off = take_back(register, agreed(register).id, BO, at(0.9))

        assert (off.state, off.applied) == (PlanState.OFF, None)
        assert register.initiatives.by_id(1).draft.starts_on == TODAY
        restored = [one for one in register.audit.since(None) if one.verb == "initiative.restored"]
    assert [one.subject for one in restored] == ["initiative:1"]
    assert (heard(database)["back"], heard(database)["stay"]) == ([1], [])


def test_an_initiative_that_was_changed_since_stays_and_that_is_said(company: SqlRegisters, database: Database) -> None:
    with company.writing() as register:
        plan = agreed(register)
        one = register.initiatives.by_id(1)
        elsewhere = replace(one.draft, starts_on=TODAY + timedelta(weeks=5))
        register.initiatives.save(replace(one, draft=elsewhere))
        take_back(register, plan.id, BO, at(0.1))

        assert register.initiatives.by_id(1).draft == elsewhere
    assert (heard(database)["back"], heard(database)["stay"]) == ([], [1])


def test_after_a_day_what_was_changed_stays(company: SqlRegisters) -> None:
    with company.writing() as register:
        take_back(register, agreed(register).id, BO, at(1))

        assert register.initiatives.by_id(1).draft.starts_on == TODAY + TWO_WEEKS


def test_what_was_given_up_for_another_goes_on_by_itself(company: SqlRegisters) -> None:
    gone = Merged(initiative=2, title="", department="", into=1, into_title="", into_department="")
    with company.writing() as register:
        begun = opened(register)
        number = computed(register, begun, proposed(changes=(gone,)))
        mine = agreed_by_ada(register, begun, proposal=number)
        accept(register, mine.id, mine.revision, BO, NOW)
        assert register.initiatives.by_id(2).joined == 1

        take_back(register, mine.id, ADA, NOW)
        assert register.initiatives.by_id(2).joined is None


def test_the_people_that_were_taken_over_with_it_are_asked_for_no_more(company: SqlRegisters) -> None:
    own = Asked(pool=1, person_weeks=2.0, days=Days(start=window().start, end=window().end))
    gone = Merged(initiative=2, title="", department="", into=1, into_title="", into_department="", asked=(own,))
    with company.writing() as register:
        begun = opened(register)
        one = register.initiatives.by_id(1)
        small = replace(one, draft=replace(one.draft, requests=(request(person_weeks=2.0),)))
        register.initiatives.save(small)
        mine = agreed_by_ada(register, begun, proposal=computed(register, begun, proposed(changes=(gone,))))
        accept(register, mine.id, mine.revision, BO, NOW)
        assert register.initiatives.by_id(1).draft.requests == (request(),)

        take_back(register, mine.id, ADA, NOW)
        assert register.initiatives.by_id(1).draft == small.draft


def test_the_overlap_that_comes_back_is_open_and_is_planned_anew(company: SqlRegisters) -> None:
    with company.writing() as register:
        finding = collision(register).id
        decide(register, finding, Choice.PLAN, ADA, NOW)
        begun = register.plans.by_id(1)
        mine = agreed_by_ada(register, begun, proposal=computed(register, begun, proposed(changes=(moved(),))))
        accept(register, mine.id, mine.revision, BO, NOW)
        assert register.findings.by_id(finding).state(NOW) is State.CLOSED

        take_back(register, mine.id, BO, at(0.1))
        assert register.findings.by_id(finding).state(at(0.1)) is State.OPEN
        decide(register, finding, Choice.PLAN, ADA, at(0.2))
        assert register.plans.by_id(1).state is PlanState.OPEN
