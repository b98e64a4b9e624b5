"""A submitted form, shown again with everything that was typed."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from handlers.views.registering import NOTICE, notice_line
from planning.errors import FieldError
from planning.text import clean

REPLY_BYTES = 60_000
"""A heavier reply breaks a Socket Mode connection."""
TEXT_SHOWN = 2_000
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
"""As Slack writes numbers."""

SHOWN_AGAIN = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
INITIALS = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
"""Where the state of an element stands, and where the element wants it to begin with."""


def refuse(ack: Callable[..., object], view: Mapping[str, Any], error: FieldError) -> None:
    """Show each fault at its field; when one has no field in the form, all of them on top of it."""
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if error.errors.keys() <= fields:
        ack(response_action="errors", errors=error.errors)
    else:
        ack(response_action="update", view=keep_form(view, f"Not saved. {error}"))


def keep_form(view: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The submitted view with its state as initial values and a line on top that says what happened."""
    return shown_again(view, text, filled_blocks(view))


def filled_blocks(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The submitted blocks with their state as initial values, without the line on top."""
    values = (view.get("state") or {}).get("values", {})
    return [_filled(block, values) for block in view["blocks"] if block.get("block_id") != NOTICE]


def shown_again(
    view: Mapping[str, Any], text: str, blocks: Sequence[Mapping[str, Any]], firm: Collection[str] = ()
) -> dict[str, Any]:
    """The submitted view with these blocks and a line on top; of fields that are `firm` nothing is left out."""
    again = {key: view[key] for key in SHOWN_AGAIN if view.get(key) is not None}
    notice = notice_line(text[:TEXT_SHOWN])[0].to_dict()
    return fitted({**again, "blocks": [notice, *blocks]}, firm)


def fitted(view: dict[str, Any], firm: Collection[str] = ()) -> dict[str, Any]:
    """The view within the weight of a reply; where ids are the same, as those of texts, Slack keeps what is typed."""
    light = deepcopy(view)
    loose = [one["element"] for one in light["blocks"] if one["type"] == "input" and one["block_id"] not in firm]
    for element in sorted(loose, key=_expendable, reverse=True):
        if is_light(light):
            break
        for initial in INITIALS.values():
            element.pop(initial, None)
    return light


def noting(view: Mapping[str, Any], noted: Mapping[str, Any]) -> dict[str, Any]:
    """The view, which remembers this from now on, beside what it remembers already."""
    note = {**json.loads(view.get("private_metadata") or "{}"), **noted}
    return {**view, "private_metadata": json.dumps(note)}


def is_light(view: Mapping[str, Any]) -> bool:
    """Whether the view may travel in a reply."""
    return _weight(view) <= REPLY_BYTES


def _filled(block: Mapping[str, Any], values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    if block.get("type") != "input":
        return dict(block)
    element = dict(block["element"])
    state = values.get(str(block.get("block_id")), {}).get(str(element.get("action_id")), {})
    for kind, initial in INITIALS.items():
        if kind in state:
            element.pop(initial, None)
            shown = _as_offered(state[kind], element.get("options", []))
            if shown and _is_taken(str(element.get("type")), shown):
                element[initial] = shown
    return {**block, "element": element}


def _as_offered(chosen: Any, options: Sequence[Mapping[str, Any]]) -> Any:
    """The choice as the element's own options have it, if they do: Slack wants an initial option to equal one."""
    if isinstance(chosen, list):
        return [known for one in chosen if (known := _as_offered(one, options))]
    if isinstance(chosen, str):
        return clean(chosen)
    if not isinstance(chosen, dict):
        return chosen
    return next((option for option in options if option["value"] == chosen.get("value")), None if options else chosen)


def _is_taken(kind: str, shown: object) -> bool:
    """Whether Slack lets an element begin with it: where a number or a day belongs, it takes no other text."""
    if kind == "number_input":
        return bool(NUMBER.fullmatch(str(shown)))
    if kind != "datepicker":
        return True
    try:
        return bool(date.fromisoformat(str(shown)))
    except ValueError:
        return False


def _expendable(element: Mapping[str, Any]) -> tuple[bool, int]:
    return element["type"] == "plain_text_input", _weight(element)


def _weight(value: object) -> int:
    return len(json.dumps(value))
