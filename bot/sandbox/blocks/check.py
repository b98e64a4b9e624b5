"""The two questions that the rest of the workspace asks: may this be posted, may this be shown."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.blocks.composition import plain
from bot.sandbox.blocks.layout import block_problems
from bot.sandbox.blocks.rules import Problem, Scene, Shape, Surface, any_value, boolean, choice, string
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.ids import Ids

MAX_MESSAGE_CHARACTERS = 13_200
MAX_VIEW_BYTES = 250_000

VIEW_COMMON = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
MODAL = Shape(
    {"type": choice("modal"), "title": plain(24), "blocks": any_value},
    {**VIEW_COMMON, "submit": plain(24), "close": plain(24)},
)
HOME = Shape({"type": choice("home"), "blocks": any_value}, VIEW_COMMON)


def checked_blocks(blocks: Any, ids: Ids, shows_file: Callable[[str], bool]) -> list[Json]:
    """The blocks of a message, complete with ids, or Slack's refusal."""
    problems = list(block_problems(blocks, "/blocks", Scene("message", shows_file)))
    if problems:
        raise SlackError(_message_error(problems), *map(str, problems))
    if sum(map(_characters, blocks)) > MAX_MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return [_with_ids(block, ids) for block in blocks]


def checked_view(view: Any, surface: Surface, ids: Ids, shows_file: Callable[[str], bool]) -> Json:
    """A view, complete with ids, or Slack's refusal."""
    if len(json.dumps(view, ensure_ascii=False).encode()) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = list(_view_problems(view, Scene(surface, shows_file)))
    if problems:
        raise SlackError("invalid_arguments", *map(str, problems))
    present = {name: value for name, value in view.items() if value is not None}
    return {**present, "blocks": [_with_ids(block, ids) for block in view["blocks"]]}


def _view_problems(view: Any, scene: Scene) -> Iterator[Problem]:
    shape = MODAL if scene.surface == "modal" else HOME
    problems = list(shape(view, "/view", scene))
    yield from problems
    if problems:
        return
    yield from block_problems(view["blocks"], "/view/blocks", scene)
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in view["blocks"])
    if scene.surface == "modal" and has_input and view.get("submit") is None:
        yield Problem("must define `submit` to use an `input` block in modals", "/view")


def _message_error(problems: list[Problem]) -> str:
    is_table = any(problem.words == "only_one_table_allowed" for problem in problems)
    return "only_one_table_allowed" if is_table else "invalid_blocks"


def _characters(value: Any) -> int:
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_characters(each) for each in value.values())
    return sum(_characters(each) for each in value) if isinstance(value, list) else 0


def _with_ids(block: Json, ids: Ids) -> Json:
    present = {name: value for name, value in block.items() if value is not None}
    made = {**present, "block_id": present.get("block_id") or ids.next("b")}
    if isinstance(made.get("elements"), list) and block["type"] == "actions":
        made["elements"] = [_with_action_id(each, ids) for each in made["elements"]]
    for name in ("accessory", "element"):
        if name in made:
            made[name] = _with_action_id(made[name], ids)
    return made


def _with_action_id(element: Json, ids: Ids) -> Json:
    present = {name: value for name, value in element.items() if value is not None}
    if present["type"] == "image" or present.get("action_id"):
        return present
    return {**present, "action_id": ids.next("a")}
