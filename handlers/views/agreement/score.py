"""The “score!” test: starting it, its question, and what came of it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, StaticSelectElement
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.agreement.questions import Wording
from handlers.views.agreement.rounds import Progress, answered_words, close_buttons, progress_words
from handlers.views.fields import OPTION_MAX, ChoiceOption, Field
from handlers.views.names import joined
from handlers.views.notes import Note
from handlers.views.setup import settings_form
from handlers.views.text import Message, bold, bullets, context, escape_within, header, paragraph, plain, rich
from planning.agreement.answers import SaidScore
from planning.agreement.results import MeasureNamed, ScoreResult
from planning.agreement.score_testing import UNIT_MAX
from planning.agreement.values import Poll
from planning.findings.facts.base import MOST_DIGITS, amount, with_unit
from planning.journey.values import Stage
from planning.text import NAME_MAX, clip, counted
from planning.workspace.hours import said_in

NAME = 60
MEASURES_SHOWN, TARGETS_SHOWN = 12, 6
FEW = 2
"""Measures, and targets of each, that are told of a stage among others."""
GOING_SHOWN, STAGES_SHOWN = 3, 5
NAMES_SHOWN = 10
OPTIONS_MAX = 100
TWO_ASKED = "Everybody answers alone. Only two are asked, so each can tell from the result what the other one said."
FEW_ASKED = (
    "Everybody answers alone, and no name is ever shown beside an answer. Few are asked, so some may guess whose it is."
)


class ScoreNote(Note):
    """Which stage is to be tested."""

    stage: int


def score_wording(stage: str, asked: int) -> Wording:
    """The question about a stage in words, put to so many people."""
    return Wording(
        title="What does “score” mean?",
        asks=f"What would you measure the stage “{clip(stage, NAME)}” by, and where should that be?",
        why="You lead a department that works on it, or are accountable for it.",
        shown="The measures and targets that were named are shown together, without who named them.",
        button="Answer",
        promise=TWO_ASKED if asked <= FEW else FEW_ASKED,
    )


def score_form(stage: Stage, people: Sequence[str]) -> View:
    """Who would be asked, before anybody is."""
    asked = joined((clip(name, NAME) for name in people), NAMES_SHOWN)
    told = (
        f"These are asked, each alone, what they measure “{clip(stage.name, NAME)}” by and its target: {asked}. "
        "They have a week. If they differ, it is an item for their next plan."
    )
    return settings_form(Modal.SCORE_TEST, "Score test", [paragraph(told)], ScoreNote(stage=stage.id), "Ask them")


def answer_fields(metrics: Sequence[ChoiceOption], earlier: SaidScore | None) -> list[Block]:
    """A metric on record or a measure in one's own words, its target and unit."""
    metric = str(earlier.metric) if earlier and earlier.metric is not None else None
    own = earlier.measure if earlier and metric is None else ""
    on_record = [fields.one_of(Field("metric", "A metric on record"), metrics, metric)] if metrics else []
    return [
        *on_record,
        fields.text_field(Field("measure", "Or another measure, in your words"), own, most=NAME_MAX),
        fields.number(Field("target", "Its target", optional=False), earlier.target if earlier else None, least=None),
        fields.text_field(
            Field("unit", "Unit", "Such as %, days or points."), earlier.unit if earlier else "", most=UNIT_MAX
        ),
    ]


def score_result(poll: Poll, result: ScoreResult, zone: str) -> Message:
    """The measures with their targets, whether it is one score, and what to do; never who said what."""
    title = "What does “score” mean?"
    closed = said_in(zone, poll.closed_at) if poll.closed_at else "now"
    opening = f"“{clip(result.name, NAME)}”: {answered_words(result)}, until {closed}."
    rows = [_measure(one) for one in result.measures[:MEASURES_SHOWN]]
    hidden = len(result.measures) - len(rows)
    rows += [f"…and {hidden} more"] if hidden > 0 else []
    listed: list[Block] = [rich(bullets([(row,) for row in rows]))] if rows else []
    blocks = [header(title), paragraph(opening), *listed, paragraph(bold(verdict(result)), f" {next_step(result)}")]
    return Message(escape_within(f"{title} {opening} {'; '.join(rows)}. {verdict(result)} {next_step(result)}"), blocks)


def score_outcome(result: ScoreResult) -> str:
    """What came of it, for those who were asked."""
    measures = "; ".join(_measure(one) for one in result.measures[:GOING_SHOWN])
    return f"{answered_words(result)}. {verdict(result)} {measures}".strip()


def verdict(result: ScoreResult) -> str:
    """Whether those who answered mean one score."""
    if result.answered < 2:
        return "Too few answered to compare."
    return "They aim at one score." if result.agreed else "They do not aim at one score."


def next_step(result: ScoreResult) -> str:
    """What a result asks for."""
    if result.answered < 2:
        return "Talk to those who were asked, and test again: /cx agree."
    if result.agreed:
        return "Put it on record as the stage’s metric if it is not there yet: /cx setup."
    return "Agree on one measure and one target; it is an item of the next plan of those who share the stage."


def score_section(
    results: Sequence[ScoreResult],
    going: Sequence[tuple[str, Progress, bool]],
    stages: Sequence[Stage],
    zone: str,
    *,
    reader: bool,
) -> Message:
    """On the hub: each open test with its stage's name and whether the reader may close it; the newest results.

    `stages` are those that the reader may have tested.
    """
    told = [_latest(results)] if results and reader else []
    text = " ".join(told) or "They ask those who share a stage, each alone, for its measure and target."
    open_ones = [block for one in going[:GOING_SHOWN] for block in _going(*one, zone)]
    hidden = len(going) - GOING_SHOWN
    more: list[Block] = [context(f"…and {hidden} more open")] if hidden > 0 else []
    menu: list[Block] = [ActionsBlock(block_id="score", elements=[_menu(stages)])] if stages else []
    return Message(f"Score tests. {text}", [paragraph(bold("Score tests. "), text), *open_ones, *more, *menu])


def _going(stage: str, progress: Progress, closable: bool, zone: str) -> list[Block]:
    told = progress_words(progress, zone, f"“{clip(stage, NAME)}”")
    if not closable:
        return [paragraph(told)]
    buttons: list[ButtonElement] = close_buttons(progress.poll)
    return [paragraph(told), ActionsBlock(block_id=f"score_{progress.poll.id}", elements=buttons)]


def _menu(stages: Sequence[Stage]) -> StaticSelectElement:
    options = [Option(value=str(stage.id), text=plain(stage.name, OPTION_MAX)) for stage in stages[:OPTIONS_MAX]]
    return StaticSelectElement(action_id=Action.SCORE_START, placeholder=plain("Test a stage…"), options=options)


def _latest(results: Sequence[ScoreResult]) -> str:
    told = [f"“{clip(one.name, NAME)}”: {_brief(one)}" for one in results[:STAGES_SHOWN]]
    hidden = len(results) - STAGES_SHOWN
    return "; ".join([*told, *([f"…and {hidden} more"] if hidden > 0 else [])]) + "."


def _brief(result: ScoreResult) -> str:
    agreed = "one score" if result.agreed else "no common score"
    return f"{agreed} ({', '.join(_measure(one, FEW) for one in result.measures[:FEW])})"


def _measure(one: MeasureNamed, most: int = TARGETS_SHOWN) -> str:
    targets = [amount(target, MOST_DIGITS) for target in dict.fromkeys(one.targets)]
    people = counted(one.support, "person", "people")
    return f"{clip(one.name, NAME)}, by {people}: target {with_unit(_either(targets, most), clip(one.unit, NAME))}"


def _either(targets: Sequence[str], most: int) -> str:
    shown = [*targets[:most], *(["others"] if len(targets) > most else [])]
    return " or ".join(shown)
