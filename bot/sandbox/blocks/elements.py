"""Buttons, menus, pickers and inputs: their shapes and where each may stand."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.sandbox.blocks.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    IDENTIFIER,
    LISTED_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    SLACK_FILE,
    distinct_options,
    initial_among_offered,
    plain,
    uploaded_picture,
)
from bot.sandbox.blocks.rules import (
    Problem,
    Rule,
    Scene,
    Shape,
    boolean,
    by_type,
    choice,
    exactly_one,
    integer,
    items,
    matching,
    string,
)
from bot.sandbox.errors import Json

MANY = 1000
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


DAY = matching(_is_date, "must be a date in the format YYYY-MM-DD")
HOUR = matching(lambda value: TIME.fullmatch(value) is not None, "must be a time in the format HH:MM")
NUMBER = matching(_is_number, "must be a number")

FIELD: Mapping[str, Rule] = {"action_id": IDENTIFIER, "focus_on_load": boolean, "placeholder": plain(150)}
MENU: Mapping[str, Rule] = {**FIELD, "confirm": CONFIRM}
MULTI: Mapping[str, Rule] = {**MENU, "max_selected_items": integer(1, MANY)}
LISTED: Mapping[str, Rule] = {"action_id": IDENTIFIER, "confirm": CONFIRM, "focus_on_load": boolean}
TYPED: Mapping[str, Rule] = {**FIELD, "dispatch_action_config": DISPATCH_CONFIG}
OFFERS: Mapping[str, Rule] = {"options": items(SELECT_OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)}
OFFERED = (exactly_one("options", "option_groups"), distinct_options, initial_among_offered)
SEARCH: Mapping[str, Rule] = {"min_query_length": integer(0, 3000)}
NAMES = items(string(255, 1), 1, MANY)
NAME = string(255, 1)


def _lengths_fit(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    least, most = value.get("min_length") or 0, value.get("max_length") or 3000
    if least > most:
        yield Problem("min_length must be less than or equal to max_length", at)
    if len(value.get("initial_value") or "") > most:
        yield Problem(f"must be less than {most + 1} characters", f"{at}/initial_value")


def _selection_fits(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    most = value.get("max_selected_items")
    first = (each for name, each in value.items() if name.startswith("initial_"))
    if most and any(each and len(each) > most for each in first):
        yield Problem(f"no more than {most} items allowed", at)


ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        {"text": plain(75)},
        {
            "action_id": IDENTIFIER,
            "url": string(3000),
            "value": string(2000),
            "style": choice("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": Shape(
        {"options": items(OVERFLOW_OPTION, 1, 5)},
        {"action_id": IDENTIFIER, "confirm": CONFIRM},
        (distinct_options,),
    ),
    "static_select": Shape({}, {**MENU, **OFFERS, "initial_option": SELECT_OPTION}, OFFERED),
    "multi_static_select": Shape(
        {}, {**MULTI, **OFFERS, "initial_options": items(SELECT_OPTION, 1, 100)}, (*OFFERED, _selection_fits)
    ),
    "external_select": Shape({}, {**MENU, **SEARCH, "initial_option": SELECT_OPTION}),
    "multi_external_select": Shape(
        {}, {**MULTI, **SEARCH, "initial_options": items(SELECT_OPTION, 1, 100)}, (_selection_fits,)
    ),
    "users_select": Shape({}, {**MENU, "initial_user": NAME}),
    "multi_users_select": Shape({}, {**MULTI, "initial_users": NAMES}, (_selection_fits,)),
    "conversations_select": Shape(
        {},
        {
            **MENU,
            "initial_conversation": NAME,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_conversations_select": Shape(
        {},
        {
            **MULTI,
            "initial_conversations": NAMES,
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
        (_selection_fits,),
    ),
    "channels_select": Shape({}, {**MENU, "initial_channel": NAME, "response_url_enabled": boolean}),
    "multi_channels_select": Shape({}, {**MULTI, "initial_channels": NAMES}, (_selection_fits,)),
    "datepicker": Shape({}, {**MENU, "initial_date": DAY}),
    "timepicker": Shape({}, {**MENU, "initial_time": HOUR, "timezone": string(255)}),
    "datetimepicker": Shape({}, {**LISTED, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "checkboxes": Shape(
        {"options": items(LISTED_OPTION, 1, 10)},
        {**LISTED, "initial_options": items(LISTED_OPTION, 1, 10)},
        (distinct_options, initial_among_offered),
    ),
    "radio_buttons": Shape(
        {"options": items(LISTED_OPTION, 1, 10)},
        {**LISTED, "initial_option": LISTED_OPTION},
        (distinct_options, initial_among_offered),
    ),
    "plain_text_input": Shape(
        {},
        {
            **TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        (_lengths_fit,),
    ),
    "email_text_input": Shape({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": Shape({}, {**TYPED, "initial_value": string(3000)}),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
    ),
    "image": Shape(
        {"alt_text": string(2000)},
        {"image_url": string(3000, 1), "slack_file": SLACK_FILE},
        (exactly_one("image_url", "slack_file"), uploaded_picture),
    ),
}

BUTTONS = frozenset({"button", "overflow"})
SINGLE_MENUS = frozenset(
    {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
)
MULTI_MENUS = frozenset(f"multi_{kind}" for kind in SINGLE_MENUS)
PICKERS = frozenset({"datepicker", "timepicker"})
LISTS = frozenset({"checkboxes", "radio_buttons"})
INPUTS = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})

IN_SECTION = BUTTONS | SINGLE_MENUS | MULTI_MENUS | PICKERS | LISTS | {"image"}
IN_ACTIONS = BUTTONS | SINGLE_MENUS | PICKERS | LISTS | {"datetimepicker"}
IN_INPUT = SINGLE_MENUS | MULTI_MENUS | PICKERS | LISTS | INPUTS | {"datetimepicker"}

ONLY_ON: Mapping[str, frozenset[str]] = {
    "email_text_input": frozenset({"modal"}),
    "url_text_input": frozenset({"modal"}),
    "number_input": frozenset({"modal"}),
    "datetimepicker": frozenset({"modal", "message"}),
}


def element_in(kinds: frozenset[str]) -> Rule:
    """One of these elements, where the surface has it."""

    def is_allowed(kind: str, scene: Scene) -> bool:
        return kind in kinds and scene.surface in ONLY_ON.get(kind, {scene.surface})

    return by_type(ELEMENTS, is_allowed)
