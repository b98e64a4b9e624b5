"""How far everybody agrees: the parts of `/cx agree` put together."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.agreement.questions import Wording, waiting_blocks
from handlers.views.text import Message, context, divider, escape_within, header
from planning.agreement.values import Invitation, Poll

SHOWN = 3


def hub_message(sections: Sequence[Message]) -> Message:
    """The sections with a rule between them; their texts are not escaped yet."""
    parts: list[Block] = [block for section in sections for block in (divider(), *section.blocks)]
    told = "\n".join(["Agreement", *(section.text for section in sections)])
    return Message(escape_within(told), [header("Agreement"), *parts[1:]])


def waiting_section(asked: Sequence[tuple[Wording, Poll, Invitation]], zone: str) -> Message:
    """What one person is asked, the newest first."""
    blocks = [block for one in asked[:SHOWN] for block in waiting_blocks(*one, zone)]
    hidden = len(asked) - SHOWN
    more: list[Block] = (
        [context(f"…and {hidden} more; the direct messages of Concord have them all")] if hidden > 0 else []
    )
    titles = "; ".join(wording.title for wording, _, _ in asked[:SHOWN])
    return Message(f"You are asked: {titles}.", [*blocks, *more])
