"""Word that nobody looks after the workspace any more, to those who may take it on."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.ids import Action
from handlers.views.names import joined
from handlers.views.text import Message, escape_within, paragraph, plain
from planning.text import NAME_MAX, clip


def steward_wanted(gone: str, stewards: Sequence[str]) -> Message:
    """Who did it, and the button; once somebody has pressed it, who does it now."""
    why = f"the account of {clip(gone, NAME_MAX)} is switched off"
    if stewards:
        told = f"{joined(stewards, most=5)} {'looks' if len(stewards) == 1 else 'look'} after Concord now: {why}."
        return Message(escape_within(told), [paragraph(told)])
    told = (
        f"Nobody looks after Concord any more: {why}. Everything goes on as it was set up, but "
        "nobody can change the settings until one of you takes this on."
    )
    claim = ButtonElement(text=plain("I look after this"), action_id=Action.SETUP_CLAIM, style="primary")
    return Message(escape_within(told), [paragraph(told), ActionsBlock(block_id="claim", elements=[claim])])
