"""What a form of the settings remembers while it is open, so that nobody's change is written over unseen."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel
from slack_sdk.models.blocks import Block

from planning.text import clip, one_line

VALUE_SHOWN = 160
FIELDS_SHOWN = 4
MARK = 8
"""Hexadecimal digits that stand for what a field held: all of them together have to fit into a view's metadata."""

Shown = Block | Mapping[str, Any]
"""A block of a form, as it is drawn or as it came back."""


class Note(BaseModel):
    """What stood in each field when the form was opened, and the warning that has been read.

    `edition` counts how often fields were given what somebody else had put there meanwhile.
    """

    seen: dict[str, str] = {}
    warned: str = ""
    edition: int = 0


def seen_in(blocks: Iterable[Shown]) -> dict[str, str]:
    """Field name → a mark of what stands in it."""
    return {name: mark_of(repr(_kept(element))) for name, _, element in _inputs(blocks)}


def mark_of(text: str) -> str:
    """A few letters that stand for a text."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:MARK]


def differing(some: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
    """The fields that do not hold the same; one that is not there holds nothing."""
    return [name for name in {**some, **others} if some.get(name, NOTHING) != others.get(name, NOTHING)]


def list_of(field: str) -> str:
    """A list is spread over fields that end in numbers: the name of its first one; others are by themselves."""
    return re.sub(r"_\d+$", "", field)


def labels_of(lists: Collection[str], blocks: Iterable[Shown]) -> list[str]:
    """What the fields of these names are called."""
    return [label for name, label, _ in _inputs(blocks) if name in lists]


def clauses(changed: Collection[str], blocks: Iterable[Shown]) -> list[str]:
    """What these fields hold now, a clause each."""
    told = [_told(label, element) for name, label, element in _inputs(blocks) if name in changed]
    more = [f"and {len(told) - FIELDS_SHOWN} more"] if len(told) > FIELDS_SHOWN else []
    return [*told[:FIELDS_SHOWN], *more] or ["a list is shorter now"]


def _inputs(blocks: Iterable[Shown]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for block in (block.to_dict() if isinstance(block, Block) else block for block in blocks):
        if block["type"] == "input":
            yield block["block_id"], block["label"]["text"], block["element"]


def _kept(element: Mapping[str, Any]) -> list[Any]:
    """What an element begins with; of options the values, for their words may be those of other things."""
    return [_values(element[key]) for key in sorted(element) if key.startswith("initial_")]


def _values(initial: Any) -> Any:
    if isinstance(initial, list):
        return sorted(map(_values, initial))
    return initial["value"] if isinstance(initial, Mapping) else str(initial).strip()


NOTHING = mark_of(repr([]))
"""The mark of an empty field."""


def _told(label: str, element: Mapping[str, Any]) -> str:
    if element["type"] in ("users_select", "multi_users_select", "conversations_select"):
        return f"“{label}” names somebody else" if "users" in element["type"] else f"“{label}” is another one"
    words = [_words(element[key]) for key in sorted(element) if key.startswith("initial_")]
    return f"“{label}” is now “{clip(one_line(words[0]), VALUE_SHOWN)}”" if words else f"“{label}” is empty now"


def _words(initial: Any) -> str:
    if isinstance(initial, list):
        return ", ".join(map(_words, initial))
    return str(initial["text"]["text"]) if isinstance(initial, Mapping) else str(initial)
