"""What a button or a form carries from us through Slack and back: read, or said to be none of ours."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel

from planning.claims.values import Claim, Claimable
from planning.errors import NotFound

NOT_OURS = (
    "This button or form is not as Concord made it, or it is from an earlier version. "
    "Nothing was changed. Open it again, from the Home tab or with /cx help."
)
NUMBER_MAX = 2**53
"""So much JSON carries unharmed; of two numbers in one, too."""

_Note = TypeVar("_Note", bound=BaseModel)
_Word = TypeVar("_Word", bound=StrEnum)


def id_carried(value: object) -> int:
    """The number of a thing; raises NotFound."""
    text = str(value)
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(NUMBER_MAX)) or int(text) > NUMBER_MAX:
        raise NotFound(NOT_OURS)
    return int(text)


def carried(kind: type[_Note], value: object) -> _Note:
    """A note of ours; raises NotFound."""
    try:
        return kind.model_validate(json.loads(str(value), parse_int=_bounded, parse_constant=_bounded))
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
        raise NotFound(NOT_OURS) from error


def claim_carried(text: str) -> Claim:
    """The thing that may be looked after; raises NotFound."""
    kind, _, id = text.partition(":")
    if kind not in {*Claimable}:
        raise NotFound(NOT_OURS)
    return Claim(Claimable(kind), id_carried(id))


def chosen_value(action: Mapping[str, Any]) -> str:
    """What a menu was set to; raises NotFound."""
    try:
        return str(action["selected_option"]["value"])
    except (KeyError, TypeError) as error:
        raise NotFound(NOT_OURS) from error


def word_carried(kind: type[_Word], value: object) -> _Word | None:
    """A word of ours, or none where nothing was chosen; raises NotFound."""
    try:
        return kind(str(value)) if value else None
    except ValueError as error:
        raise NotFound(NOT_OURS) from error


def _bounded(number: str) -> int:
    if len(number) > len(str(-NUMBER_MAX)) or abs(int(number)) > NUMBER_MAX:
        raise ValueError("none of our numbers is as large")
    return int(number)
