import json

import pytest

from handlers.ids import Action
from handlers.initiatives.showing import (
    choose_status,
    press_leave,
    press_show,
    press_undo,
    press_withdraw,
    show,
    status,
    withdraw,
)
from handlers.views.text import Message
from planning.errors import NotAllowed, NotFound
from planning.findings.values import Choice
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Status
from tests.builders import NOW, draft
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, buttons, drawn, spoken
from tests.handlers.views.limits import accepted

PROBLEM = "Customers call twice because the letter does not say what to do."


def said(message: Message) -> str:
    return spoken(accepted(message))


def undo_value(message: Message) -> str:
    return str(buttons(accepted(message))[Action.INITIATIVE_UNDO]["value"])


def press(desk: Desk, listener: object, action: dict[str, object]) -> None:
    assert callable(listener)
    listener(desk.ack, desk.body, action, desk.client, desk.respond, desk.registers, desk.actor, desk.now)


def test_a_card_shows_what_is_registered_and_the_buttons_of_those_who_may(desk: Desk) -> None:
    registered(desk, stages=(1,))
    card = show(desk.call("CX-1"))

    assert "Department: \nMarketing" in said(card)
    assert "Stages: \nJoin" in said(card)
    assert buttons(accepted(card)).keys() == {
        Action.INITIATIVE_EDIT,
        Action.INITIATIVE_ADD_CONTACT,
        Action.INITIATIVE_ADD_EFFECT,
        Action.INITIATIVE_ADD_REQUEST,
        Action.INITIATIVE_SERVE,
        Action.INITIATIVE_SET_STATUS,
        Action.INITIATIVE_WITHDRAW,
    }


def test_others_see_the_card_without_buttons(desk: Desk, other: Desk) -> None:
    registered(desk)

    assert buttons(accepted(show(other.call("cx1")))) == {}


def test_a_card_counts_the_open_overlaps(desk: Desk, other: Desk) -> None:
    registered(desk, problem=PROBLEM, stages=(2,))
    registered(other, problem=PROBLEM, stages=(2,))

    assert "Open overlaps: \n1; type /cx overlaps CX-1 to see it" in said(show(desk.call("1")))


@pytest.mark.parametrize("text", ["", "nonsense", "CX-", "<!channel>", "12345678901234567890"])
def test_a_missing_reference_says_how_to_give_one(desk: Desk, text: str) -> None:
    with pytest.raises(NotFound, match="/cx mine"):
        show(desk.call(text))


def test_an_unknown_reference_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(NotFound, match="CX-77"):
        show(desk.call("CX-77"))


def test_a_status_is_changed_by_its_word_and_undone_by_the_button(desk: Desk) -> None:
    registered(desk)
    message = status(desk.call("CX-1 Activ"))

    assert on_record(desk).draft.status is Status.ACTIVE
    press(desk, press_undo, {"value": undo_value(message)})
    assert on_record(desk).draft.status is Status.PLANNED


def test_without_a_word_the_status_is_asked_for(desk: Desk) -> None:
    registered(desk)
    menu = buttons(accepted(status(desk.call("1"))))[Action.INITIATIVE_SET_STATUS]

    assert [option["text"]["text"] for option in menu["options"]] == ["Idea", "Active", "Paused", "Done", "Cancelled"]
    press(desk, choose_status, {"selected_option": menu["options"][1]})
    assert on_record(desk).draft.status is Status.ACTIVE


def test_an_unknown_status_lists_the_words(desk: Desk) -> None:
    registered(desk)

    with pytest.raises(NotFound, match="idea, planned, active, paused, done, cancelled"):
        status(desk.call("1 quux"))


def test_withdrawing_can_be_undone(desk: Desk) -> None:
    registered(desk, status=Status.ACTIVE)
    message = withdraw(desk.call("CX-1"))

    assert on_record(desk).draft.status is Status.CANCELLED
    assert json.loads(undo_value(message)) == {"initiative": 1, "status": "active"}


def test_who_may_not_is_told_whom_to_ask(desk: Desk, other: Desk) -> None:
    registered(desk)

    with pytest.raises(NotAllowed, match="Ada Berg"):
        withdraw(other.call("CX-1"))


def test_a_button_of_a_private_card_replaces_it(desk: Desk) -> None:
    registered(desk)
    desk.body["container"] = {"type": "message", "is_ephemeral": True}
    press(desk, press_withdraw, {"value": "1"})

    assert desk.private_reply["replace_original"] is True
    assert "withdrawn" in desk.private_reply["text"]


def test_the_card_does_not_replace_the_list_that_it_was_opened_from(desk: Desk) -> None:
    registered(desk)
    desk.body["container"] = {"type": "message", "is_ephemeral": True}
    press(desk, press_show, {"value": "1"})

    assert desk.private_reply["replace_original"] is False


def test_over_the_home_tab_the_card_is_a_modal(desk: Desk) -> None:
    registered(desk)
    desk.body["view"] = {"id": "VH", "type": "home"}
    press(desk, press_show, {"value": "1"})

    assert "Clearer letters" in spoken(drawn(desk.client.views_open.call_args.kwargs["view"]))


def test_in_a_modal_the_card_takes_its_place(desk: Desk) -> None:
    registered(desk)
    desk.body["view"] = {"id": "V7", "type": "modal"}
    press(desk, press_show, {"value": "1"})

    assert desk.client.views_update.call_args.kwargs["view_id"] == "V7"
    assert "Clearer letters" in spoken(desk.modal)


def test_a_join_is_taken_back(desk: Desk, other: Desk) -> None:
    registered(other)
    with desk.registers.writing() as register:
        vector = desk.encoder.encode(["letter"])[0]
        register_initiative(register, draft(), vector, {1: Choice.JOIN}, desk.actor, NOW)
    assert Action.INITIATIVE_LEAVE in buttons(accepted(show(desk.call("2"))))

    press(desk, press_leave, {"value": "2"})
    assert on_record(desk, 2).joined is None
    assert "on its own again" in desk.private_reply["text"]


def test_the_status_of_anothers_initiative_is_told_and_not_asked_for(desk: Desk, other: Desk) -> None:
    registered(other)
    told = status(desk.call("1"))

    assert "is planned. Its owner and the leads of its department can change that." in said(told)
    assert buttons(accepted(told)).keys() == {Action.INITIATIVE_SHOW}


def test_what_is_withdrawn_already_is_called_so(desk: Desk) -> None:
    registered(desk, status=Status.CANCELLED)

    assert "CX-1 is withdrawn already." in said(withdraw(desk.call("1")))
