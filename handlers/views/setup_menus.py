"""The buttons and menus by which stewards change the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from handlers.views.text import plain

NEW = "new"
"""The value of the option that adds one to a list."""
PICK_MAX = 8
"""Longer menus are asked for when they are opened: all of them count as text of the one message that they stand in."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu of one kind of thing; the block that it stands in is named after its action."""

    action: Action
    ghost: str
    add: str = ""
    """What offers to make one; empty where none can be made here."""
    listed: str = ""
    """The heading under which the settings name those that are there; empty where they do not."""


BUTTONS = (
    ("People", Action.SETUP_ROLES),
    ("Journey", Action.SETUP_JOURNEY),
    ("Agreement", Action.AGREE_SHOW),
    ("Customers", Action.SETUP_CUSTOMERS),
    ("Add a department", Action.SETUP_DEPARTMENT),
    ("Executives’ digest", Action.SETUP_SCHEDULE),
    ("Schedules", Action.SCHEDULES_SHOW),
    ("Alerts", Action.SETUP_ALERTS),
    ("API keys", Action.SETUP_KEYS),
    ("What is kept", Action.SETUP_DATA),
    ("How each rule does", Action.RULES_SHOW),
)
MENUS = (
    Menu(Action.SETUP_DEPARTMENT_PICK, "Change a department…"),
    Menu(Action.SETUP_STAGE, "Stages…"),
    Menu(Action.SETUP_HAND_OFF, "Hand-offs…", "Add a hand-off…", "Hand-offs"),
    Menu(Action.SETUP_SEGMENT, "Segments…", "Add a segment…"),
    Menu(Action.SETUP_POOL, "Resource pools…", "Add a pool…", "Resource pools"),
    Menu(Action.SETUP_PROBLEM, "Customer problems…", "Add a problem…", "Customer problems"),
    Menu(Action.SETUP_METRIC, "Metrics…", "Add a metric…", "Metrics"),
    Menu(Action.SETUP_TENSION, "Tensions…", "Add a tension…"),
)
"""Each with its names in `handlers.settings.KEPT`."""


def steward_blocks(kept: Mapping[Action, Mapping[int, str]]) -> list[Block]:
    """The buttons, and a menu of each kind of thing (its names by id) of which there is one or can be."""
    elements: list[InteractiveElement] = [
        ButtonElement(text=plain(label), action_id=action) for label, action in BUTTONS
    ]
    offered = ((menu, menu_options(menu, kept.get(menu.action, {}))) for menu in MENUS)
    picks = [
        ActionsBlock(block_id=menu.action, elements=[_pick(menu, options)]) for menu, options in offered if options
    ]
    return [ActionsBlock(block_id="settings", elements=elements), *picks]


def menu_options(menu: Menu, names: Mapping[int, str]) -> list[ChoiceOption]:
    """What a menu offers: to add one where that can be, then those that are there, in the order given."""
    return [*([(NEW, menu.add)] if menu.add else []), *((str(id), name) for id, name in names.items())]


def _pick(menu: Menu, options: Sequence[ChoiceOption]) -> InteractiveElement:
    if len(options) > PICK_MAX:
        return ExternalDataSelectElement(action_id=menu.action, placeholder=plain(menu.ghost), min_query_length=0)
    return StaticSelectElement(
        action_id=menu.action,
        placeholder=plain(menu.ghost),
        options=[Option(value=value, text=plain(text, OPTION_MAX)) for value, text in options],
    )
