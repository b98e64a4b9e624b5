"""How owners are asked how their initiatives stand: the message, and what they said wherever it is shown."""

from collections.abc import Mapping

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.ids import Action
from handlers.views.names import STATUS_WORDS
from handlers.views.text import Message, bold, context, escape_within, header, line, plain, rich
from planning.checkins.questions import Asking, Fate, Question
from planning.checkins.values import CheckIn, Standing
from planning.initiatives.values import Initiative
from planning.text import clip, counted, one_line
from planning.window import said
from planning.workspace.hours import said_in

SHOWN = 5
"""Initiatives in the message; the others stand in the form."""
TITLE, NAME, NOTE, SPOKEN = 120, 60, 300, 400
STANDING_WORDS: Mapping[Standing, str] = {
    Standing.ON_TRACK: "On track",
    Standing.AT_RISK: "At risk",
    Standing.STUCK: "Stuck",
}
BUTTONS: Mapping[Action, Standing] = {
    Action.CHECK_IN_ON_TRACK: Standing.ON_TRACK,
    Action.CHECK_IN_AT_RISK: Standing.AT_RISK,
    Action.CHECK_IN_STUCK: Standing.STUCK,
}


class Turn(BaseModel):
    """Which asking a form is about, and the check-in after which its page begins."""

    first: int
    after: int = 0


def check_in_message(asking: Asking) -> Message:
    """The question about each initiative, with what was answered so far; what is closed says why."""
    shown, beyond = asking.questions[:SHOWN], asking.questions[SHOWN:]
    title, then = _heading(asking)
    blocks: list[Block] = [
        header(title),
        context(then),
        *(block for one in shown for block in _row(one, asking)),
        *_more(asking, beyond),
    ]
    told = [clip(f"{named(one.initiative)}: {_state(one, asking)}", SPOKEN) for one in shown]
    tail = [_beyond(beyond)] if beyond else []
    return Message(escape_within("\n".join([f"{title} {then}", *told, *tail])), blocks)


def said_words(check_in: CheckIn, who: str, zone: str) -> str:
    """What was said last, by whom, when and why; nothing while nothing was."""
    if check_in.answer is None or check_in.answered_at is None:
        return ""
    by = f" by {clip(who, NAME)}" if who else ""
    note = f": {clip(one_line(check_in.note), NOTE)}" if check_in.note else ""
    return f"{STANDING_WORDS[check_in.answer]}, said{by} on {said_in(zone, check_in.answered_at)}{note}"


def named(initiative: Initiative) -> str:
    """The initiative in one line."""
    return f"{initiative.reference} {clip(one_line(initiative.draft.title), TITLE)}"


def _heading(asking: Asking) -> tuple[str, str]:
    waiting = len(asking.waiting)
    if waiting:
        one = "How does your initiative stand?" if len(asking.questions) == 1 else "How do your initiatives stand?"
        left = f"{counted(waiting, 'answer')} to go. " if waiting < len(asking.questions) else ""
        return one, f"{left}Whoever plans with you sees your answers on the cards. One press each is enough."
    if asking.open:
        return "Thank you for your answers.", "All is answered. Until you are asked anew you can change it here."
    return "How your initiatives stood", "Nothing is asked of you here any more."


def _row(question: Question, asking: Asking) -> list[Block]:
    told = rich(line(bold(named(question.initiative)), _until(question.initiative)), line(_state(question, asking)))
    return [told, *([_buttons(question)] if question.fate is Fate.OPEN else [])]


def _until(initiative: Initiative) -> str:
    ends = initiative.draft.ends_on
    return f" · until {said(ends)}" if ends else ""


def _state(question: Question, asking: Asking) -> str:
    told = said_words(question.check_in, "", asking.person.zone)
    if question.fate is Fate.OPEN:
        return f"{told}{_asks_why(question.check_in)}" if told else "Not answered yet."
    return f"{_closed(question)}{f' {told}.' if told else ''}"


def _asks_why(check_in: CheckIn) -> str:
    """Whoever reads that something is in the way wants to know what."""
    fine = check_in.answer is Standing.ON_TRACK
    return "" if fine or check_in.note else ". “Say more” lets you write what is in the way."


def _closed(question: Question) -> str:
    initiative = question.initiative
    if question.fate is Fate.OVERTAKEN:
        return "This was asked anew since; please answer there."
    if question.fate is Fate.THEIRS:
        whose = f"{clip(question.owner, NAME)} owns it now" if question.owner else "You do not own it any more"
        return f"{whose}, so nothing is asked of you."
    if initiative.joined is not None:
        return f"It is part of CX-{initiative.joined} now, so nothing is asked."
    how = STATUS_WORDS[initiative.draft.status].lower()
    return f"It is {'withdrawn' if how == 'cancelled' else how} by now, so nothing is asked."


def _buttons(question: Question) -> ActionsBlock:
    id = question.check_in.id
    return ActionsBlock(
        block_id=f"check_in_{id}",
        elements=[_button(action, standing, question) for action, standing in BUTTONS.items()],
    )


def _button(action: Action, standing: Standing, question: Question) -> ButtonElement:
    words = STANDING_WORDS[standing]
    return ButtonElement(
        text=plain(words),
        action_id=action,
        value=str(question.check_in.id),
        style="primary" if question.check_in.answer is standing else None,
        accessibility_label=plain(f"{words}: {named(question.initiative)}", 75).text,
    )


def _more(asking: Asking, beyond: tuple[Question, ...]) -> list[Block]:
    """The way to the form, and to the initiatives that the message does not show."""
    if not asking.open:
        return []
    buttons = [_form_button("Say more", Turn(first=asking.id))]
    if any(one.fate is Fate.OPEN for one in beyond):
        after = asking.questions[SHOWN - 1].check_in.id
        buttons.append(_form_button(f"…and {len(beyond)} more", Turn(first=asking.id, after=after)))
    told: list[Block] = [context(_beyond(beyond))] if beyond else []
    return [*told, ActionsBlock(elements=[*buttons])]


def _form_button(label: str, turn: Turn) -> ButtonElement:
    """Opens the form; Slack wants the buttons of one row to differ."""
    action = Action.CHECK_IN_REST if turn.after else Action.CHECK_IN_MORE
    return ButtonElement(text=plain(label, 75), action_id=action, value=turn.model_dump_json())


def _beyond(beyond: tuple[Question, ...]) -> str:
    waiting = sum(1 for one in beyond if one.waits)
    return f"…and {len(beyond)} more, {waiting or 'none'} of them to be answered."
