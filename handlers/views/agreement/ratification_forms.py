"""The forms of a ratification: what a department says stage by stage, and the steward's last word."""

from collections.abc import Iterable
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.agreement.ratification import DEFINITION, NAME, Asked
from handlers.views.agreement.standing import standing_blocks
from handlers.views.fields import ChoiceOption, Field
from handlers.views.notes import Note
from handlers.views.registering import notice_line
from handlers.views.setup import settings_form
from handlers.views.text import context, paragraph
from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.agreement.ratifying import REASON_MAX
from planning.agreement.tallying import Tally
from planning.text import clip, counted

AGREE, OBJECT = "agree", "object"
OBJECT_WORDS = "We object"
ANSWERS: tuple[ChoiceOption, ...] = ((AGREE, "We agree"), (OBJECT, OBJECT_WORDS))


class StancesNote(Asked, Note):
    """Which department answers in the form."""


class RatifyNote(Note):
    """What is about to be ratified, and when the last answer was given that the steward has read."""

    ratification: int
    read_until: datetime | None


def stances_form(ratification: Ratification, department: int, name: str, said: Iterable[Stance]) -> View:
    """Each stage with the question whether the department agrees, and a place to say why not."""
    known = {stance.stage: stance for stance in said if stance.department == department}
    read_until = max((stance.at for stance in known.values()), default=None)
    note = StancesNote(ratification=ratification.id, department=department, read_until=read_until)
    opening = (
        f"You answer for {clip(name, NAME)}. All departments see it; you can change it until the journey is ratified."
    )
    stages = [block for one in ratification.stages for block in _stance_fields(one, known.get(one.id))]
    return settings_form(Modal.STANCES, "Stage by stage", [paragraph(opening), *stages], note)


def ratify_form(standing: Tally, notice: str = "") -> View:
    """What the steward is about to ratify, and over whose objections."""
    note = RatifyNote(ratification=standing.ratification.id, read_until=standing.last_at)
    blocks = [*notice_line(notice), *standing_blocks(standing), context(_consequence(standing))]
    submit = "Ratify" if standing.unanimous else "Ratify anyway"
    return settings_form(Modal.RATIFY, "Ratify the journey", blocks, note, submit)


def _stance_fields(stage: AskedStage, known: Stance | None) -> list[Block]:
    chosen = None if known is None else AGREE if known.agrees else OBJECT
    label = clip(stage.name, NAME)
    question = Field(f"stance_{stage.id}", label, clip(stage.definition, 2 * DEFINITION), optional=False)
    reason = Field(f"reason_{stage.id}", f"Why, if you object to {label}")
    return [
        fields.radio(question, ANSWERS, chosen),
        fields.text_field(reason, known.reason if known else "", most=REASON_MAX, lines=True),
    ]


def _consequence(standing: Tally) -> str:
    over = len(standing.objections)
    if not over:
        return "The record will say who agreed, and when you ratified it."
    objections = counted(over, "objection")
    return f"The record will say that you ratified it over {objections}. Talk to them first if you have not."
