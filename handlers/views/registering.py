"""The short form for a new initiative, and what is said when it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.names import name_options, stage_options
from handlers.views.text import bold, code, divider, header, italic, line, paragraph, plain, rich
from planning.findings.values import Choice, Rule
from planning.initiatives.registering import NearOverlap
from planning.journey.values import Journey
from planning.text import TITLE_MAX, clip

NOTICE = "notice"
"""The block id of the line on top of a form that came back."""
TITLE_SHOWN = 150
SENTENCE_SHOWN = 300


class Turn(BaseModel):
    """What the form remembers from one submission to the next; kept in its private metadata."""

    link: str = ""
    at_home: bool = False
    edition: int = 0
    asks_department: bool = False
    suggested: bool = False
    shown: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    title: str = ""
    problem: str = ""
    stages: tuple[int, ...] = ()
    department: int | None = None
    answers: Mapping[int, str] = field(default_factory=dict)


def register_form(
    filled: Filled,
    journey: Journey,
    departments: Mapping[int, str],
    turn: Turn,
    near: Sequence[NearOverlap] = (),
    notice: str = "",
    told: Sequence[str] = (),
) -> View:
    """The form; when it comes back, what it would run into stands on top with a question for each, and who is told."""
    blocks = [
        *notice_line(notice),
        *_near(near, filled.answers),
        *([rich(*map(line, told)), divider()] if told else []),
        *_own(filled, journey, departments, turn),
    ]
    return View(
        type="modal",
        callback_id=Modal.REGISTER,
        title=plain("New initiative", 24),
        submit=plain("Save" if near or turn.suggested else "Register"),
        close=plain("Cancel"),
        private_metadata=turn.model_dump_json(),
        blocks=blocks,
    )


def unready_modal(missing: Sequence[str], steward: str | None, typed: str) -> View:
    """Said instead of the form while there is nothing to choose from; what was typed is given back."""
    whom = f"Ask {steward} to set it up" if steward else "Anyone can set it up in two minutes"
    kept: list[Block] = [divider(), paragraph(italic("What you wrote, to copy:")), paragraph(typed)] if typed else []
    return View(
        type="modal",
        callback_id=Modal.TOLD,
        title=plain("Not quite ready", 24),
        close=plain("Close"),
        blocks=[
            paragraph("Before initiatives can be registered, Concord needs ", bold(" and ".join(missing)), "."),
            paragraph(f"{whom}: type ", code("/cx setup"), "."),
            *kept,
        ],
    )


def notice_line(text: str) -> list[Block]:
    """The line that says why a form came back; nothing without a text."""
    if not text:
        return []
    block = paragraph(bold(text))
    block.block_id = NOTICE
    return [block]


def answer_field(initiative: int) -> str:
    """The name of the question about one other initiative."""
    return f"answer_{initiative}"


def _near(near: Sequence[NearOverlap], answers: Mapping[int, str]) -> list[Block]:
    others, own = [one for one in near if not one.own], [one for one in near if one.own]
    which = "one of another department" if len(others) == 1 else f"{len(others)} of other departments"
    return [
        *_questions(f"Before you save: look at {which}", others, answers),
        *_questions("Your department has this already", own, answers),
    ]


def _questions(heading: str, near: Sequence[NearOverlap], answers: Mapping[int, str]) -> list[Block]:
    if not near:
        return []
    asked = [block for one in near for block in _question(one, answers.get(one.initiative.id))]
    return [header(heading), *asked, divider()]


def _question(one: NearOverlap, answer: str | None) -> list[Block]:
    initiative = one.initiative
    who = f"{one.department}, {one.owner}" if one.owner else one.department
    told = rich(
        line(bold(f"{initiative.reference} {clip(initiative.draft.title, TITLE_SHOWN)}")),
        line(who),
        line(clip(one.sentence, SENTENCE_SHOWN)),
    )
    field = Field(answer_field(initiative.id), f"Yours and {initiative.reference}", optional=False)
    return [told, fields.radio(field, _answers(one), answer)]


def _answers(one: NearOverlap) -> list[tuple[str, str]]:
    """Joining fits where two are meant and not a whole group; the own department needs no coordinating."""
    reference, alike = one.initiative.reference, one.found.rule is Rule.DUPLICATE_EFFORT
    if one.own:
        return [
            (Choice.JOIN, f"It is the same: mine becomes part of {reference}"),
            (Choice.DIFFERENT, "Truly different: only the words are alike"),
        ]
    join = [(Choice.JOIN, f"Join theirs: mine becomes part of {reference}")] if one.found.pair else []
    return [
        *join,
        (Choice.COORDINATE, "Coordinate: both go on, and the leads talk"),
        (Choice.DIFFERENT, f"Truly different: {'only the words are alike' if alike else 'they do not get in the way'}"),
    ]


def _own(filled: Filled, journey: Journey, departments: Mapping[int, str], turn: Turn) -> list[Block]:
    rows: list[Block] = [
        fields.text_field(Field("title", "Title", optional=False), filled.title, most=TITLE_MAX),
        fields.text_field(_PROBLEM, filled.problem, lines=True, ghost="What goes wrong for them, in their words"),
        _stages(filled, journey, turn),
    ]
    return [*rows, *([_department(filled, departments)] if turn.asks_department else [])]


_PROBLEM = Field("problem", "Which customer problem does it solve?")


def _stages(filled: Filled, journey: Journey, turn: Turn) -> InputBlock:
    hint = "Suggested from your words: confirm them, change them or clear them." if turn.suggested else ""
    field = Field("stages", "Stages of the customer's journey", hint, edition=turn.edition)
    return fields.any_of(field, stage_options(journey), map(str, filled.stages), "Where the customer feels it")


def _department(filled: Filled, departments: Mapping[int, str]) -> InputBlock:
    field = Field("department", "Your department", "Asked once; Concord remembers it.", optional=False)
    chosen = str(filled.department) if filled.department is not None else None
    return fields.one_of(field, name_options(departments), chosen)
