"""The options that an app sends while a person types."""

from bot.sandbox.blocks.composition import OPTION_GROUP, SELECT_OPTION
from bot.sandbox.blocks.rules import Scene, Shape, exactly_one, items
from bot.sandbox.errors import Json, SlackError

OPTIONS = Shape(
    {},
    {"options": items(SELECT_OPTION, 0, 100), "option_groups": items(OPTION_GROUP, 0, 100)},
    (exactly_one("options", "option_groups"),),
)


def checked_options(answer: Json) -> Json:
    """The answer to a block_suggestion, or Slack's refusal."""
    problems = list(OPTIONS(answer, "", Scene("modal", lambda _file: False)))
    if problems:
        raise SlackError("invalid_options", *map(str, problems))
    return answer
