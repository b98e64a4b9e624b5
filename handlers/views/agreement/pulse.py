"""The pulse: starting it, its question, and what came of it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.agreement.questions import Wording
from handlers.views.agreement.rounds import (
    Progress,
    answered_words,
    before_words,
    outcome_words,
    progress_words,
    round_buttons,
    round_section,
)
from handlers.views.agreement.words import Bands, index_words
from handlers.views.fields import ChoiceOption, Field
from handlers.views.findings import department_name
from handlers.views.names import Names
from handlers.views.setup import settings_form
from handlers.views.text import Message, bold, bullets, context, escape_within, header, paragraph, plain, rich
from planning.agreement.results import Confusion, PulseResult
from planning.agreement.values import Poll
from planning.findings.facts.base import listed
from planning.initiatives.values import Initiative
from planning.text import clip
from planning.workspace.hours import said_in

NAME, TITLE, PROBLEM = 60, 150, 600
UNSURE = "0"
"""Stands for no stage: the person cannot tell."""
TITLE_OF_RESULT = "Where people see the same initiatives"
MEANINGS: Bands = (
    (0.8, "people put the same work on the same stages."),
    (0.667, "people mostly agree; good enough for careful conclusions."),
    (0.4, "people agree only partly."),
    (0.0, "people hardly agree more than by chance."),
)
GOOD = 0.8
WORDING = Wording(
    title="On which stage?",
    asks="Here are three initiatives: on which stage of the journey does each of them work most?",
    why="You were drawn at random, like others of every department.",
    shown="What is shown is how far all answers agree, and which two stages are taken for each other.",
    button="Answer",
)


def pulse_form(size: int) -> View:
    """How many people are asked."""
    told = (
        "A few people of each department, drawn at random, put the same three initiatives on the stages of the "
        "journey, each alone. It shows whether the stages mean the same to everybody. Concord does it once a quarter "
        "by itself; this is one more, now, open for a week."
    )
    field = Field("size", "How many people of each department?", optional=False)
    return settings_form(Modal.PULSE, "Pulse", [paragraph(told), fields.number(field, size, least=1)], None, "Ask them")


def tag_fields(
    initiatives: Sequence[Initiative], stages: Sequence[ChoiceOption], tags: dict[int, int] | None, names: Names
) -> list[Block]:
    """Each initiative in its own words, without the stages on which it is registered, and a menu of all stages."""
    return [block for one in initiatives for block in _tag(one, stages, tags, names)]


def pulse_result(
    poll: Poll, result: PulseResult, about: Sequence[Initiative], before: Sequence[PulseResult], zone: str
) -> Message:
    """The index, its trend, what is confused most, and what to do; `before`: earlier pulses, the newest first."""
    rows = [
        f"{answered_words(result)}, until {said_in(zone, poll.closed_at) if poll.closed_at else 'now'}.",
        f"Krippendorff’s alpha: {index_words(result.alpha, MEANINGS)}",
        *filter(None, [before_words(one.alpha for one in before)]),
        *_confused(result.confused),
        *_left_out(result.left_out),
    ]
    named = listed([f"{one.reference} “{clip(one.draft.title, TITLE)}”" for one in about])
    asked = f"Asked about {named}. 0 is agreement as by chance, 1 is identical."
    blocks: list[Block] = [
        header(TITLE_OF_RESULT),
        context(asked),
        rich(bullets([(row,) for row in rows])),
        paragraph(bold("What to do: "), next_step(result)),
    ]
    return Message(escape_within(f"{TITLE_OF_RESULT}. {asked} {' '.join(rows)} {next_step(result)}"), blocks)


def pulse_outcome(result: PulseResult) -> str:
    """What came of it, for those who were asked."""
    return outcome_words(result, result.alpha, MEANINGS)


def next_step(result: PulseResult) -> str:
    """What a result asks for."""
    if result.alpha is None:
        return "Too few people answered. Ask again, and more people of each department: /cx agree."
    if result.confused is None or result.alpha.value >= GOOD:
        return "Nothing now. The next pulse comes next quarter."
    first, second = (clip(name, NAME) for name in (result.confused.first, result.confused.second))
    return f"Talk over where “{first}” ends and “{second}” begins; sharpen their definitions: /cx setup."


def pulse_section(latest: Sequence[Poll], going: Progress | None, zone: str, *, reader: bool, steward: bool) -> Message:
    """On the hub: the pulse that is open, and the last ones. `latest`: those with a result, the newest first."""
    results = [poll.result for poll in latest if isinstance(poll.result, PulseResult)]
    told = [progress_words(going, zone)] if going else []
    told += [_latest(results)] if results else []
    text = " ".join(told) or "Nobody has been asked yet on which stages initiatives work."
    start = ButtonElement(text=plain("Start a pulse"), action_id=Action.PULSE_START)
    return round_section("Pulse", text, round_buttons(start, going, latest, reader=reader, steward=steward))


def _tag(
    one: Initiative, stages: Sequence[ChoiceOption], tags: dict[int, int] | None, names: Names
) -> tuple[Block, Block]:
    title, department = clip(one.draft.title, TITLE), department_name(names, one.draft.department)
    earlier = None if tags is None else str(tags.get(one.id, UNSURE))
    field = Field(f"tag_{one.id}", f"“{title}” works most on", optional=False)
    menu = fields.one_of(field, [*stages, (UNSURE, "I cannot tell")], earlier)
    return paragraph(bold(title), f" ({department})\n{clip(one.draft.problem, PROBLEM)}"), menu


def _confused(pair: Confusion | None) -> list[str]:
    if pair is None:
        return []
    first, second = clip(pair.first, NAME), clip(pair.second, NAME)
    return [
        f"Most often taken for each other: “{first}” and “{second}”, in {pair.pairs} of {pair.of} pairs of answers."
    ]


def _latest(results: Sequence[PulseResult]) -> str:
    told = (f"The last one: {index_words(results[0].alpha, MEANINGS)}", before_words(one.alpha for one in results[1:]))
    return " ".join([*filter(None, told), *_confused(results[0].confused)])


def _left_out(count: int) -> list[str]:
    if not count:
        return []
    named = "1 answer names" if count == 1 else f"{count} answers name"
    return [f"{named} a stage that was taken out meanwhile; that does not count."]
