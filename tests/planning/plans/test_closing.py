from dataclasses import replace
from datetime import timedelta

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.digests.values import PlansKept
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.plans.accepting import accept
from planning.plans.closing import QUARTER, Told, close, kept_lately, plans_kept
from planning.plans.opening import call_off
from planning.plans.values import Outcome, Plan, PlanState
from tests.builders import NOW, TODAY, at, metric
from tests.planned import plan, pledge, terms
from tests.planning.plans.stories import ADA, BO, EVE, agreed_by_ada, opened, told

KEPT = Told(Outcome.KEPT, "All of it.", (2.5,), 55.0)


def agreed(register: SqlRegister) -> Plan:
    """With a metric and a pledge of three person-weeks."""
    register.metrics.add(metric())
    mine = agreed_by_ada(register, opened(register), metric=1, pledges=(pledge(),))
    return accept(register, mine.id, mine.revision, BO, NOW)


def closed(**fields: object) -> Plan:
    """A plan that was kept last week, half of what was pledged."""
    gave = replace(terms(), pledges=(pledge(delivered=1.5),))
    ended = {"state": PlanState.CLOSED, "outcome": Outcome.KEPT, "accepted_at": at(-40), "closed_at": at(-7)}
    return plan(**{"terms": gave, **ended, **fields})


def test_telling_the_outcome_closes_the_plan_with_what_was_delivered(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        ended = close(register, agreed(register).id, KEPT, BO, at(60))

        assert register.plans.by_id(ended.id) == ended
        assert register.readings.of(1)[1][-1].value == 55.0
        verbs = [one.verb for one in register.audit.since(at(59))]
        assert (verbs.count("metric.read"), verbs.count("plan.closed")) == (1, 1)
    assert (ended.state, ended.outcome, ended.closed_by, ended.next_at) == (PlanState.CLOSED, Outcome.KEPT, 2, None)
    assert [one.delivered for one in ended.terms.pledges] == [2.5]
    assert told(database)[-1] == "closed"


def test_telling_again_corrects_it(company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
        close(register, 1, KEPT, BO, at(60))
        again = close(register, 1, Told(Outcome.PARTLY, "Half of it.", (1.0,)), ADA, at(61))

    assert (again.outcome, again.came_of_it, again.closed_by) == (Outcome.PARTLY, "Half of it.", 1)


def test_faults_are_told_at_their_fields(company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
        with pytest.raises(FieldError) as caught:
            close(register, 1, Told(Outcome.MISSED, "", (float("nan"),)), BO, NOW)

    assert sorted(caught.value.errors) == ["came_of_it", "delivered_0"]


def test_only_its_people_tell_what_came_of_a_plan(company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
        with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
            close(register, 1, KEPT, EVE, NOW)


def test_what_was_not_agreed_or_was_taken_back_has_no_outcome(company: SqlRegisters) -> None:
    with company.writing() as register:
        open_plan = opened(register)
        with pytest.raises(AlreadyDone, match="Not all departments"):
            close(register, open_plan.id, KEPT, ADA, NOW)
        call_off(register, open_plan, ADA, NOW)
        with pytest.raises(AlreadyDone, match="taken back"):
            close(register, open_plan.id, KEPT, ADA, NOW)


def test_plans_of_the_last_quarter_are_counted_with_pledged_and_delivered() -> None:
    old = closed(id=2, accepted_at=at(-200), closed_at=at(-150))
    missed = closed(id=3, outcome=Outcome.MISSED, terms=replace(terms(), pledges=(pledge(delivered=0.0), pledge())))
    waiting = plan(id=4, state=PlanState.ACCEPTED, accepted_at=at(-1), terms=terms())

    counted = plans_kept([closed(), old, missed, waiting, plan(id=5)], NOW - QUARTER, TODAY)

    assert counted == PlansKept(agreed=3, kept=1, missed=1, pledged=6.0, delivered=1.5)


def test_a_plan_of_which_nobody_tells_for_three_weeks_is_named() -> None:
    late = plan(state=PlanState.ACCEPTED, accepted_at=at(-90), terms=terms(due_on=TODAY - timedelta(days=21)))
    told_soon = replace(late, terms=terms(due_on=TODAY - timedelta(days=20)))

    counted = plans_kept([late, told_soon], NOW - QUARTER, TODAY)

    assert counted is not None
    assert (counted.untold, counted.untold_total) == (("“One letter that says it all” (CX-1 and CX-2)",), 1)


def test_without_plans_there_is_nothing_to_tell(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert kept_lately(register, NOW, TODAY) is None
        agreed(register)
        assert kept_lately(register, NOW, TODAY) == PlansKept(agreed=1)
