"""The forms of a poll: the one that opens a naming round, and those by which people answer."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.agreement.questions import Wording
from handlers.views.fields import Field
from handlers.views.lines import line_fields
from handlers.views.notes import Note
from handlers.views.registering import notice_line
from handlers.views.setup import settings_form
from handlers.views.text import bold, bullets, context, line, paragraph, rich
from planning.agreement.answering import FIELD, NAMES_MOST
from planning.text import clip
from planning.workspace.hours import END

NAME_SHOWN = 80
SHOWN = 20
GHOST = "The first stage\nThe next one\n…"


class AnswerNote(Note):
    """Which invitation the form answers."""

    invitation: int


class NamingNote(Note):
    """For how many people of each department the form has shown who could be asked."""

    size: int


def naming_form(size: int, closes_on: date, samples: Sequence[tuple[str, int, int]], *, again: bool = False) -> View:
    """How many are asked until when; `samples`: each department's name, how many of how many would be asked."""
    notice = "Not sent yet. With that many, those below would be asked." if again else ""
    return settings_form(
        Modal.NAMING,
        "Naming round",
        [
            *notice_line(notice),
            paragraph(
                "People of each department, drawn at random, are asked by direct message to name the stages of the "
                "customer’s journey. Each answers alone; you see what they agree on, never who answered what."
            ),
            fields.number(
                Field("size", "How many people of each department?", optional=False), size, least=1, decimals=False
            ),
            fields.day(Field("closes_on", "Until when?", f"It closes at {END:%H:%M} of that day.", False), closes_on),
            *_samples(samples),
        ],
        NamingNote(size=size),
        "Ask them",
    )


def answer_form(wording: Wording, invitation: int, blocks: Sequence[Block]) -> View:
    """A form by which one person answers; `blocks` are its fields."""
    note = AnswerNote(invitation=invitation)
    return settings_form(
        Modal.POLL_ANSWER, wording.title, [paragraph(wording.asks), *blocks, context(wording.promise)], note, "Answer"
    )


def names_field(names: Sequence[str]) -> list[Block]:
    """The stages, one on each line."""
    hint = f"One on each line, from the first to the last, at most {NAMES_MOST}. Your own words are the right ones."
    return line_fields(Field(FIELD, "Stages in their order", hint, optional=False), "More stages", names, GHOST)


def _samples(samples: Sequence[tuple[str, int, int]]) -> list[Block]:
    rows = [(bold(f"{clip(name, NAME_SHOWN)}: "), _sample(asked, of)) for name, asked, of in samples[:SHOWN]]
    hidden = len(samples) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more departments")] if hidden > 0 else []
    total = sum(asked for _, asked, _ in samples)
    listed = bullets(rows) if rows else line("There are no departments yet; add them with “/cx setup”.")
    return [rich(line(bold(f"This would ask {total} in all")), listed), *more]


def _sample(asked: int, of: int) -> str:
    return f"{asked} of {of}" if of else "nobody: none of it is known in Slack yet"
