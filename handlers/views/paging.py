"""Long lists: some rows, what is hidden said in words, buttons to turn the page."""

from pydantic import BaseModel, NonNegativeInt
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.text import context, plain
from planning.text import clip

PAGE = 10
"""Rows of a list shown at once."""
QUERY_MAX = 200


class Place(BaseModel):
    """Where in which list a reader is; the value of the paging buttons."""

    list: str
    offset: NonNegativeInt = 0
    query: str = ""


def paging(name: str, query: str, offset: int, hidden: int, page: int = PAGE) -> list[Block]:
    """What follows the rows of a list from `offset` on, with `hidden` more after them; nothing when all are shown."""
    buttons = []
    if offset:
        buttons.append(_button("Back", Action.LIST_BACK, Place(list=name, offset=max(0, offset - page), query=query)))
    if hidden:
        buttons.append(_button("Show more", Action.LIST_MORE, Place(list=name, offset=offset + page, query=query)))
    told: list[Block] = [context(f"…and {hidden} more")] if hidden else []
    return [*told, ActionsBlock(elements=buttons)] if buttons else []


def _button(label: str, action: Action, place: Place) -> ButtonElement:
    kept = place.model_copy(update={"query": clip(place.query, QUERY_MAX)})
    return ButtonElement(text=plain(label), action_id=action, value=kept.model_dump_json())
