import json
import logging
from collections.abc import Sequence
from typing import Any
from unittest.mock import Mock
from urllib.error import URLError
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk.errors import SlackApiError

from handlers.ids import Action, Modal
from handlers.initiatives.starting import start
from handlers.keeping import REPLY_BYTES, fitted, keep_form
from handlers.views.registering import NOTICE
from planning.register import Registers
from tests.handlers.slack import (
    Desk,
    app_for,
    command,
    dispatched,
    drawn,
    field_of,
    interaction,
    light,
    slack_user,
    spoken,
    submitted,
)

SECRET = "Customers wait for their letter"


class Gone(Exception):
    """What a database says that is not there; it quotes what was to be written."""


def no_database(_tenant: str) -> Registers:
    raise Gone(f"cannot insert {SECRET}")


def filled_form(desk: Desk) -> dict[str, Any]:
    start(desk.call())
    return submitted(desk.modal, title="Clearer letters", problem=SECRET, stages=[2])


def submission(desk: Desk, app: App) -> dict[str, Any]:
    answer = dispatched(app, interaction("view_submission", view=filled_form(desk), response_urls=[]))
    assert answer.status == 200
    body: dict[str, Any] = json.loads(answer.body)
    return body


def test_a_form_comes_back_with_all_that_was_typed_when_the_database_is_gone(desk: Desk) -> None:
    answer = submission(desk, app_for(no_database, desk.client, desk.respond))

    assert answer["response_action"] == "update"
    view = drawn(answer["view"])
    assert view["callback_id"] == Modal.REGISTER
    assert view["blocks"][0]["block_id"] == NOTICE
    assert "Not saved. Something went wrong on our side." in spoken(view)
    assert field_of(view, "title")["initial_value"] == "Clearer letters"
    assert field_of(view, "problem")["initial_value"] == SECRET
    assert [option["value"] for option in field_of(view, "stages")["initial_options"]] == ["2"]


def test_a_form_comes_back_when_its_own_listener_fails(desk: Desk) -> None:
    class Breaking:
        """Registers that can be read, and break on writing."""

        reading = desk.registers.reading

        def writing(self) -> Any:
            raise Gone(SECRET)

    answer = submission(desk, app_for(lambda _tenant: Breaking(), desk.client, desk.respond))

    assert field_of(answer["view"], "problem")["initial_value"] == SECRET


def test_the_form_that_came_back_can_be_sent_again(desk: Desk) -> None:
    broken = submission(desk, app_for(no_database, desk.client, desk.respond))["view"]
    mended = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    answer = dispatched(mended, interaction("view_submission", view=submitted(broken), response_urls=[]))

    assert "CX-1 is saved" in spoken(json.loads(answer.body))


def test_the_code_that_a_person_reads_is_in_the_log_and_what_was_typed_is_not(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="handlers.errors"):
        said = spoken(submission(desk, app_for(no_database, desk.client, desk.respond)))
    code = caplog.records[0].getMessage().split("code=")[1].split()[0]

    assert code in said
    assert "Gone" in caplog.text
    assert SECRET not in caplog.text


def test_a_command_that_fails_is_answered_with_what_was_typed(desk: Desk) -> None:
    app = app_for(no_database, desk.client, desk.respond)

    assert dispatched(app, command("new Clearer letters")).status == 200
    assert "/cx new Clearer letters" in spoken(desk.private_reply["blocks"])


def test_a_failure_after_the_modal_was_opened_is_said_in_the_modal(desk: Desk) -> None:
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    dispatched(app, command("edit CX-77"))
    app.listener_runner.listener_executor.shutdown(wait=True)

    assert "CX-77" in spoken(desk.modal)
    assert desk.client.views_update.call_args.kwargs["view_id"] == "V1"


def pressed_in_vain(desk: Desk, surface: str) -> None:
    """Press a button of a modal or of the Home tab that shows what is not there."""
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    button = {"type": "button", "action_id": Action.INITIATIVE_SHOW, "block_id": "b", "value": "77", "action_ts": "1"}
    view = {"id": "VH", "type": surface, "blocks": []}
    press = interaction("block_actions", actions=[button], container={"type": "view", "view_id": "VH"}, view=view)

    assert dispatched(app, press).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)


@pytest.mark.parametrize(("surface", "laid"), [("modal", "views_push"), ("home", "views_open")])
def test_a_failure_after_a_press_is_told_over_what_the_button_stands_in(desk: Desk, surface: str, laid: str) -> None:
    pressed_in_vain(desk, surface)

    told = getattr(desk.client, laid).call_args.kwargs
    assert "CX-77" in spoken(told["view"])
    desk.client.chat_postMessage.assert_not_called()


def test_a_failure_that_slack_lets_nobody_show_any_more_is_told_by_direct_message(desk: Desk) -> None:
    desk.client.views_push.side_effect = SlackApiError("late", Mock(data={"error": "expired_trigger_id"}))  # type: ignore[no-untyped-call]
    pressed_in_vain(desk, "modal")

    told = desk.client.chat_postMessage.call_args.kwargs
    assert told["channel"] == "U0ADA"
    assert "CX-77" in told["text"]


def test_a_home_tab_that_fails_says_so_in_the_tab(desk: Desk) -> None:
    app = app_for(no_database, desk.client, desk.respond)
    event = {"type": "app_home_opened", "user": "U0ADA", "channel": "D1", "tab": "home"}

    assert dispatched(app, told(event)).status == 503
    assert "Something went wrong" in spoken(desk.client.views_publish.call_args.kwargs["view"])


def told(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": "T0HARBOUR",
        "event_id": "Ev1",
        "event_time": 1804000000,
        "event": event,
    }


def test_an_event_that_could_not_be_taken_in_is_left_for_slack_to_send_again(desk: Desk) -> None:
    app = app_for(no_database, desk.client, desk.respond)

    assert dispatched(app, told({"type": "user_change", "user": {"id": "U0ADA"}})).status == 503
    desk.client.chat_postMessage.assert_not_called()


def test_an_event_that_is_refused_is_not_sent_again(desk: Desk) -> None:
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, is_restricted=True)
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    opened = {"type": "app_home_opened", "user": "U0GUEST", "channel": "D1", "tab": "home"}

    assert dispatched(app, told(opened)).status == 200


def test_a_menu_that_fails_offers_nothing(desk: Desk) -> None:
    app = app_for(no_database, desk.client, desk.respond)
    view = {"id": "V1", "type": "modal", "blocks": []}
    body = interaction("block_suggestion", action_id=Action.FIELD, block_id="stages", value="x", view=view)

    assert json.loads(dispatched(app, body).body) == {"options": []}


def test_when_slack_cannot_be_told_the_request_is_still_acknowledged(desk: Desk) -> None:
    desk.respond.side_effect = URLError("refused")
    app = app_for(no_database, desk.client, desk.respond)

    assert dispatched(app, command("mine")).status == 200


def test_a_notice_replaces_the_one_before(desk: Desk) -> None:
    first = keep_form(filled_form(desk), "One thing.")
    second = keep_form(submitted(first), "Another.")

    assert [block["block_id"] for block in second["blocks"]].count(NOTICE) == 1
    assert "One thing." not in spoken(second)


def test_a_form_too_heavy_for_a_reply_leaves_to_slack_what_slack_keeps(desk: Desk) -> None:
    heavy = keep_form(filled_form(desk), "Not saved.")
    field = heavy["blocks"][2]["element"]
    lightened = fitted(
        {**heavy, "blocks": [{**heavy["blocks"][2], "element": {**field, "initial_value": "🎉" * 9000}}]}
    )

    assert len("🎉" * 9000) * 12 > REPLY_BYTES
    assert light(lightened)
    assert lightened["blocks"][0]["element"]["action_id"] == field["action_id"]


def test_over_http_the_form_comes_back_as_well(desk: Desk) -> None:
    app = app_for(no_database, desk.client, desk.respond)
    payload = interaction("view_submission", view=filled_form(desk), response_urls=[])
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
    answer = app.dispatch(BoltRequest(body=urlencode({"payload": json.dumps(payload)}), headers=headers))

    assert answer.status == 200
    assert field_of(json.loads(answer.body)["view"], "problem")["initial_value"] == SECRET
