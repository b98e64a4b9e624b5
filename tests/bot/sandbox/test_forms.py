"""What Slack's own form refuses before the app is asked."""

from typing import Any

import pytest

from bot.sandbox.forms import choose_current_conversation, form_faults, form_values
from tests.bot.sandbox.world import Json, field, plain


def asked(kind: str, **more: Any) -> Json:
    return {"type": "input", "block_id": "b", "label": plain("L"), "element": {"type": kind, "action_id": "a", **more}}


def faults(block: Json, state: Json) -> dict[str, str]:
    values = form_values([block], {"b": {"a": state}})
    return form_faults([block], values)


@pytest.mark.parametrize(
    ("kind", "more", "value", "words"),
    [
        ("plain_text_input", {}, "fine", None),
        ("plain_text_input", {"min_length": 5}, "tiny", "at least 5"),
        ("plain_text_input", {"max_length": 3}, "long", "at most 3"),
        ("email_text_input", {}, "ana@acorn", "email"),
        ("email_text_input", {}, "ana@acorn.example", None),
        ("url_text_input", {}, "acorn.example", "https://"),
        ("url_text_input", {}, "https://acorn.example", None),
        ("number_input", {"is_decimal_allowed": False}, "1.5", "whole number"),
        ("number_input", {"is_decimal_allowed": True}, "x", "number"),
        ("number_input", {"is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
        ("number_input", {"is_decimal_allowed": True, "max_value": "2"}, "2.5", "at most 2"),
        ("number_input", {"is_decimal_allowed": True, "max_value": "2"}, "2", None),
    ],
)
def test_a_value_that_does_not_fit_is_named(kind: str, more: Json, value: str, words: str | None) -> None:
    found = faults(asked(kind, **more), {"type": kind, "value": value})

    assert found == {} if words is None else words in found["b"]


def test_more_choices_than_allowed_are_named() -> None:
    block = asked("multi_users_select", max_selected_items=1)

    assert "at most 1" in faults(block, {"type": "multi_users_select", "selected_users": ["U1", "U2"]})["b"]


def test_an_optional_field_may_stay_blank() -> None:
    assert form_faults([field(optional=True)], form_values([field()], {})) == {}


def test_a_state_of_another_type_counts_as_nothing() -> None:
    values = form_values([field()], {"title": {"v": {"type": "users_select", "selected_user": "U1"}}})

    assert values == {"title": {"v": {"type": "plain_text_input", "value": None}}}


@pytest.mark.parametrize(
    ("kind", "first", "expected"),
    [
        ("conversations_select", "initial_conversation", "C1"),
        ("multi_conversations_select", "initial_conversations", ["C1"]),
    ],
)
def test_a_menu_may_begin_with_the_conversation_one_came_from(kind: str, first: str, expected: int) -> None:
    block = asked(kind, default_to_current_conversation=True)

    choose_current_conversation([block], "C1")

    assert block["element"][first] == expected
