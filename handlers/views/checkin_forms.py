"""The form in which owners say more of how their initiatives stand, some at a time."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from handlers.ids import COMMAND, Modal
from handlers.views import fields
from handlers.views.checkins import STANDING_WORDS, Turn, named, said_words
from handlers.views.fields import Field
from handlers.views.loading import told_modal
from handlers.views.names import STATUS_WORDS
from handlers.views.statuses import edit_button
from handlers.views.text import bold, context, paragraph, plain
from planning.checkins.answering import CHANGES, NOTE_MAX
from planning.checkins.questions import Asking, Question
from planning.text import clip, counted

PAGE = 5
REFUSED_SHOWN, REFUSED = 5, 300
FORM_TITLE = "Check-in"
STANDING, NOTE, STATUS = "standing_", "note_", "status_"
"""The beginnings of the fields’ names; the number of the check-in follows."""


def page_of(asking: Asking, after: int) -> tuple[Question, ...]:
    """The questions of the page that begins after a check-in."""
    return tuple(one for one in asking.open if one.check_in.id > after)[:PAGE]


def check_in_form(asking: Asking, after: int, refused: Sequence[str] = ()) -> View:
    """How each stands, why, and how far it is; `refused` says what was not kept of the page before."""
    page = page_of(asking, after)
    left = sum(1 for one in asking.open if page and one.check_in.id > page[-1].check_in.id)
    blocks: list[Block] = [
        *_refused(refused),
        context(f"What is said here stands on the cards. “{COMMAND} edit CX-12” changes anything else."),
        *(block for one in page for block in _asked(one)),
        *([context(f"…and {counted(left, 'more', 'more')} on the next page.")] if left else []),
    ]
    return View(
        type="modal",
        callback_id=Modal.CHECK_IN,
        title=plain(FORM_TITLE, 24),
        submit=plain("Save and go on" if left else "Save"),
        close=plain("Close"),
        private_metadata=Turn(first=asking.id, after=after).model_dump_json(),
        blocks=blocks,
    )


def kept_modal(asking: Asking, page: Sequence[Question], refused: Sequence[str] = ()) -> View:
    """What was kept of the last page, with the way to everything else about each."""
    waiting = len(asking.waiting)
    more = f" {counted(waiting, 'answer')} to go: press a button in the message or “Say more”." if waiting else ""
    rows = [_kept(one, asking.person.zone) for one in page]
    return told_modal("Saved", [*_refused(refused), paragraph(f"Thank you.{more}"), *rows], close="Done")


def nothing_modal() -> View:
    """Said when nothing is left to be asked."""
    told = "Nothing is asked of you here any more: these initiatives are closed, somebody else’s, or were asked anew."
    return told_modal(FORM_TITLE, [paragraph(told)])


def _asked(question: Question) -> list[Block]:
    check_in, status = question.check_in, question.initiative.draft.status
    standings = [(str(standing), words) for standing, words in STANDING_WORDS.items()]
    moves = [(str(one), STATUS_WORDS[one]) for one in CHANGES if one is not status]
    note = Field(f"{NOTE}{check_in.id}", "What is in the way, or what helps", "A sentence or two.")
    far = Field(f"{STATUS}{check_in.id}", f"It is {STATUS_WORDS[status].lower()}; change that to")
    answer = str(check_in.answer) if check_in.answer else None
    return [
        paragraph(bold(named(question.initiative))),
        fields.radio(Field(f"{STANDING}{check_in.id}", "How does it stand?"), standings, answer),
        fields.text_field(note, check_in.note, most=NOTE_MAX, lines=True),
        fields.one_of(far, moves, None, "Leave it"),
    ]


def _kept(question: Question, zone: str) -> SectionBlock:
    told = said_words(question.check_in, "", zone) or "Not answered yet."
    text = plain(f"{named(question.initiative)}\n{told}")
    return SectionBlock(text=text, accessory=edit_button(question.initiative))


def _refused(refused: Sequence[str]) -> list[Block]:
    return [paragraph(bold("Not kept: "), clip(one, REFUSED)) for one in refused[:REFUSED_SHOWN]]
