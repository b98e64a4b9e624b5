"""The blocks themselves, and what a whole message or view of them may hold."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.composition import IDENTIFIER, SLACK_FILE, plain, text, uploaded_picture
from bot.sandbox.blocks.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION, element_in
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.rules import (
    Problem,
    Rule,
    Scene,
    Shape,
    at_least_one,
    boolean,
    by_type,
    choice,
    exactly_one,
    items,
    string,
)
from bot.sandbox.errors import Json

MAX_BLOCKS = {"message": 50, "modal": 100, "home": 100}
TABLE_CHARACTERS = 10_000

ID: Mapping[str, Rule] = {"block_id": IDENTIFIER}

IN_CONTEXT = by_type(
    {
        "image": ELEMENTS["image"],
        "plain_text": Shape({"text": string(3000, 1)}, {"emoji": boolean}),
        "mrkdwn": Shape({"text": string(3000, 1)}, {"verbatim": boolean}),
    }
)

CELL = by_type({"raw_text": Shape({"text": string(TABLE_CHARACTERS)}), "rich_text": Shape({"elements": RICH_TEXT}, ID)})
COLUMN = Shape({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})


def _table_fits(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    if sum(_length(row) for row in value["rows"]) > TABLE_CHARACTERS:
        yield Problem(f"must be less than {TABLE_CHARACTERS + 1} characters", f"{at}/rows")


def _length(value: Any) -> int:
    if isinstance(value, dict):
        inside = (each for name, each in value.items() if name != "type")
        return sum(_length(each) if not isinstance(each, str) else len(each) for each in inside)
    return sum(_length(each) for each in value) if isinstance(value, list) else 0


def _answers_only_in_modals(value: Json, at: str, scene: Scene) -> Iterator[Problem]:
    if value["element"].get("response_url_enabled") and scene.surface != "modal":
        yield Problem("response_url_enabled is only available in modals", f"{at}/element")


def _distinct_actions(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    counted = Counter(each["action_id"] for each in value["elements"] if each.get("action_id"))
    for action_id, times in counted.items():
        if times > 1:
            yield Problem(f"`action_id` {action_id} already exists", f"{at}/elements")


BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        {},
        {
            **ID,
            "text": text(3000),
            "fields": items(text(2000), 1, 10),
            "accessory": element_in(IN_SECTION),
            "expand": boolean,
        },
        (at_least_one("text", "fields"),),
    ),
    "header": Shape({"text": plain(150)}, ID),
    "context": Shape({"elements": items(IN_CONTEXT, 1, 10)}, ID),
    "actions": Shape({"elements": items(element_in(IN_ACTIONS), 1, 25)}, ID, (_distinct_actions,)),
    "divider": Shape({}, ID),
    "image": Shape(
        {"alt_text": string(2000)},
        {**ID, "image_url": string(3000, 1), "slack_file": SLACK_FILE, "title": plain(2000)},
        (exactly_one("image_url", "slack_file"), uploaded_picture),
    ),
    "input": Shape(
        {"label": plain(2000), "element": element_in(IN_INPUT)},
        {**ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        (_answers_only_in_modals,),
    ),
    "rich_text": Shape({"elements": RICH_TEXT}, ID),
    "markdown": Shape({"text": string(12_000, 1)}, ID),
    "table": Shape(
        {"rows": items(items(CELL, 1, 20), 1, 100)}, {**ID, "column_settings": items(COLUMN, 0, 20)}, (_table_fits,)
    ),
    "alert": Shape({"text": text(200)}, {**ID, "level": choice("default", "info", "warning", "error", "success")}),
}

BLOCK_ONLY_ON: Mapping[str, str] = {"markdown": "message", "table": "message", "alert": "modal"}

BLOCK = by_type(BLOCKS, lambda kind, scene: BLOCK_ONLY_ON.get(kind, scene.surface) == scene.surface)


def block_problems(blocks: Any, at: str, scene: Scene) -> Iterator[Problem]:
    """Everything that is wrong with a list of blocks."""
    problems = list(items(BLOCK, 0, MAX_BLOCKS[scene.surface])(blocks, at, scene))
    yield from problems
    if not problems:
        yield from _whole_problems(blocks, at)


def _whole_problems(blocks: list[Json], at: str) -> Iterator[Problem]:
    counted = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for index, block in enumerate(blocks):
        if counted[block.get("block_id", "")] > 1:
            yield Problem(f"`block_id` {block['block_id']} already exists", f"{at}/{index}/block_id")
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield Problem("only_one_table_allowed", at)
    if sum(_wants_focus(block) for block in blocks) > 1:
        yield Problem("only one element can have focus_on_load", at)


def _wants_focus(block: Json) -> bool:
    inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return any(isinstance(each, dict) and each.get("focus_on_load") for each in inside)
