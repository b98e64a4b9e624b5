"""The one place where Slack text is made.

What people typed goes out as plain_text or rich_text, which Slack never reads as markup; only the top-level `text`
of a message is mrkdwn, and there it is escaped.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
)

from planning.text import clip

MESSAGE_TEXT_MAX = 4000
"""chat.update refuses more in the top-level text."""
SECTION_MAX = 3000
BLOCKS_MAX = 50

Part = str | dict[str, Any]
"""A piece of a line: bare text, or what `bold`, `mention`, `link` and the others return."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: `text` is the whole meaning for screen readers and notifications, `blocks` the same drawn."""

    text: str
    blocks: Sequence[Block] = ()

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for chat.postMessage, chat.update and respond."""
        return {"text": clip(self.text, MESSAGE_TEXT_MAX), "blocks": [block.to_dict() for block in self.blocks]}


def escape(text: str) -> str:
    """Typed text for a mrkdwn place: no token can come to life in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_within(text: str, limit: int = MESSAGE_TEXT_MAX) -> str:
    """Typed text for a mrkdwn place, cut so that what escaping adds still fits and no entity is cut in two."""
    if len(escaped := escape(text)) <= limit:
        return escaped
    lengths = list(accumulate(len(escape(character)) for character in text))
    return f"{escape(text[: bisect_right(lengths, limit - 1)]).rstrip()}…"


def plain(text: str, limit: int = SECTION_MAX) -> PlainTextObject:
    """A plain_text object, cut to `limit`; emoji names stay as typed."""
    return PlainTextObject(text=clip(text, limit) or " ", emoji=False)


def bold(text: str) -> dict[str, Any]:
    """A bold part."""
    return _styled(text, bold=True)


def italic(text: str) -> dict[str, Any]:
    """An italic part."""
    return _styled(text, italic=True)


def code(text: str) -> dict[str, Any]:
    """A part to be typed as it stands, such as a command."""
    return _styled(text, code=True)


def mention(slack_id: str) -> dict[str, Any]:
    """Names and notifies one person: only who must act."""
    return {"type": "user", "user_id": slack_id}


def channel_link(channel_id: str) -> dict[str, Any]:
    """A link to a channel."""
    return {"type": "channel", "channel_id": channel_id}


def link(url: str, label: str) -> dict[str, Any]:
    """A link whose label says where it goes."""
    return {"type": "link", "url": url, "text": label}


def line(*parts: Part) -> RichTextSectionElement:
    """One line or paragraph of parts."""
    return RichTextSectionElement(elements=[_element(part) for part in parts if part != ""])


def paragraph(*parts: Part) -> RichTextBlock:
    """A block of one line of parts."""
    return RichTextBlock(elements=[line(*parts)])


def bullets(rows: Iterable[Sequence[Part]]) -> RichTextListElement:
    """A bulleted list; each row is a sequence of parts."""
    return RichTextListElement(style="bullet", elements=[line(*row) for row in rows])


def rich(*elements: RichTextSectionElement | RichTextListElement) -> RichTextBlock:
    """A block of lines and lists."""
    return RichTextBlock(elements=list(elements))


def header(text: str) -> HeaderBlock:
    """A heading, cut to what Slack takes."""
    return HeaderBlock(text=plain(text, 150))


def context(text: str) -> ContextBlock:
    """A small grey line."""
    return ContextBlock(elements=[plain(text, 2000)])


def divider() -> DividerBlock:
    """A thin rule."""
    return DividerBlock()


def _styled(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style}


def _element(part: Part) -> dict[str, Any] | RichTextElementParts.Text:
    return part if isinstance(part, dict) else RichTextElementParts.Text(text=part)
