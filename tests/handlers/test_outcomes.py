from typing import Any

import pytest

from db.registers import SqlRegister
from handlers.outcomes import press_outcome, submit_outcome
from planning.errors import NotAllowed
from planning.plans.accepting import accept
from planning.plans.values import Outcome, Plan, PlanState
from tests.builders import NOW, metric
from tests.handlers.slack import Desk, spoken, submitted
from tests.planned import pledge
from tests.planning.plans.stories import BO, EVE, agreed_by_ada, opened


@pytest.fixture
def agreed(desk: Desk) -> Plan:
    """A plan with a metric and one pledge that all have accepted."""
    with desk.registers.writing() as register:
        assert isinstance(register, SqlRegister)
        register.metrics.add(metric())
        mine = agreed_by_ada(register, opened(register), metric=1, pledges=(pledge(),))
        return accept(register, mine.id, mine.revision, BO, NOW)


def press(desk: Desk) -> dict[str, Any]:
    press_outcome(desk.ack, desk.body, {"value": "1"}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    submit_outcome(desk.ack, submitted(view, **typed), desk.registers, desk.actor, desk.now)


def stored(desk: Desk) -> Plan:
    with desk.registers.reading() as register:
        return register.plans.by_id(1)


def test_the_form_closes_the_plan_and_keeps_a_reading(desk: Desk, agreed: Plan) -> None:
    submit(desk, press(desk), outcome="kept", came_of_it="All of it.", value="55.5", delivered_0="2.5")

    ended = stored(desk)
    assert (ended.state, ended.outcome, ended.terms.pledges[0].delivered) == (PlanState.CLOSED, Outcome.KEPT, 2.5)
    with desk.registers.reading() as register:
        assert register.readings.of(1)[1][-1].value == 55.5
    assert "The plan is closed: kept." in spoken(desk.shown["blocks"])


def test_faults_are_shown_at_their_fields(desk: Desk, agreed: Plan) -> None:
    submit(desk, press(desk), outcome="missed", delivered_0="99999")

    assert sorted(desk.errors) == ["came_of_it", "delivered_0"]
    assert stored(desk).state is PlanState.ACCEPTED


def test_what_somebody_else_told_meanwhile_is_read_before_it_is_replaced(desk: Desk, other: Desk, agreed: Plan) -> None:
    mine, theirs = press(desk), press(other)
    submit(desk, mine, outcome="kept")
    submit(other, theirs, outcome="partly", came_of_it="Half of it.")
    assert "Ada Berg has told meanwhile that it was kept." in spoken(other.shown["blocks"])
    assert stored(desk).outcome is Outcome.KEPT

    submit(other, other.shown)
    assert (stored(desk).outcome, stored(desk).came_of_it) == (Outcome.PARTLY, "Half of it.")


def test_somebody_else_is_told_whom_to_ask(desk: Desk, agreed: Plan) -> None:
    with pytest.raises(NotAllowed, match="Ada Berg"):
        press(Desk(desk.registers, EVE))
