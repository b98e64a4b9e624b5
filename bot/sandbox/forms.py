"""What a person typed and chose: its shape, its first values, its faults."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import Json

Values = dict[str, dict[str, Json]]

# element type -> (key of its value, key of its first value, value when blank)
STATEFUL: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}

REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """An element and the block that it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """Where it stands."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """Its own name."""
        return str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        """Whether it is sent with the form rather than at once."""
        return str(self.block["type"]) == "input"


def interactive_elements(blocks: list[Json]) -> Iterator[Placed]:
    """Every element that a person can use, in reading order."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from (Placed(block, each) for each in inside if each and "action_id" in each)


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Placed | None:
    """The element of that name in that block."""
    here = (each for each in interactive_elements(blocks) if each.block_id == block_id and each.action_id == action_id)
    return next(here, None)


def choose_current_conversation(blocks: list[Json], channel: str | None) -> None:
    """Fill the menus that ask for it with the conversation that the person was looking at."""
    for placed in interactive_elements(blocks):
        if channel and placed.element.get("default_to_current_conversation"):
            _, first, blank = STATEFUL[placed.element["type"]]
            placed.element.setdefault(first, [channel] if blank == [] else channel)


def form_values(blocks: list[Json], typed: Values) -> Values:
    """The state of every element: what was typed, else its first value, else blank."""
    values: Values = {}
    for placed in interactive_elements(blocks):
        if placed.element["type"] in STATEFUL:
            known = typed.get(placed.block_id, {}).get(placed.action_id)
            values.setdefault(placed.block_id, {})[placed.action_id] = _value_of(placed.element, known)
    return values


def _value_of(element: Json, known: Json | None) -> Json:
    key, first, blank = STATEFUL[element["type"]]
    if known is not None and known.get("type", element["type"]) == element["type"]:
        chosen = known.get(key)
        return {"type": element["type"], key: blank if chosen in (None, "") else chosen}
    return {"type": element["type"], key: element.get(first, blank)}


def form_faults(blocks: list[Json], values: Values) -> dict[str, str]:
    """What Slack's own form refuses before the app is asked, by block id."""
    faults: dict[str, str] = {}
    for placed in interactive_elements(blocks):
        if placed.is_input:
            words = _fault_of(placed, values[placed.block_id][placed.action_id])
            if words:
                faults[placed.block_id] = words
    return faults


def _fault_of(placed: Placed, state: Json) -> str | None:
    value = state[STATEFUL[placed.element["type"]][0]]
    if value is None or value == []:
        return None if placed.block.get("optional") else REQUIRED
    if isinstance(value, str):
        return _text_fault(placed.element, value)
    most = placed.element.get("max_selected_items")
    return f"Choose at most {most}." if most and len(value) > most else None


def _text_fault(element: Json, value: str) -> str | None:
    if element["type"] == "email_text_input" and not EMAIL.fullmatch(value):
        return "Enter an email address such as name@example.com."
    if element["type"] == "url_text_input" and not URL.fullmatch(value):
        return "Enter a full address that begins with https://."
    if element["type"] == "number_input":
        return _number_fault(element, value)
    return _length_fault(element, value) if element["type"] == "plain_text_input" else None


def _length_fault(element: Json, value: str) -> str | None:
    low, high = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < low:
        return f"Write at least {low} characters."
    return f"Write at most {high} characters; this is {len(value)}." if len(value) > high else None


def _number_fault(element: Json, value: str) -> str | None:
    try:
        number = float(value) if element.get("is_decimal_allowed") else int(value)
    except ValueError:
        return "Enter a number." if element.get("is_decimal_allowed") else "Enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Enter at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Enter at most {element['max_value']}."
    return None
