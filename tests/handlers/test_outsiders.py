"""Who does not belong to the workspace presses nothing, whatever the button or form."""

import json
from typing import Any

import pytest

from handlers.context import NOT_A_PERSON, NOT_FOR_GUESTS, NOT_OURS
from handlers.ids import Action, Modal
from planning.findings.values import Finding
from planning.register import Registers
from tests.builders import NOW, draft, found, vector
from tests.handlers.slack import TEAM, Desk, app_for, dispatched, interaction, slack_user, spoken

BUTTONS = [one for one in Action if one not in (Action.FIELD, Action.OPEN_LINK)]
FORMS = [one for one in Modal if one not in (Modal.LOADING, Modal.TOLD)]
STRANGERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"is_stranger": True, "team_id": "T0OTHER"}, NOT_OURS),
    ({"is_restricted": True}, NOT_FOR_GUESTS),
    ({"is_bot": True}, NOT_A_PERSON),
)


@pytest.fixture
def stranger(desk: Desk) -> Desk:
    """A Slack in which CX-1 and CX-2 overlap, and U0OUT has not been met."""
    with desk.registers.writing() as register:
        for number in (1, 2):
            register.initiatives.add(draft(department=number), vector(number), NOW)
        register.findings.add(found(), NOW)
    return desk


def refused(desk: Desk, bodies: list[dict[str, Any]], stranger: dict[str, Any], refusal: str) -> None:
    """Each is answered with the refusal, and none has changed anything."""
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, **stranger)
    before = standing(desk.registers)
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    for body in bodies:
        desk.respond.reset_mock()
        desk.client.chat_postMessage.reset_mock()
        answer = dispatched(app, body)
        assert answer.status == 200
        assert refusal in f"{spoken(json.loads(answer.body or '{}'))}{said(desk)}", body
    assert standing(desk.registers) == before


def said(desk: Desk) -> str:
    calls = [*desk.respond.call_args_list, *desk.client.chat_postMessage.call_args_list]
    return "".join(spoken(call.kwargs) for call in calls)


def standing(registers: Registers) -> tuple[list[Finding], int]:
    with registers.reading() as register:
        return register.findings.standing(), len([*register.audit.since(None)])


@pytest.mark.parametrize(("fields", "refusal"), STRANGERS, ids=["outsider", "guest", "bot"])
def test_no_button_works_for_who_does_not_belong_here(stranger: Desk, fields: dict[str, Any], refusal: str) -> None:
    presses = [pressed(button) for button in BUTTONS]

    refused(stranger, presses, fields, refusal)


@pytest.mark.parametrize(("fields", "refusal"), STRANGERS, ids=["outsider", "guest", "bot"])
def test_no_form_works_for_who_does_not_belong_here(stranger: Desk, fields: dict[str, Any], refusal: str) -> None:
    refused(stranger, [filled(form) for form in FORMS], fields, refusal)


def pressed(button: Action) -> dict[str, Any]:
    action = {"type": "button", "action_id": button, "block_id": "b", "value": "1", "action_ts": "1"}
    place = {"type": "message", "is_ephemeral": False}
    hook = "https://hooks.slack.test/r/1"
    return interaction("block_actions", user="U0OUT", actions=[action], container=place, response_url=hook)


def filled(form: Modal) -> dict[str, Any]:
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": form,
        "title": {"type": "plain_text", "text": "Form"},
        "blocks": [],
        "private_metadata": json.dumps({"finding": 1}),
        "state": {"values": {}},
        "team_id": TEAM,
    }
    return interaction("view_submission", user="U0OUT", view=view, response_urls=[])
