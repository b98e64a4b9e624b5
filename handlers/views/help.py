"""What `/cx` can do."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.ids import COMMAND
from handlers.views.text import Message, bold, bullets, code, context, escape, header, paragraph, rich
from planning.text import clip

WORD_SHOWN = 60


def help_message(rows: Sequence[tuple[str, str]], unknown: str = "", nearest: str | None = None) -> Message:
    """The sub-commands as (usage, help); for an unknown word first what was probably meant."""
    listed = [(code(f"{COMMAND} {usage}"), f"  {told}") for usage, told in rows]
    blocks: list[Block] = [
        *_opening(unknown, nearest),
        rich(bullets(listed)),
        context("Only you see these answers. A message's ⋯ menu can make it an initiative, too."),
    ]
    lines = [f"{COMMAND} {usage}: {told}" for usage, told in rows]
    return Message("\n".join([escape(_said(unknown, nearest)), *map(escape, lines)]), blocks)


def _opening(unknown: str, nearest: str | None) -> list[Block]:
    if not unknown:
        return [header("What you can do here")]
    asked = [paragraph("Did you mean ", code(f"{COMMAND} {nearest}"), "?")] if nearest else []
    return [paragraph("There is no ", bold(clip(unknown, WORD_SHOWN)), " here."), *asked]


def _said(unknown: str, nearest: str | None) -> str:
    if not unknown:
        return "What you can do here"
    asked = f" Did you mean {COMMAND} {nearest}?" if nearest else ""
    return f"There is no “{clip(unknown, WORD_SHOWN)}” here.{asked}"
