import json
from dataclasses import replace
from typing import Any

import pytest

from handlers.agreement.hub import show_agreement
from handlers.agreement.ratification import (
    draw_card,
    press_agree,
    press_answer,
    press_ask,
    press_ratify,
    submit_ratify,
    submit_stances,
)
from handlers.ids import Action
from handlers.views.agreement.ratification import Asked
from handlers.views.agreement.ratification_forms import AGREE, OBJECT
from planning.agreement.consulting import ask_departments
from planning.agreement.ratifying import Unread, take_stances
from planning.errors import NotAllowed, PlanningError
from tests.bot.sandbox.world import until
from tests.builders import NOW, at, lead
from tests.handlers.agreement.asked import sam_at
from tests.handlers.slack import Desk, app_for, buttons, dispatched, drawn, field_of, interaction, spoken, submitted
from tests.handlers.views.limits import accepted, elements, words

ADA = lead(1, id=1)
ALL_AGREE = {"stance_1": AGREE, "stance_2": AGREE, "stance_3": AGREE}
ONE_OBJECTS = {**ALL_AGREE, "stance_3": OBJECT}


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward, who has asked the departments of Ada and Bo."""
    sam = sam_at(desk)
    with sam.registers.writing() as register:
        ask_departments(register, sam.actor, NOW)
    return sam


def value(department: int) -> dict[str, str]:
    return {"value": Asked(ratification=1, department=department).model_dump_json()}


def opened(desk: Desk, department: int = 2) -> dict[str, Any]:
    press_answer(desk.ack, desk.body, value(department), desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    submit_stances(desk.ack, submitted(view, **typed), desk.registers, desk.actor, desk.now)


def agree(desk: Desk, department: int) -> None:
    press_agree(desk.ack, desk.body, value(department), desk.client, desk.registers, desk.actor, desk.now, desk.respond)


def card(desk: Desk, department: int) -> str:
    with desk.registers.reading() as register:
        return words(draw_card(register, 1, department))


def ratify_form(desk: Desk) -> dict[str, Any]:
    press_ratify(desk.ack, desk.body, {"value": "1"}, desk.client, desk.registers, desk.actor)
    return desk.modal


def ratified(desk: Desk, view: dict[str, Any]) -> str:
    submit_ratify(desk.ack, submitted(view), desk.registers, desk.actor, lambda: at(1))
    return spoken(desk.shown)


def hub_buttons(desk: Desk) -> set[str]:
    return {element["action_id"] for element in elements(show_agreement(desk.call()), "button")}


def test_the_steward_asks_and_hears_how_many_were_asked(desk: Desk) -> None:
    sam = sam_at(desk)
    press_ask(sam.ack, sam.body, sam.client, sam.registers, sam.actor, sam.now, sam.respond)
    assert "2 leads got the question just now." in spoken(sam.private_reply["blocks"])
    press_ask(sam.ack, sam.body, sam.client, sam.registers, sam.actor, sam.now, sam.respond)
    assert "Every lead has the question already." in spoken(sam.private_reply["blocks"])


def test_one_press_agrees_to_all_and_every_card_shows_it(sam: Desk, desk: Desk) -> None:
    agree(desk, 1)

    assert "Marketing agrees." in card(desk, 1)
    assert "1 of 2 departments agree. Not answered yet: Service." in card(desk, 2)


def test_the_card_numbers_the_stages_and_the_hub_counts_once(sam: Desk, desk: Desk) -> None:
    agree(desk, 1)
    shown = words(show_agreement(desk.call()))

    assert "2. Use" in card(desk, 1)
    assert shown.count("1 of 2") == 1
    assert "Not answered yet: Service." in shown


def test_nobody_has_agreed_before_they_say_so(sam: Desk, other: Desk) -> None:
    assert "initial_option" not in field_of(opened(other), "stance_1")


def test_an_objection_and_its_reason_are_shown_to_all(sam: Desk, other: Desk) -> None:
    submit(other, opened(other), **ONE_OBJECTS, reason_3="Nobody says when it begins.")

    assert "Your objections are noted" in spoken(other.shown)
    assert "Service objects to “Renew”: \nNobody says when it begins." in card(sam, 1)
    assert field_of(opened(other), "reason_3")["initial_value"] == "Nobody says when it begins."


def test_what_the_other_lead_objects_to_meanwhile_is_shown_before_it_is_replaced(sam: Desk, other: Desk) -> None:
    view = opened(other)
    with sam.registers.writing() as register:
        lin = register.people.add("Lin", slack_id="U0LIN", department=2, roles=ADA.roles)
        take_stances(register, 1, 2, {1: "Too early."}, lin, NOW)
    with pytest.raises(Unread, match="Lin has objected for Service meanwhile"):
        agree(other, 2)
    submit(other, view, **ONE_OBJECTS, reason_3="Too vague.")

    assert "Not noted yet. Lin has objected for Service meanwhile. “Join”: Too early." in spoken(other.shown)
    submit(other, other.shown, **ONE_OBJECTS, reason_3="Too vague.")
    assert "Service objects to “Renew”: \nToo vague." in card(sam, 1)


def test_the_button_of_a_card_that_shows_the_objection_replaces_it(sam: Desk, other: Desk) -> None:
    with sam.registers.writing() as register:
        lin = register.people.add("Lin", slack_id="U0LIN", department=2, roles=ADA.roles)
        take_stances(register, 1, 2, {1: "Too early."}, lin, NOW)
    button = card_buttons(other, 2)[Action.RATIFICATION_AGREE]
    press_agree(other.ack, other.body, button, other.client, other.registers, other.actor, other.now, other.respond)

    assert "Service agrees." in card(sam, 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (ONE_OBJECTS, "reason_3"),
        ({**ALL_AGREE, "reason_1": "Too vague."}, "reason_1"),
        ({**ALL_AGREE, "stance_2": None}, "stance_2"),
    ],
    ids=["no reason", "reason without objection", "not chosen"],
)
def test_what_does_not_fit_is_told_at_its_field(sam: Desk, other: Desk, typed: dict[str, Any], field: str) -> None:
    submit(other, opened(other), **typed)

    assert list(other.errors) == [field]


def test_only_the_leads_of_the_department_answer(sam: Desk, desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Ask Bo Lind"):
        opened(desk, department=2)
    with pytest.raises(NotAllowed, match="Ask Bo Lind"):
        agree(desk, 2)


def test_the_steward_ratifies_plainly_what_all_agree_to(sam: Desk, desk: Desk, other: Desk) -> None:
    agree(desk, 1)
    agree(other, 2)
    view = ratify_form(sam)

    assert view["submit"]["text"] == "Ratify"
    assert "Ratified on 2 March 2027." in ratified(sam, view)
    assert "Ratified on 2 March 2027." in ratified(sam, view)
    assert "say for Marketing" not in card(desk, 1)
    assert "The journey is ratified." in card(desk, 1)
    assert Action.RATIFICATION_AGREE not in card_buttons(desk)


def card_buttons(desk: Desk, department: int = 1) -> dict[str, Any]:
    with desk.registers.reading() as register:
        return buttons(draw_card(register, 1, department).arguments()["blocks"])


def test_over_an_objection_the_form_names_it_and_the_record_says_so(sam: Desk, other: Desk) -> None:
    submit(other, opened(other), **ONE_OBJECTS, reason_3="Too vague.")
    view = ratify_form(sam)

    assert view["submit"]["text"] == "Ratify anyway"
    assert "Service objects to “Renew”: \nToo vague." in spoken(view)
    assert "over 1 objection" in ratified(sam, view)
    assert "Ratified on 2 March 2027 over 1 objection." in words(show_agreement(other.call()))


def test_what_was_said_meanwhile_is_shown_before_it_is_ratified(sam: Desk, desk: Desk) -> None:
    agree(desk, 1)
    view = ratify_form(sam)
    with sam.registers.writing() as register:
        take_stances(register, 1, 1, {1: "Not so fast."}, ADA, at(0.5))

    assert "somebody has answered meanwhile" in ratified(sam, view)
    assert "Not so fast." in spoken(sam.shown)
    assert "over 1 objection" in ratified(sam, sam.shown)


def test_nothing_is_ratified_that_nobody_has_answered(sam: Desk) -> None:
    with pytest.raises(PlanningError, match="Wait for the first"):
        ratify_form(sam)


def test_the_hub_offers_each_what_they_can_do(sam: Desk, desk: Desk) -> None:
    assert {Action.RATIFICATION_AGREE, Action.RATIFICATION_ANSWER} <= hub_buttons(desk)
    assert Action.RATIFICATION_ASK not in hub_buttons(desk)
    assert hub_buttons(sam) >= {Action.RATIFICATION_ASK}
    assert Action.RATIFICATION_RATIFY not in hub_buttons(sam)
    agree(desk, 1)
    assert Action.RATIFICATION_RATIFY in hub_buttons(sam)


def test_pressed_on_a_private_copy_the_card_takes_its_place(sam: Desk, desk: Desk) -> None:
    private = replace(desk, body={**desk.body, "container": {"is_ephemeral": True}})
    agree(private, 1)

    assert private.private_reply["replace_original"] is True
    assert "Marketing agrees." in spoken(private.private_reply["blocks"])


def test_a_stage_that_changed_offers_to_ask_again(sam: Desk, desk: Desk) -> None:
    agree(desk, 1)
    with sam.registers.writing() as register:
        register.journeys.retire_stage(3)
    shown = show_agreement(sam.call())

    assert "“Renew” was taken out" in words(shown)
    assert Action.RATIFICATION_RATIFY not in hub_buttons(sam)
    accepted(shown)


def test_an_answer_that_comes_after_the_ratification_stays_in_the_form(sam: Desk, desk: Desk, other: Desk) -> None:
    agree(desk, 1)
    view = submitted(opened(other), **ONE_OBJECTS, reason_3="Too late.")
    ratified(sam, ratify_form(sam))
    app = app_for(lambda _team: other.registers, other.client, other.respond)
    reply = dispatched(app, interaction("view_submission", "U0BO", view=view))

    again = drawn(json.loads(reply.body)["view"])
    assert "Not saved. Sam Steward has ratified the journey already." in spoken(again)
    assert field_of(again, "reason_3")["initial_value"] == "Too late."


def test_a_press_on_the_card_reaches_the_listener(sam: Desk, desk: Desk) -> None:
    app = app_for(lambda _team: desk.registers, desk.client, desk.respond)
    press = {"action_id": Action.RATIFICATION_AGREE, "block_id": "b", "type": "button", **value(1)}
    reply = dispatched(app, interaction("block_actions", "U0ADA", actions=[press], container={"type": "message"}))

    assert reply.status == 200
    until(lambda: "Marketing agrees." in card(desk, 1))
