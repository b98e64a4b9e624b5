from typing import Any

import pytest

from handlers.ids import Action
from handlers.initiatives.contacts import press_remove_contact, press_restore_contact
from handlers.initiatives.showing import show
from handlers.views.text import Message
from planning.errors import NotAllowed
from planning.initiatives.values import Contact, Intent
from tests.builders import contact
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import accepted, elements

BILL, SURVEY = contact(intent=Intent.BILL), contact(intent=Intent.SURVEY)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """CX-1 plans to send a bill and to ask for feedback."""
    registered(desk, contacts=(BILL, SURVEY))
    desk.body["container"] = {"type": "message", "is_ephemeral": True}
    return desk


def card(desk: Desk) -> Message:
    message = show(desk.call("CX-1"))
    assert accepted(message)
    return message


def removers(desk: Desk) -> list[dict[str, Any]]:
    """The buttons of the contacts on the card, in order."""
    return [one for one in elements(card(desk), "button") if one["action_id"] == Action.INITIATIVE_REMOVE_CONTACT]


def press(desk: Desk, listener: Any, action: dict[str, Any]) -> None:
    listener(desk.ack, desk.body, action, desk.client, desk.respond, desk.registers, desk.actor, desk.now)


def contacts(desk: Desk) -> tuple[Contact, ...]:
    return on_record(desk).draft.contacts


def test_each_contact_on_a_card_can_be_removed_and_planned_again(planned: Desk) -> None:
    bill, survey = removers(planned)
    assert survey["accessibility_label"].startswith("Remove Ask for feedback: Private customers by Email")
    press(planned, press_remove_contact, bill)

    assert contacts(planned) == (SURVEY,)
    assert "CX-1 no longer plans this contact. Send a bill: Private" in planned.private_reply["text"]
    assert planned.private_reply["replace_original"] is True
    press(planned, press_restore_contact, buttons(planned.private_reply["blocks"])[Action.INITIATIVE_RESTORE_CONTACT])
    assert contacts(planned) == (SURVEY, BILL)
    assert "plans this contact again" in planned.private_reply["text"]


def test_a_button_of_an_old_card_removes_what_it_stood_beside(planned: Desk) -> None:
    bill, survey = removers(planned)
    press(planned, press_remove_contact, bill)
    press(planned, press_remove_contact, bill)
    press(planned, press_remove_contact, survey)

    assert contacts(planned) == ()


def test_in_a_modal_the_word_takes_the_place_of_the_card(planned: Desk) -> None:
    (bill, _), planned.body["view"] = removers(planned), {"id": "V7", "type": "modal"}
    press(planned, press_remove_contact, bill)

    assert Action.INITIATIVE_RESTORE_CONTACT in buttons(planned.modal["blocks"])


def test_others_see_the_contacts_and_no_buttons(planned: Desk, other: Desk) -> None:
    (bill, _) = removers(planned)

    assert buttons(accepted(card(other))) == {}
    assert "Send a bill: Private customers by Email" in spoken(accepted(card(other)))
    with pytest.raises(NotAllowed, match="ask Ada Berg"):
        press(other, press_remove_contact, bill)
