"""What has no shape of Slack's is given to no listener."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from slack_bolt import Ack, BoltRequest

from handlers.shapes import ShapedApp, misshapen
from tests.handlers.slack import authorized, command, interaction
from tests.shared_data import shared_data

VIEW = {"id": "V1", "type": "modal", "blocks": []}
BUTTON = {"type": "button", "action_id": "a", "block_id": "b", "value": "1", "action_ts": "1"}
EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event_time": 1}
EMPTY = {"type": "static_select", "selected_option": None}


def submission(**element: Any) -> dict[str, Any]:
    """A modal with one field."""
    return interaction("view_submission", view={**VIEW, "state": {"values": {"field": {"it": element}}}})


@pytest.mark.parametrize(
    "body",
    [
        command("find letters"),
        interaction("block_actions", actions=[BUTTON]),
        interaction("view_submission", view=VIEW),
        submission(**EMPTY),
        submission(type="plain_text_input", value=None),
        submission(type="number_input"),
        submission(type="an_element_of_next_year", answer=[1]),
        interaction("shortcut", callback_id="c"),
        {**interaction("shortcut", callback_id="c"), "team": None},
        interaction("block_actions", actions=[BUTTON], view={"id": "V1", "type": "home", "state": None}),
        interaction("block_suggestion", action_id="a", block_id="b", value="x", view={"id": "V1", "type": "modal"}),
        interaction("message_action", callback_id="c", channel={"id": "C1"}, message={"ts": "1.2", "text": None}),
        {**interaction("shortcut", callback_id="c"), "added_next_year": {"a": 1}},
        {**EVENT, "event": {"type": "app_home_opened", "user": "U1", "tab": "home"}},
        {**EVENT, "event": {"type": "an_event_of_next_year", "user": {"id": 1}}},
        {"type": "a_kind_of_next_year", "actions": {}},
        {},
    ],
)
def test_what_slack_may_send_has_its_shape(body: dict[str, Any]) -> None:
    assert misshapen(body) == ""


def test_every_payload_that_slack_describes_has_its_shape() -> None:
    shapes = json.loads(shared_data("E1_slack_payload_shapes.json").read_text())
    bodies = [with_blocks(body) for body in [*shapes["events"].values(), *shapes["app_backend"].values()]]

    assert {body["type"]: place for body in bodies if (place := misshapen(body))} == {}


def with_blocks(body: Mapping[str, Any]) -> dict[str, Any]:
    """Slack's description leaves out the blocks of views, and says that events are `event_callback`."""
    views = {"view": {**body["view"], "blocks": []}} if "view" in body else {}
    kind = {"type": "event_callback"} if "event" in body else {"type": body.get("type")}
    return {**body, **kind, **views}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({**command("find"), "text": 7}, "text"),
        ({**command("find"), "type": "event_callback", "user_id": 7}, "user_id"),
        ({"type": "block_suggestion", "team": {"id": "T1"}}, "user"),
        (interaction("block_actions", actions=None), "actions"),
        (interaction("block_actions", actions=[]), "actions"),
        (interaction("block_actions", actions=[{**BUTTON, "value": []}]), "actions.0.value"),
        ({**interaction("shortcut", callback_id="c"), "user": {"id": ["U1"]}}, "user.id"),
        ({**interaction("shortcut", callback_id="c"), "team": {"id": 7}}, "team.id"),
        (interaction("view_submission", view=None), "view"),
        (interaction("view_submission", view={"id": "V1", "type": "modal"}), "view.blocks"),
        (submission(type="static_select", selected_option={}), "view.state.values.field.it.selected_option.text"),
        (submission(type="users_select", selected_user=5), "view.state.values.field.it.selected_user"),
        ({**EVENT, "event": {}}, "event.type"),
        ({**EVENT, "event": {"type": "app_home_opened"}}, "event.user"),
        ({**EVENT, "event": {"type": "user_change", "user": "U1"}}, "event.user"),
    ],
)
def test_what_slack_never_sends_is_told_by_its_place(body: dict[str, Any], place: str) -> None:
    assert misshapen(body) == place


def test_what_has_no_shape_reaches_nobody_and_its_words_no_log(caplog: pytest.LogCaptureFixture) -> None:
    came = list[str]()

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        came.append(body["text"])

    app = ShapedApp(authorize=authorized, request_verification_enabled=False, token_verification_enabled=False)
    app.command("/cx")(listen)
    with caplog.at_level(logging.WARNING):
        answers = [
            app.dispatch(BoltRequest(mode="socket_mode", body=body))
            for body in (command("a secret"), {**command("a secret"), "trigger_id": None})
        ]

    assert [answer.status for answer in answers] == [200, 400]
    assert came == ["a secret"]
    assert "place=trigger_id" in caplog.text
    assert "a secret" not in caplog.text
