from typing import Any

import pytest

from handlers.ids import Action
from handlers.initiatives.planned import FORMS, keeper, opener, press_remove, press_restore
from handlers.initiatives.showing import show
from handlers.views.planned import PlannedStep
from handlers.views.text import Message
from planning.errors import NotAllowed
from planning.initiatives.planned import Planned
from planning.initiatives.values import Draft, Effect, Intent, Request
from planning.metrics.values import Direction
from planning.problems.values import Part
from tests.builders import contact, effect, metric, pool, problem, request, window
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, buttons, field_names, spoken, submitted
from tests.handlers.views.limits import accepted, elements

BILL, SURVEY = contact(intent=Intent.BILL), contact(intent=Intent.SURVEY)


@pytest.fixture
def recorder(desk: Desk) -> Desk:
    """CX-1 is Ada's; there is a metric, a pool and a customer problem."""
    with desk.registers.writing() as register:
        register.metrics.add(metric())
        register.pools.add(pool())
        register.problems.add(problem())
    registered(desk)
    desk.body["container"] = {"type": "message", "is_ephemeral": True}
    return desk


@pytest.fixture
def planned(recorder: Desk) -> Desk:
    """CX-2 plans two contacts, moves the metric, asks for the pool and serves the problem."""
    registered(
        recorder,
        contacts=(BILL, SURVEY),
        effects=(effect(),),
        requests=(request(),),
        serves=1,
        supplies=(Part.PROCESS,),
    )
    return recorder


def opened(desk: Desk, button: Action, id: int = 1) -> dict[str, Any]:
    (form,) = (form for action, form, _, _ in FORMS if action is button)
    opener(form)(desk.ack, desk.body, {"value": str(id)}, desk.client, desk.registers, desk.actor)
    return desk.modal


def fill(desk: Desk, button: Action, **typed: Any) -> None:
    view = submitted(opened(desk, button), **typed)
    (keep,) = (keep for action, _, _, keep in FORMS if action is button)
    desk.ack.reset_mock()
    keeper(keep)(desk.ack, view, desk.registers, desk.actor, desk.now)


def card(desk: Desk, id: int = 2) -> Message:
    message = show(desk.call(f"CX-{id}"))
    assert accepted(message)
    return message


def removers(desk: Desk) -> list[dict[str, Any]]:
    """The buttons of what is planned on the card, in order."""
    return [one for one in elements(card(desk), "button") if one["action_id"] == Action.INITIATIVE_REMOVE_PLANNED]


def press(desk: Desk, listener: Any, action: dict[str, Any]) -> None:
    listener(desk.ack, desk.body, action, desk.client, desk.respond, desk.registers, desk.actor, desk.now)


def draft(desk: Desk, id: int = 2) -> Draft:
    return on_record(desk, id).draft


@pytest.mark.parametrize(
    ("button", "typed", "field", "value"),
    [
        (
            Action.INITIATIVE_ADD_CONTACT,
            {"segment": 1, "touchpoint": 1, "intent": "bill", "starts_on": "2027-03-01", "ends_on": "2027-03-05"},
            "contacts",
            (BILL,),
        ),
        (Action.INITIATIVE_ADD_EFFECT, {"metric": 1, "direction": "down"}, "effects", (Effect(1, Direction.DOWN),)),
        (
            Action.INITIATIVE_ADD_REQUEST,
            {"pool": 1, "person_weeks": "2.5", "starts_on": "2027-03-01", "ends_on": "2027-03-30"},
            "requests",
            (Request(1, 2.5, window()),),
        ),
        (Action.INITIATIVE_SERVE, {"serves": 1, "supplies": ["policy"]}, "serves", 1),
    ],
    ids=["contact", "metric", "people", "problem"],
)
def test_what_is_filled_in_is_recorded(
    recorder: Desk, button: Action, typed: dict[str, Any], field: str, value: object
) -> None:
    fill(recorder, button, **typed)

    assert getattr(draft(recorder, 1), field) == value
    assert "CX-1 is saved" in spoken(recorder.shown)


def test_the_card_shows_all_that_is_planned(planned: Desk) -> None:
    said = spoken(accepted(card(planned)))

    assert "raises Satisfaction" in said
    assert "6 person-weeks of Data team, 1–30 March 2027" in said
    assert "Serves the customer problem: \nTold it thrice" in said
    assert "Brings: \na way of working" in said


def test_the_other_way_on_a_metric_takes_the_place_of_the_first(recorder: Desk) -> None:
    fill(recorder, Action.INITIATIVE_ADD_EFFECT, metric=1, direction="up")
    fill(recorder, Action.INITIATIVE_ADD_EFFECT, metric=1, direction="down")

    assert draft(recorder, 1).effects == (Effect(1, Direction.DOWN),)


@pytest.mark.parametrize("number", ["0", "10000.5", "nan", "inf"])
def test_person_weeks_that_nobody_can_give_are_told_at_their_field(recorder: Desk, number: str) -> None:
    days = {"starts_on": "2027-03-01", "ends_on": "2027-03-30"}
    fill(recorder, Action.INITIATIVE_ADD_REQUEST, pool=1, person_weeks=number, **days)

    assert list(recorder.errors) == ["person_weeks"]
    assert draft(recorder, 1).requests == ()


@pytest.mark.parametrize(
    ("button", "typed", "field"),
    [
        (Action.INITIATIVE_ADD_EFFECT, {"metric": 99, "direction": "up"}, "metric"),
        (
            Action.INITIATIVE_ADD_REQUEST,
            {"pool": 99, "person_weeks": "2", "starts_on": "2027-03-01", "ends_on": "2027-03-30"},
            "pool",
        ),
        (Action.INITIATIVE_SERVE, {"serves": 99}, "serves"),
    ],
)
def test_what_is_gone_meanwhile_is_told_at_its_field(
    recorder: Desk, button: Action, typed: dict[str, Any], field: str
) -> None:
    fill(recorder, button, **typed)

    assert list(recorder.errors) == [field]


def test_a_problem_can_be_taken_off_again(planned: Desk) -> None:
    view = submitted(opened(planned, Action.INITIATIVE_SERVE, 2), serves=None, supplies=[])
    keeper(FORMS[-1][-1])(planned.ack, view, planned.registers, planned.actor, planned.now)

    assert (draft(planned).serves, draft(planned).supplies) == (None, ())


@pytest.mark.parametrize("button", [action for action, *_ in FORMS[1:]])
def test_without_anything_to_choose_the_form_says_who_can_add_it(desk: Desk, button: Action) -> None:
    registered(desk)

    assert field_names(opened(desk, button)) == []
    assert "A steward can add them" in spoken(desk.modal)


def test_each_line_on_a_card_can_be_removed_and_planned_again(planned: Desk) -> None:
    bill, survey, moved, asked = removers(planned)
    assert survey["accessibility_label"].startswith("Remove Ask for feedback: Private customers by Email")
    for remove in (bill, moved, asked):
        press(planned, press_remove, remove)

    assert (draft(planned).contacts, draft(planned).effects, draft(planned).requests) == ((SURVEY,), (), ())
    assert "Removed from CX-2: 6 person-weeks of Data team" in planned.private_reply["text"]
    assert planned.private_reply["replace_original"] is True
    press(planned, press_restore, buttons(planned.private_reply["blocks"])[Action.INITIATIVE_RESTORE_PLANNED])
    assert draft(planned).requests == (request(),)
    assert "Back on CX-2" in planned.private_reply["text"]


def test_a_button_of_an_old_card_removes_what_it_stood_beside(planned: Desk) -> None:
    bill, survey, *_ = removers(planned)
    press(planned, press_remove, bill)
    press(planned, press_remove, bill)
    press(planned, press_remove, survey)

    assert draft(planned).contacts == ()


def test_in_a_modal_the_word_takes_the_place_of_the_card(planned: Desk) -> None:
    bill, *_ = removers(planned)
    planned.body["view"] = {"id": "V7", "type": "modal"}
    press(planned, press_remove, bill)

    assert Action.INITIATIVE_RESTORE_PLANNED in buttons(planned.modal["blocks"])


def test_others_see_what_is_planned_and_no_buttons(planned: Desk, other: Desk) -> None:
    bill, *_ = removers(planned)

    assert set(buttons(accepted(card(other)))) == {Action.PROBLEM_SHOW}
    assert "Send a bill: Private customers by Email" in spoken(accepted(card(other)))
    with pytest.raises(NotAllowed, match="ask Ada Berg"):
        press(other, press_remove, bill)


@pytest.mark.parametrize("one", [BILL, effect(), request(person_weeks=0.1)], ids=["contact", "metric", "people"])
def test_the_value_of_a_button_is_read_back_as_it_was(one: Planned) -> None:
    step = PlannedStep(initiative=7, planned=one)

    assert PlannedStep.model_validate_json(step.model_dump_json()) == step
