"""Text, options, confirmation dialogs: what blocks and elements are composed of."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks.rules import Problem, Rule, Scene, Shape, boolean, by_type, choice, items, string
from bot.sandbox.errors import Json

PLAIN, MRKDWN = "plain_text", "mrkdwn"


def plain(most: int) -> Rule:
    """A plain_text object."""
    return by_type({PLAIN: Shape({"text": string(most, 1)}, {"emoji": boolean})})


def text(most: int) -> Rule:
    """A text object of either kind."""
    return by_type(
        {
            PLAIN: Shape({"text": string(most, 1)}, {"emoji": boolean}),
            MRKDWN: Shape({"text": string(most, 1)}, {"verbatim": boolean}),
        }
    )


IDENTIFIER = string(255, 1)

CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)

SELECT_OPTION = Shape({"text": plain(75), "value": string(150, 1)}, {"description": plain(75)})
LISTED_OPTION = Shape({"text": text(75), "value": string(150, 1)}, {"description": text(75)})
OVERFLOW_OPTION = Shape({"text": plain(75), "value": string(150, 1)}, {"description": plain(75), "url": string(3000)})

OPTION_GROUP = Shape({"label": plain(75), "options": items(SELECT_OPTION, 1, 100)})

DISPATCH_CONFIG = Shape({}, {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"), 1, 2)})

CONVERSATION_FILTER = Shape(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)

SLACK_FILE = Shape({}, {"id": string(255, 1), "url": string(3000, 1)})


def uploaded_picture(value: Json, at: str, scene: Scene) -> Iterator[Problem]:
    """A picture by slack_file must be one that was uploaded, is finished and can be drawn."""
    file = value.get("slack_file")
    if file is not None and not scene.shows_file(str(file.get("id") or file.get("url") or "")):
        yield Problem("invalid slack file", f"{at}/slack_file")


def offered(value: Json) -> list[Any]:
    """All options of a menu, its groups' included."""
    groups = value.get("option_groups") or []
    return [*(value.get("options") or []), *(each for group in groups for each in group["options"])]


def initial_among_offered(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    """What is chosen at first must be one of the options, word for word."""
    known = [_essence(option) for option in offered(value)]
    first = value.get("initial_option")
    if first is not None and _essence(first) not in known:
        yield Problem("must match one of the provided options", f"{at}/initial_option")
    for index, option in enumerate(value.get("initial_options") or []):
        if _essence(option) not in known:
            yield Problem("must match one of the provided options", f"{at}/initial_options/{index}")


def distinct_options(value: Json, at: str, _scene: Scene) -> Iterator[Problem]:
    """Two options of one menu cannot have the same value."""
    values = [option.get("value") for option in offered(value)]
    if len(set(values)) < len(values):
        yield Problem("options must have unique values", at)


def _essence(option: Json) -> tuple[Any, Any]:
    return option.get("text", {}).get("text"), option.get("value")
