"""Long answers in pages."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.errors import Json, SlackError

Item = TypeVar("Item")


def page(
    items: Sequence[Item], arguments: Arguments, *, default: int = 100, most: int = 1000
) -> tuple[list[Item], Json]:
    """The asked-for page of a list, and the metadata that leads to the next one."""
    limit = arguments.number("limit", default) or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = _start(arguments.text("cursor"))
    end = start + limit
    following = b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": following}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = b64decode(cursor, validate=True).decode().partition(":")
        return int(number) if word == "next" else _refuse()
    except (Base64Error, ValueError):
        return _refuse()


def _refuse() -> int:
    raise SlackError("invalid_cursor")
