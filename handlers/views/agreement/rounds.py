"""What polls of all kinds have in common on the hub: how far they are, what came of them, and their buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from handlers.ids import Action
from handlers.views.agreement.words import Bands, index_words, moment
from handlers.views.standings import index_number
from handlers.views.text import Message, bold, paragraph, plain
from planning.agreement.results import DepartmentIndex, Index, NamingResult, PulseResult, ScoreResult
from planning.agreement.values import Poll


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open round is; `asked` has the number of people asked by department."""

    poll: Poll
    asked: tuple[tuple[str, int], ...]
    answered: int


def round_section(title: str, told: str, buttons: Sequence[ButtonElement]) -> Message:
    """A part of the hub."""
    actions: list[Block] = [ActionsBlock(block_id=title, elements=buttons)] if buttons else []
    return Message(f"{title}. {told}", [paragraph(bold(f"{title}. "), told), *actions])


def progress_words(going: Progress, zone: str, what: str = "One") -> str:
    """Until when it is open, and how many have answered."""
    total = sum(count for _, count in going.asked)
    until = moment(going.poll.closes_at, zone)
    return f"{what} is open until {until}: {going.answered} of {total} people have answered."


def answered_words(result: NamingResult | DepartmentIndex | PulseResult | ScoreResult) -> str:
    """How many answered."""
    return f"{result.answered} of {result.asked} people answered"


def outcome_words(result: NamingResult | PulseResult, index: Index | None, bands: Bands) -> str:
    """What came of it, for those who were asked."""
    if index is None:
        return f"{answered_words(result)}, too few to say how far people agree."
    return f"{answered_words(result)}. How far people agree: {index_words(index, bands)}"


def before_words(indices: Iterable[Index | None]) -> str:
    """What the indices were before, the newest first."""
    values = [index_number(index.value) for index in indices if index is not None]
    return f"Before that: {', '.join(values)}." if values else ""


def round_buttons(
    start: ButtonElement, going: Progress | None, latest: Sequence[Poll], *, reader: bool, steward: bool
) -> list[ButtonElement]:
    """A steward starts a round or ends the open one; readers see what came of the last one."""
    able = [start] if going is None else close_buttons(going.poll)
    return [*(able if steward else []), *(result_buttons(latest[0]) if latest and reader else [])]


def close_buttons(poll: Poll) -> list[ButtonElement]:
    """Close it now, or call it off."""
    now = _asking("Close it now?", "What was answered so far counts; nobody can answer any more.", "Close it")
    off = _asking("Call it off?", "The answers come to nothing, and nothing more is sent.", "Call it off")
    return [
        ButtonElement(text=plain("Close now"), action_id=Action.POLL_CLOSE, value=str(poll.id), confirm=now),
        ButtonElement(text=plain("Call off"), action_id=Action.POLL_CALL_OFF, value=str(poll.id), confirm=off),
    ]


def result_buttons(poll: Poll) -> list[ButtonElement]:
    """Show what came of it."""
    return [ButtonElement(text=plain("What came of it"), action_id=Action.POLL_RESULT, value=str(poll.id))]


def _asking(title: str, text: str, confirm: str) -> ConfirmObject:
    return ConfirmObject(title=title, text=plain(text, 300), confirm=confirm, deny="Not yet")
