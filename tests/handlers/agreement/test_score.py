from typing import Any

import pytest

from handlers.agreement.hub import show_agreement
from handlers.agreement.polls import press_answer, submit_answer
from handlers.agreement.score import choose_stage, outcome, result, submit_start
from handlers.ids import Action
from planning.agreement.answers import SaidScore
from planning.agreement.closing import close_now
from planning.agreement.score_testing import open_score_test
from planning.errors import NotAllowed, PlanningError
from tests.builders import NOW, draft, metric, stage, vector
from tests.handlers.agreement.asked import sam_at
from tests.handlers.slack import Desk, WordEncoder, field_of, spoken, submitted
from tests.handlers.views.limits import accepted, elements, words


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward, in a company where Ada's and Bo's departments work on “Use”."""
    sam = sam_at(desk)
    with sam.registers.writing() as register:
        register.metrics.add(metric(stage=2))
        for department in (1, 2):
            register.initiatives.add(draft(department=department, stages=(2,)), vector(department), NOW)
    return sam


@pytest.fixture
def asked(sam: Desk, desk: Desk) -> Desk:
    """Ada, who is asked what “Use” is measured by."""
    with sam.registers.writing() as register:
        open_score_test(register, 2, sam.actor, NOW)
    return desk


def choose(desk: Desk, id: int) -> dict[str, Any]:
    action = {"selected_option": {"value": str(id)}}
    choose_stage(desk.ack, desk.body, action, desk.client, desk.registers, desk.actor, desk.now)
    return desk.modal


def opened(desk: Desk, invitation: int = 1) -> dict[str, Any]:
    press_answer(desk.ack, desk.body, {"value": str(invitation)}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, invitation: int = 1, **typed: Any) -> None:
    submit_answer(desk.ack, submitted(opened(desk, invitation), **typed), desk.registers, desk.actor, desk.now)


def closed(sam: Desk) -> str:
    with sam.registers.writing() as register:
        poll = close_now(register, 1, WordEncoder(), sam.actor, NOW)
        assert "of 2 people answered" in outcome(poll)
        return words(result(register, poll, True))


def test_who_would_be_asked_is_shown_before_anybody_is(sam: Desk, other: Desk) -> None:
    view = choose(sam, 2)
    assert "Ada Berg, Bo Lind" in spoken(view)
    submit_start(sam.ack, submitted(view), sam.registers, sam.actor, sam.now)

    assert "2 people are asked now" in spoken(sam.shown)
    assert "“Use” is open until" in words(show_agreement(other.call()))


def test_a_stage_that_nobody_shares_and_a_person_who_may_not_are_refused(sam: Desk, other: Desk) -> None:
    with pytest.raises(PlanningError, match="shared by too few"):
        choose(sam, 1)
    with pytest.raises(NotAllowed, match="Ask Sam Steward"):
        choose(other, 2)


def test_the_owner_of_a_stage_can_test_it_and_close_it(sam: Desk, other: Desk) -> None:
    with sam.registers.writing() as register:
        register.journeys.save_stage(stage(id=2, name="Use", position=2, owner=2))
    (menu,) = elements(show_agreement(other.call()), "static_select")
    submit_start(other.ack, submitted(choose(other, 2)), other.registers, other.actor, other.now)

    assert [option["value"] for option in menu["options"]] == ["2"]
    assert Action.POLL_CLOSE in {one["action_id"] for one in elements(show_agreement(other.call()), "button")}


def test_a_metric_on_record_or_another_measure_can_be_named(asked: Desk, other: Desk) -> None:
    submit(asked, metric="1", target="55")
    submit(other, 2, measure="Calls per claim", target="-3.5", unit="calls")

    with asked.registers.reading() as register:
        said = [one.answer for one in register.polls.invitations(1)]
    assert said == [
        SaidScore(measure="Satisfaction", target=55, unit="points", metric=1),
        SaidScore(measure="Calls per claim", target=-3.5, unit="calls"),
    ]
    assert field_of(opened(other, 2), "measure")["initial_value"] == "Calls per claim"


def test_the_form_shows_neither_a_target_nor_what_the_other_said(asked: Desk, other: Desk) -> None:
    submit(other, 2, measure="Telltale", target="7")
    view = opened(asked)

    assert "Telltale" not in spoken(view)
    assert "60" not in spoken(view)
    assert "initial_value" not in field_of(view, "target")


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"target": "5"}, "measure"), ({"metric": "1", "measure": "Calls", "target": "5"}, "measure"), ({}, "target")],
    ids=["no measure", "two measures", "no target"],
)
def test_a_fault_is_told_at_its_field(asked: Desk, typed: dict[str, Any], field: str) -> None:
    submit(asked, **typed)

    assert list(asked.errors) == [field]


def test_a_stage_that_is_taken_out_leaves_nothing_to_answer(asked: Desk) -> None:
    view = opened(asked)
    with asked.registers.writing() as register:
        register.journeys.retire_stage(2)

    submit_answer(asked.ack, submitted(view, measure="Calls", target="5"), asked.registers, asked.actor, asked.now)

    assert "nothing is left to answer" in spoken(asked.shown)
    assert field_of(asked.shown, "measure")["initial_value"] == "Calls"


def test_a_difference_is_told_without_who_said_what(asked: Desk, other: Desk, sam: Desk) -> None:
    submit(asked, metric="1", target="40")
    submit(other, 2, metric="1", target="55")
    told = closed(sam)

    assert "Satisfaction, by 2 people: target 40 or 55 points" in told
    assert "They do not aim at one score." in told
    assert "Ada" not in told
    assert "“Use”: no common score" in words(show_agreement(other.call()))


def test_agreement_and_too_few_answers_are_told(asked: Desk, other: Desk, sam: Desk) -> None:
    submit(asked, metric="1", target="40")
    submit(other, 2, metric="1", target="40")

    assert "They aim at one score." in closed(sam)
    accepted(show_agreement(sam.call()))
