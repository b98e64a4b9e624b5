import json
from typing import Any

import pytest

from handlers.agreement.polls import press_answer, press_call_off, press_close, press_result, submit_answer
from handlers.ids import Modal
from planning.agreement.answers import NamedStages
from planning.agreement.closing import call_off
from planning.agreement.values import Poll
from planning.errors import AlreadyDone, NotAllowed, NotFound
from tests.builders import at
from tests.handlers.agreement.asked import desk_of, round_of, sam_at
from tests.handlers.slack import Desk, app_for, dispatched, drawn, field_of, interaction, spoken, submitted

STAGES = ["Join", "Use", "Renew"]


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward, who has begun a round."""
    sam = sam_at(desk)
    round_of(sam)
    return sam


def opened(desk: Desk, invitation: int = 1) -> dict[str, Any]:
    press_answer(desk.ack, desk.body, {"value": str(invitation)}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], names: list[str]) -> None:
    submit_answer(desk.ack, submitted(view, names="\n".join(names)), desk.registers, desk.actor, desk.now)


def answered(desk: Desk, invitation: int, names: list[str]) -> None:
    somebody, _ = desk_of(desk, invitation)
    submit(somebody, opened(somebody, invitation), names)


def ended(desk: Desk, listener: Any, **more: Any) -> str:
    listener(
        desk.ack,
        desk.body,
        {"value": "1"},
        desk.client,
        desk.registers,
        desk.actor,
        desk.now,
        respond=desk.respond,
        **more,
    )
    return spoken(desk.private_reply["blocks"])


def look(desk: Desk) -> str:
    press_result(desk.ack, desk.body, {"value": "1"}, desk.client, desk.registers, desk.actor, desk.respond)
    return spoken(desk.private_reply["blocks"])


def the_poll(desk: Desk) -> Poll:
    with desk.registers.reading() as register:
        return register.polls.by_id(1)


def test_the_form_is_empty_and_shows_no_stage_of_the_journey(sam: Desk) -> None:
    somebody, _ = desk_of(sam, 1)
    view = opened(somebody)

    assert "initial_value" not in field_of(view, "names")
    assert not any(stage in spoken(view) for stage in STAGES)


def test_the_answer_is_kept_and_shown_again_to_the_one_who_gave_it(sam: Desk) -> None:
    answered(sam, 1, STAGES)
    somebody, invitation = desk_of(sam, 1)

    assert invitation.answer == NamedStages(names=tuple(STAGES))
    assert "You can change your answer until Monday 8 March 2027, 17:00" in spoken(somebody.shown)
    assert field_of(opened(somebody), "names")["initial_value"] == "\n".join(STAGES)


def test_nobody_opens_the_form_of_somebody_else(sam: Desk) -> None:
    answered(sam, 1, STAGES)
    second, _ = desk_of(sam, 2)

    for curious in (sam, second):
        with pytest.raises(NotAllowed, match="somebody else"):
            opened(curious)


def test_a_name_given_twice_is_told_at_the_field(sam: Desk) -> None:
    answered(sam, 1, ["Join", "join"])

    assert "is there twice" in sam.errors["names"]


def test_what_comes_after_the_end_is_refused_and_stays_in_the_form(sam: Desk) -> None:
    somebody, _ = desk_of(sam, 1)
    view = submitted(opened(somebody), names="\n".join(STAGES))
    with sam.registers.writing() as register:
        call_off(register, 1, sam.actor, at(1))
    app = app_for(lambda _team: sam.registers, sam.client, sam.respond)
    reply = dispatched(app, interaction("view_submission", str(somebody.actor.slack_id), view=view))

    again = drawn(json.loads(reply.body)["view"])
    assert again["callback_id"] == Modal.POLL_ANSWER
    assert "Not saved. This round closed on 2 March 2027" in spoken(again)
    assert field_of(again, "names")["initial_value"] == "\n".join(STAGES)
    with pytest.raises(AlreadyDone):
        opened(somebody)


def test_the_steward_closes_it_and_sees_what_came_of_it_and_not_who_said_what(sam: Desk) -> None:
    for number in (1, 2, 3):
        answered(sam, number, STAGES)
    shown = ended(sam, press_close, encoder=sam.encoder)

    assert "3 of 6 people answered" in shown
    assert "1. Join" in shown
    with sam.registers.reading() as register:
        names = [register.people.by_id(one.person).name for one in register.polls.invitations(1)]
    assert not any(name in shown for name in names)


def test_calling_it_off_leaves_nothing_to_show(sam: Desk) -> None:
    shown = ended(sam, press_call_off)

    assert "Nobody has been asked yet" in shown
    assert (the_poll(sam).open, the_poll(sam).result) == (False, None)
    with pytest.raises(NotFound, match="called off"):
        look(sam)


def test_leads_see_what_came_of_it_without_the_button_of_the_steward(sam: Desk, other: Desk) -> None:
    for number in (1, 2, 3):
        answered(sam, number, STAGES)
    ended(sam, press_close, encoder=sam.encoder)
    assert "Make this the journey" in look(sam)
    assert "Make this the journey" not in look(other)


def test_others_are_told_whom_to_ask(sam: Desk) -> None:
    with sam.registers.writing() as register:
        nora = register.people.add("Nora", slack_id="U0NORA")
    with pytest.raises(NotAllowed, match="Leads, executives and stewards"):
        look(Desk(sam.registers, nora))
