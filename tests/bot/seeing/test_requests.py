"""Each line of the log about a request says which, without saying anything of it."""

from typing import Any

import pytest

from bot.seeing.requests import OTHER, about, key_of, kind_of

COMMAND = {"command": "/cx", "text": "find harbour", "trigger_id": "1.2.abc", "user_id": "U1", "team_id": "T1"}
CLICK = {
    "type": "block_actions",
    "trigger_id": "1.2.def",
    "user": {"id": "U1", "name": "ada"},
    "team": {"id": "T1", "domain": "harbour"},
    "actions": [{"action_id": "go", "action_ts": "170.1", "value": "harbour"}],
}
CLOSED = {"type": "view_closed", "user": {"id": "U1"}, "team": None, "view": {"id": "V1", "hash": "1.a"}}
EVENT = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "app_home_opened"}}


@pytest.mark.parametrize(
    "body", [COMMAND, CLICK, CLOSED, EVENT, {}], ids=["command", "click", "closed", "event", "none"]
)
def test_the_same_request_has_the_same_key_and_nothing_of_its_content(body: dict[str, Any]) -> None:
    told = about(body)

    assert told == about({**body, "text": "other words"})
    assert "harbour" not in str(told)
    assert "1.2." not in str(told)


def test_two_requests_of_a_person_have_different_keys() -> None:
    assert key_of(COMMAND) != key_of({**COMMAND, "trigger_id": "1.3.abc"})
    assert key_of(CLICK) != key_of({**CLICK, "actions": [{"action_ts": "170.2"}], "trigger_id": "1.4.x"})


def test_kinds_come_from_a_closed_set() -> None:
    assert [kind_of(body) for body in (COMMAND, CLICK, EVENT)] == ["slash_command", "block_actions", "event_callback"]
    assert kind_of({"type": "typed by somebody"}) == OTHER


def test_what_is_no_id_is_left_out() -> None:
    assert about({**COMMAND, "user_id": "not an id"})["user"] == ""
