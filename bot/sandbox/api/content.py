"""What a message says, checked before it is kept."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.blocks.check import checked_blocks
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.pictures import may_show
from bot.sandbox.state import Workspace

MAX_TEXT = 40_000
MAX_MARKDOWN = 12_000
MAX_METADATA_BYTES = 8_000


@dataclass(frozen=True)
class Content:
    """The text and blocks of a message."""

    text: str
    blocks: list[Json] | None


def message_content(workspace: Workspace, arguments: Arguments) -> Content:
    """Text and blocks of a call, or Slack's refusal."""
    if arguments.structure("attachments", "invalid_attachments"):
        raise SlackError("invalid_attachments", "[ERROR] this local workspace draws blocks only")
    if "markdown_text" in arguments:
        return _markdown(workspace, arguments)
    raw = arguments.structure("blocks", "invalid_blocks_format")
    blocks = checked_blocks(raw, workspace.ids, may_show(workspace)) if raw else None
    text = arguments.text("text")[:MAX_TEXT]
    if not text and not blocks:
        raise SlackError("no_text")
    return Content(text, blocks)


def _markdown(workspace: Workspace, arguments: Arguments) -> Content:
    if "text" in arguments or "blocks" in arguments:
        raise SlackError("markdown_text_conflict")
    text = arguments.text("markdown_text")
    if len(text) > MAX_MARKDOWN:
        raise SlackError("msg_too_long")
    blocks = checked_blocks([{"type": "markdown", "text": text}], workspace.ids, may_show(workspace))
    return Content(text, blocks)


def message_metadata(arguments: Arguments) -> Json | None:
    """The metadata of a call: an event type and flat values."""
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not set(metadata) <= {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not metadata.get("event_type") or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if not all(_is_flat(value) for value in metadata["event_payload"].values()):
        raise SlackError("invalid_metadata_format")
    if len(str(metadata).encode()) > MAX_METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _is_flat(value: Any) -> bool:
    if isinstance(value, dict):
        return not any(isinstance(each, dict | list) for each in value.values())
    if isinstance(value, list):
        return not any(isinstance(each, list) for each in value)
    return isinstance(value, str | int | float | bool)
