"""Slack's limits on a message, as the local workspace holds them, and the text that people may type."""

from typing import Any

from bot.sandbox.blocks.check import checked_blocks
from bot.sandbox.ids import Ids
from handlers.views.text import BLOCKS_MAX, MESSAGE_TEXT_MAX, Message

TEXT_MAX = 12_000
"""What all blocks together may hold, with room to spare."""
NASTY = "& < > <!channel> <@U0ANA> `code` *bold* \u202eright to left\u202c שלום 🎉 営業 \x00 " * 3
LONG = NASTY * 600


def accepted(message: Message) -> list[dict[str, Any]]:
    """The blocks, when Slack would take the message."""
    arguments = message.arguments()
    blocks: list[dict[str, Any]] = checked_blocks(arguments["blocks"], Ids(), lambda _file: True)
    assert len(blocks) <= BLOCKS_MAX
    assert sum(map(len, texts(blocks))) <= TEXT_MAX
    assert 0 < len(arguments["text"]) <= MESSAGE_TEXT_MAX
    assert "<!" not in arguments["text"]
    assert "<@" not in arguments["text"]
    return blocks


def texts(value: object) -> list[str]:
    """Every text in blocks, in reading order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


def words(message: Message) -> str:
    """All that the blocks say."""
    return "\n".join(texts(message.arguments()["blocks"]))


def elements(message: Message, kind: str) -> list[dict[str, Any]]:
    """Every element of a kind, wherever it stands."""
    return list(_elements(message.arguments()["blocks"], kind))


def _elements(value: object, kind: str) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if value.get("type") == kind else []
        return own + [found for each in value.values() for found in _elements(each, kind)]
    return [found for each in value for found in _elements(each, kind)] if isinstance(value, list) else []
