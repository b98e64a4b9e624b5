"""Ratification: the card on which a department's leads answer, its form, and how all departments stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.agreement.standing import open_blocks, standing_blocks, standing_words
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    paragraph,
    plain,
    rich,
)
from planning.agreement.ratification import AskedStage
from planning.agreement.tallying import DepartmentWord, Tally, Word
from planning.text import clip, counted

NAME, DEFINITION = 60, 200


class Asked(BaseModel):
    """Which department is asked in which ratification, and when it had answered last; the value of the buttons."""

    ratification: int
    department: int
    read_until: datetime | None = None


def ratification_card(standing: Tally, department: int) -> Message:
    """The stages, what the department says to them, how all others stand, and the buttons while answers are taken."""
    own = next((one for one in standing.departments if one.id == department), None)
    name = clip(own.name, NAME) if own else "a department"
    going = standing.ratification.closed_at is None
    asks = f" You lead {name}: say for {name} whether you agree." if going else ""
    intro = f"All departments {'are' if going else 'were'} asked to agree to one journey.{asks}"
    told = [_own(name, own), standing_words(standing)]
    blocks: list[Block] = [
        header("Do you agree to the journey?"),
        paragraph(intro),
        rich(bullets(_stages(standing.ratification.stages))),
        paragraph(bold(told[0])),
        *standing_blocks(standing),
        *(_buttons(standing, department) if going else []),
    ]
    stages = ", ".join(stage.name for stage in standing.ratification.stages)
    return Message(
        escape_within(f"Do you agree to the journey? {intro} Its stages: {stages}. {' '.join(told)}"), blocks
    )


def asked_message(leads: int, nobody: Sequence[str]) -> Message:
    """How many leads were asked just now, and where nobody can be asked."""
    text = f"{counted(leads, 'lead')} got the question just now." if leads else "Every lead has the question already."
    if nobody:
        text = f"{text} Nobody can be asked in {_few(nobody)}: name a lead there with /cx setup."
    return Message(escape_within(text), [paragraph(text)])


def ratification_section(standing: Tally | None, told: str, department: int | None, *, steward: bool) -> Message:
    """On the hub: whether the journey is ratified; `department` is the one that the reader leads."""
    going = standing is not None and standing.ratification.closed_at is None
    shown = open_blocks(standing) if standing is not None and going else []
    buttons = [*_own_buttons(standing, department), *(_steward_buttons(standing) if steward else [])]
    actions: list[Block] = [ActionsBlock(block_id="ratification", elements=buttons)] if buttons else []
    return Message(f"Ratification. {told}", [paragraph(bold("Ratification. "), told), *shown, *actions])


def ask_blocks() -> list[Block]:
    """Offers to put a journey that was just saved to the leads."""
    told = "The departments have not been asked whether they agree to it."
    return [paragraph(told), ActionsBlock(block_id="ask", elements=[ask_button()])]


def ask_button(again: bool = False) -> ButtonElement:
    """Puts the journey to the leads."""
    label = "Ask the departments again" if again else "Ask the departments to agree"
    return ButtonElement(text=plain(label, 75), action_id=Action.RATIFICATION_ASK)


def _own(name: str, own: DepartmentWord | None) -> str:
    word = own.word if own else Word.NOBODY
    return _OWN[word].format(name)


_OWN: Mapping[Word, str] = {
    Word.AGREES: "{} agrees.",
    Word.OBJECTS: "{} objects.",
    Word.OUTDATED: "{} has answered, but the journey has changed since.",
    Word.WAITING: "{} has not answered yet.",
    Word.UNASKED: "{} has not answered yet.",
    Word.NOBODY: "{} has nobody who can be asked.",
}


def _stages(stages: Sequence[AskedStage]) -> list[Sequence[Part]]:
    return [
        (bold(f"{number}. {clip(one.name, NAME)}"), f": {clip(one.definition, DEFINITION)}" if one.definition else "")
        for number, one in enumerate(stages, 1)
    ]


def _buttons(standing: Tally, department: int) -> list[Block]:
    foot = context("The last answer of your department counts. You can change it until the journey is ratified.")
    return [ActionsBlock(block_id="stances", elements=_answers(standing, department)), foot]


def _answers(standing: Tally, department: int) -> list[ButtonElement]:
    said = next((one.last_at for one in standing.departments if one.id == department), None)
    asked = Asked(ratification=standing.ratification.id, department=department, read_until=said)
    value = asked.model_dump_json()
    answer = ButtonElement(text=plain("Answer stage by stage"), action_id=Action.RATIFICATION_ANSWER, value=value)
    agree = ButtonElement(
        text=plain("We agree to all"), action_id=Action.RATIFICATION_AGREE, value=value, style="primary"
    )
    return [agree, answer]


def _own_buttons(standing: Tally | None, department: int | None) -> list[ButtonElement]:
    if standing is None or department is None or standing.ratification.closed_at is not None:
        return []
    return _answers(standing, department)


def _steward_buttons(standing: Tally | None) -> list[ButtonElement]:
    if standing is None or standing.ratification.closed_at is not None:
        return [ask_button(again=standing is not None)]
    if standing.changed or standing.last_at is None:
        return [ask_button(again=True)]
    value = str(standing.ratification.id)
    return [ButtonElement(text=plain("Ratify…"), action_id=Action.RATIFICATION_RATIFY, value=value), ask_button(True)]


def _few(names: Sequence[str]) -> str:
    return ", ".join(clip(name, NAME) for name in names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
