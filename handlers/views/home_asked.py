"""What a person is asked, at the top of the Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.agreement.questions import Wording, waiting_blocks
from handlers.views.agreement.ratification import Asked
from handlers.views.text import bold, context, header, paragraph, plain
from planning.agreement.values import Invitation, Poll

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """The questions that the person has not answered; the ratification that waits for the department they lead."""

    questions: Sequence[tuple[Wording, Poll, Invitation]] = ()
    ratification: Asked | None = None


def asked_blocks(waiting: Waiting, zone: str) -> list[Block]:
    """Each with its button; nothing while nothing is asked."""
    shown = [block for one in waiting.questions[:SHOWN] for block in waiting_blocks(*one, zone)]
    hidden = len(waiting.questions) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more: see Concord's direct messages to you")] if hidden > 0 else []
    ratifying = _ratifying(waiting.ratification) if waiting.ratification else []
    return [header("Waiting for your answer"), *ratifying, *shown, *more] if shown or ratifying else []


def _ratifying(asked: Asked) -> list[Block]:
    button = ButtonElement(
        text=plain("Answer stage by stage"),
        action_id=Action.RATIFICATION_ANSWER,
        value=asked.model_dump_json(),
        style="primary",
    )
    told = "All departments are asked to agree to one journey, and yours has not answered yet."
    return [
        paragraph(bold("Do you agree to the journey? "), told),
        ActionsBlock(block_id="ratification", elements=[button]),
    ]
