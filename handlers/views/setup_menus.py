"""The buttons and menus by which stewards change the settings."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ExternalDataSelectElement,
    InteractiveElement,
    Option,
    StaticSelectElement,
)

from handlers.ids import Action
from handlers.views.fields import OPTION_MAX, ChoiceOption
from handlers.views.names import name_options
from handlers.views.text import plain

NEW = "new"
"""The value of the option that adds one to a list."""
PICK_MAX = 12
"""Longer menus are asked for when they are opened: all of them count as text of the one message that they stand in."""
BUTTONS = (
    ("People", Action.SETUP_ROLES),
    ("Journey", Action.SETUP_JOURNEY),
    ("Customers", Action.SETUP_CUSTOMERS),
    ("Add a department", Action.SETUP_DEPARTMENT),
    ("Weekly digest", Action.SETUP_SCHEDULE),
    ("How each rule does", Action.RULES_SHOW),
)
ADD = {
    Action.SETUP_POOL: "Add a pool…",
    Action.SETUP_PROBLEM: "Add a problem…",
    Action.SETUP_METRIC: "Add a metric…",
}
"""Menus that offer to add one."""


def steward_blocks(
    departments: Mapping[int, str],
    segments: Mapping[int, str],
    pools: Mapping[int, str],
    problems: Mapping[int, str],
    metrics: Mapping[int, str],
) -> list[Block]:
    """The buttons, and a menu of each kind of thing (id → name) of which there is one or can be."""
    elements: list[InteractiveElement] = [
        ButtonElement(text=plain(label), action_id=action) for label, action in BUTTONS
    ]
    menus = (
        ("department", Action.SETUP_DEPARTMENT_PICK, "Change a department…", departments),
        (Action.SETUP_SEGMENT, Action.SETUP_SEGMENT, "A segment’s limits…", segments),
        (Action.SETUP_POOL, Action.SETUP_POOL, "Resource pools…", pools),
        (Action.SETUP_PROBLEM, Action.SETUP_PROBLEM, "Customer problems…", problems),
        (Action.SETUP_METRIC, Action.SETUP_METRIC, "Metrics…", metrics),
    )
    picks = [
        ActionsBlock(block_id=block, elements=[_pick(action, ghost, record_options(action, names))])
        for block, action, ghost, names in menus
        if names or action in ADD
    ]
    return [ActionsBlock(block_id="settings", elements=elements), *picks]


def record_options(action: Action, names: Mapping[int, str]) -> list[ChoiceOption]:
    """What a menu offers: to add one where that can be, then those that are there."""
    return [*([(NEW, ADD[action])] if action in ADD else []), *name_options(names)]


def _pick(action: Action, ghost: str, options: Sequence[ChoiceOption]) -> InteractiveElement:
    if len(options) > PICK_MAX:
        return ExternalDataSelectElement(action_id=action, placeholder=plain(ghost), min_query_length=0)
    return StaticSelectElement(
        action_id=action,
        placeholder=plain(ghost),
        options=[Option(value=value, text=plain(text, OPTION_MAX)) for value, text in options],
    )
