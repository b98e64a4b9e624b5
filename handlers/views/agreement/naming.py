"""What came of a naming round, and how naming stands on the hub."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
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
from handlers.views.agreement.words import Bands, index_words, unsure
from handlers.views.names import joined
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    paragraph,
    plain,
    rich,
)
from planning.agreement.results import DepartmentIndex, NamingResult, ProposedStage
from planning.agreement.values import Poll
from planning.text import clip, counted
from planning.workspace.hours import said_in

NAME, ALSO = 60, 30
DEPARTMENTS_SHOWN, NAMES_SHOWN, OTHERS_SHOWN = 20, 4, 10
ON_HUB = 15
"""Departments listed where all sections have to fit into one message."""
MEANINGS: Bands = (
    (0.8, "people name nearly the same stages."),
    (0.6, "people name mostly the same stages."),
    (0.4, "people use partly the same stages."),
    (0.2, "people have only a few stages in common."),
    (0.0, "people are hardly more alike than by chance."),
)
NEXT: Bands = (
    (0.8, "Make the proposal the journey, and ask the departments to agree to it."),
    (0.4, "Talk over with the leads where the names differ, make the proposal the journey, and ask them to agree."),
    (0.0, "Each department means a journey of its own. Bring the leads together over the proposal before you save it."),
)
NOT_SURE = "Ask more people of each department, or take the proposal as something to talk over with the leads."
TOO_FEW = "Too few people answered to say anything. Ask again, and more people of each department."

NAMING_WORDING = Wording(
    title="Name the stages",
    asks=(
        "Which stages does a customer go through with us, from first noticing us to leaving? "
        "Name them in their order and in your own words."
    ),
    why="You were drawn at random, like others of every department.",
    shown="The names that people used are shown together, without who used them.",
    button="Name the stages",
)


def naming_result(poll: Poll, result: NamingResult, zone: str, *, steward: bool) -> Message:
    """The indices, the proposed journey with its support, and what to do next; days are those of the zone."""
    title, taken = "What people call the stages", _taken(poll, result, zone)
    overall, proposed = _overall(result), _proposed(result.proposed)
    blocks: list[Block] = [
        header(title),
        context(f"{taken} 0 is agreement as by chance, 1 is identical."),
        rich(bullets(overall)),
        *_departments(result.departments),
        *proposed,
        *_others(result.others),
        *([context(_hidden(result.hidden))] if result.hidden else []),
        paragraph(bold("What to do: "), next_step(result)),
        *(_adopt(poll) if steward and result.proposed else []),
    ]
    stages = ", ".join(f"{stage.name} ({stage.support})" for stage in result.proposed)
    spoken = " ".join(f"{row[0]['text']}{row[1]}" for row in overall)
    told = f"{title}. {taken} {spoken} Proposed: {stages or 'nothing'}. {next_step(result)}"
    return Message(escape_within(told), blocks)


def naming_outcome(result: NamingResult) -> str:
    """What came of it, for those who were asked."""
    return outcome_words(result, result.overall, MEANINGS)


def next_step(result: NamingResult) -> str:
    """What a result asks for."""
    if result.overall is None:
        return TOO_FEW
    if unsure(result.overall):
        return NOT_SURE
    value = result.overall.value
    return next((words for least, words in NEXT if value >= least), NEXT[-1][1])


def naming_section(
    latest: Sequence[Poll], going: Progress | None, zone: str, *, reader: bool, steward: bool
) -> Message:
    """On the hub: the round that is open, and what came of the last ones (`latest`, the newest first)."""
    told = [_going(going, zone, steward)] if going else []
    told += [_latest(latest, zone)] if latest else []
    if not told:
        told = ["Nobody has been asked yet what the stages of the journey are called."]
    start = ButtonElement(text=plain("Start a naming round"), action_id=Action.NAMING_START)
    buttons = round_buttons(start, going, latest, reader=reader, steward=steward)
    return round_section("Naming round", " ".join(told), buttons)


def _going(going: Progress, zone: str, steward: bool) -> str:
    told = progress_words(going, zone)
    if not steward:
        return told
    asked = joined((f"{count} of {clip(name, ALSO)}" for name, count in going.asked), ON_HUB)
    return f"{told} Asked: {asked}; drawn with seed {going.poll.seed}."


def _latest(latest: Sequence[Poll], zone: str) -> str:
    indices = [poll.result.overall for poll in latest if isinstance(poll.result, NamingResult)]
    closed = latest[0].closed_at
    when = f" ({said_in(zone, closed)})" if closed else ""
    return f"The last one{when}: {index_words(indices[0], MEANINGS)} {before_words(indices[1:])}".rstrip()


def _taken(poll: Poll, result: NamingResult, zone: str) -> str:
    return f"{answered_words(result)}, until {said_in(zone, poll.closed_at) if poll.closed_at else 'now'}."


def _overall(result: NamingResult) -> list[tuple[dict[str, str], str]]:
    return [
        (bold("All together: "), index_words(result.overall, MEANINGS)),
        (bold("Between departments: "), index_words(result.between, MEANINGS)),
    ]


def _departments(departments: Sequence[DepartmentIndex]) -> list[Block]:
    if not departments:
        return []
    rows: list[Sequence[Part]] = [
        (bold(f"{clip(one.name, NAME)}: "), f"{answered_words(one)}; {index_words(one.index, MEANINGS)}")
        for one in departments[:DEPARTMENTS_SHOWN]
    ]
    hidden = len(departments) - DEPARTMENTS_SHOWN
    more: list[Sequence[Part]] = [(f"…and {hidden} more departments",)] if hidden > 0 else []
    return [rich(line(bold("Within each department")), bullets([*rows, *more]))]


def _proposed(stages: Sequence[ProposedStage]) -> list[Block]:
    if not stages:
        return [paragraph("No stage was named by enough people to be proposed.")]
    rows = [_stage(number, stage) for number, stage in enumerate(stages, 1)]
    return [rich(line(bold("Proposed, in the order that most people used")), bullets(rows))]


def _stage(number: int, stage: ProposedStage) -> Sequence[Part]:
    also = [f"“{clip(name, ALSO)}” {count}" for name, count in stage.names if name != stage.name]
    more = f"; also {joined(also, NAMES_SHOWN)}" if also else ""
    return (bold(f"{number}. {clip(stage.name, NAME)}"), f" ({counted(stage.support, 'person', 'people')}){more}")


def _others(stages: Sequence[ProposedStage]) -> list[Block]:
    if not stages:
        return []
    told = joined((f"{clip(stage.name, ALSO)} ({stage.support})" for stage in stages), OTHERS_SHOWN)
    return [paragraph(bold("Named by few: "), told)]


def _hidden(count: int) -> str:
    names = "1 name is" if count == 1 else f"{count} names are"
    return f"{names} left out: only one or two people used words of their own, which would show their answers."


def _adopt(poll: Poll) -> list[Block]:
    button = ButtonElement(
        text=plain("Make this the journey"), action_id=Action.NAMING_ADOPT, value=str(poll.id), style="primary"
    )
    return [ActionsBlock(block_id=f"naming_{poll.id}", elements=[button])]
