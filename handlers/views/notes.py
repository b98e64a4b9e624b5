"""What a form of the settings remembers while it is open, so that nobody's change is written over unseen."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from pydantic import BaseModel
from slack_sdk.models.blocks import Block

from planning.text import clip, one_line

VALUE_SHOWN = 160
FIELDS_SHOWN = 4
MARK = 8
"""Hexadecimal digits that stand for what a field held: all of them together have to fit into a view's metadata."""


class Note(BaseModel):
    """What stood in each field when the form was opened, and the warning that has been read."""

    seen: dict[str, str] = {}
    warned: str = ""


def seen_in(blocks: Sequence[Block]) -> dict[str, str]:
    """Field name → a mark of what stands in it."""
    return {name: mark_of(repr(_kept(element))) for name, _, element in _inputs(blocks)}


def mark_of(text: str) -> str:
    """A few letters that stand for a text."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:MARK]


def differences(seen: Mapping[str, str], blocks: Sequence[Block]) -> list[str]:
    """What the fields hold now that held something else when they were seen, a clause each."""
    now = seen_in(blocks)
    labels = {name: (label, element) for name, label, element in _inputs(blocks)}
    changed = [name for name in labels if seen.get(name) != now[name]]
    told = [_told(*labels[name]) for name in changed[:FIELDS_SHOWN]]
    if len(changed) > FIELDS_SHOWN:
        told.append(f"and {len(changed) - FIELDS_SHOWN} more")
    return told or (["a list is shorter now"] if seen.keys() - now.keys() else [])


def _inputs(blocks: Sequence[Block]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for block in (block.to_dict() for block in blocks):
        if block["type"] == "input":
            yield block["block_id"], block["label"]["text"], block["element"]


def _kept(element: Mapping[str, Any]) -> list[Any]:
    """What an element begins with; of options the values, for their words may be those of other things."""
    return [_values(element[key]) for key in sorted(element) if key.startswith("initial_")]


def _values(initial: Any) -> Any:
    if isinstance(initial, list):
        return sorted(map(_values, initial))
    return initial["value"] if isinstance(initial, Mapping) else initial


def _told(label: str, element: Mapping[str, Any]) -> str:
    if element["type"] in ("users_select", "multi_users_select", "conversations_select"):
        return f"“{label}” names somebody else" if "users" in element["type"] else f"“{label}” is another one"
    words = [_words(element[key]) for key in sorted(element) if key.startswith("initial_")]
    return f"“{label}” is now “{clip(one_line(words[0]), VALUE_SHOWN)}”" if words else f"“{label}” is empty now"


def _words(initial: Any) -> str:
    if isinstance(initial, list):
        return ", ".join(map(_words, initial))
    return str(initial["text"]["text"]) if isinstance(initial, Mapping) else str(initial)
