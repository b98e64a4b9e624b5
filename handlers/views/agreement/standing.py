"""How a ratification stands, in words and as blocks."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.names import joined
from handlers.views.text import Part, bold, bullets, paragraph, rich
from planning.agreement.tallying import Objection, Tally, Word
from planning.text import clip, counted

NAME = 60
REASON = 250
OBJECTIONS_SHOWN, ON_HUB = 8, 3
"""Of all, where it stands alone and on the hub; more are counted."""
NAMES_SHOWN = 5
WAITING = (
    (Word.WAITING, "Not answered yet"),
    (Word.OUTDATED, "Answered before the journey changed"),
    (Word.UNASKED, "Not asked yet"),
    (Word.NOBODY, "Nobody to ask"),
)


def standing_blocks(standing: Tally) -> list[Block]:
    """How many agree, what has changed, and each objection with its reason."""
    return [paragraph(_summary(standing)), *_objections(standing, OBJECTIONS_SHOWN)]


def open_blocks(standing: Tally) -> list[Block]:
    """The same in short while answers are taken, where it is said already how many agree."""
    told = " ".join([*_waiting(standing), *_changed(standing)])
    return [*([paragraph(told)] if told else []), *_objections(standing, ON_HUB)]


def standing_words(standing: Tally) -> str:
    """The same as one text."""
    told = [f"{_objecting(one)} {clip(one.reason, REASON)}" for one in standing.objections[:OBJECTIONS_SHOWN]]
    return " ".join([_summary(standing), *told])


def _summary(standing: Tally) -> str:
    agreeing, total = len(standing.saying(Word.AGREES)), len(standing.departments)
    agree = f"{agreeing} of {counted(total, 'department')} agree."
    return " ".join([*_closing(standing), agree, *_waiting(standing), *_changed(standing)])


def _waiting(standing: Tally) -> list[str]:
    return [f"{words}: {_names(standing.saying(word))}." for word, words in WAITING if standing.saying(word)]


def _changed(standing: Tally) -> list[str]:
    told = joined((clip(one, 2 * NAME) for one in standing.changed), most=NAMES_SHOWN)
    return [f"Changed since they were asked: {told}."] if told else []


def _closing(standing: Tally) -> list[str]:
    asked = standing.ratification
    if asked.closed_at is None:
        return []
    if asked.ratified_by is None:
        return ["This question is closed: the journey changed, and a newer question took its place."]
    over = f" over {counted(asked.over, 'objection')}" if asked.over else ""
    return [f"The journey is ratified{over}."]


def _objections(standing: Tally, most: int) -> list[Block]:
    rows = [_objection(one) for one in standing.objections[:most]]
    hidden = len(standing.objections) - len(rows)
    more: list[Sequence[Part]] = [(f"…and {_more(hidden)}",)] if hidden > 0 else []
    return [rich(bullets([*rows, *more]))] if rows else []


def _objection(one: Objection) -> Sequence[Part]:
    return (bold(f"{_objecting(one)} "), clip(one.reason, REASON))


def _objecting(one: Objection) -> str:
    return f"{clip(one.department, NAME)} objects to “{clip(one.stage, NAME)}”:"


def _more(hidden: int) -> str:
    return "1 more objection" if hidden == 1 else f"{hidden} more objections"


def _names(names: Sequence[str]) -> str:
    return joined((clip(name, NAME) for name in names), most=NAMES_SHOWN)
