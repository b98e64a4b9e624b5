"""What a planning season would send to whom, before it is sent; and what is answered to its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from handlers.ids import COMMAND, Action
from handlers.views.agreement.words import moment
from handlers.views.names import Names
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
from planning.findings.facts.base import listed
from planning.plans.party import GROUP_MAX
from planning.plans.values import Plan
from planning.season.opening import Invited
from planning.season.quarters import quarter_words
from planning.text import clip, counted
from planning.workspace.values import Person

STAGES, LEFT, NAME = 18, 3, 40
LEFT_OUT = "not told, for they are not in Slack, have switched it off, or there is no room"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A season before it is opened; `initiatives` are those that do something in the quarter."""

    quarter: str
    opens_at: datetime | None
    """When it is due by itself."""
    invited: tuple[Invited, ...]
    initiatives: int
    opened: bool
    may_open: bool
    zone: str
    now: datetime


def outlook_message(outlook: Outlook) -> Message:
    """When it opens, and which stages go to whom."""
    title = f"Planning season {quarter_words(outlook.quarter)}"
    opening, rows = _opening(outlook), [_stage(one, outlook) for one in outlook.invited]
    hidden = len(rows) - STAGES
    shown = [*rows[:STAGES], *([f"…and {hidden} more stages"] if hidden > 0 else [])]
    bulleted: list[Sequence[Part]] = [(row,) for row in shown]
    told = rich(line(bold("Who is told of which stage")), bullets(bulleted)) if rows else paragraph(_nobody(outlook))
    spoken = " ".join([f"{title}.", opening, *(shown or [_nobody(outlook)])])
    blocks: list[Block] = [header(title), paragraph(opening), told, context(_pack(outlook)), *_button(outlook)]
    return Message(escape_within(spoken), blocks)


def opened_message(quarter: str, invited: Sequence[Invited]) -> Message:
    """What opening it by hand has sent."""
    told = [one for one in invited if one.told]
    people = len({person.id for one in told for person in one.told})
    sent = f"{counted(len(told), 'conversation')} with {counted(people, 'person', 'people')}"
    season = f"The planning season of {quarter_words(quarter)} is open"
    text = f"{season}: {sent}. The computed plans come into their messages."
    return Message(text, [paragraph(text)])


def session_told(plan: Plan, names: Names) -> Message:
    """Where the session is."""
    by = f" by {clip(names.people.get(plan.opened_by, 'a colleague'), NAME)}" if plan.opened_by is not None else ""
    text = f"The session is open{by}: the conversation of its people has the plan. “{COMMAND} plans” shows it."
    return Message(escape_within(text), [paragraph(text)])


def pack_told(quarter: str, *, at_once: bool) -> Message:
    """When the document comes."""
    when = "in a moment" if at_once else "as soon as its plan is computed, within the hour"
    text = f"The planning pack of {quarter_words(quarter)} comes to you as a document in a direct message, {when}."
    return Message(text, [paragraph(text)])


def _opening(outlook: Outlook) -> str:
    if outlook.opened:
        return "It is open: its messages have been sent."
    if outlook.opens_at is not None:
        return f"It opens by itself on {moment(outlook.opens_at, outlook.zone)}."
    return "Nothing is set to open it by itself; a steward can open it by hand, for this quarter and the next one."


def _stage(invited: Invited, outlook: Outlook) -> str:
    season = invited.season
    stage = f"{clip(season.name, NAME)} ({counted(len(season.departments), 'department')})"
    missing = f"; {_names(invited.left_out, LEFT)}: {LEFT_OUT}" if invited.left_out else ""
    if not invited.told:
        return f"{stage}: nobody can be told{missing}"
    later = f", not before {moment(invited.at, outlook.zone)}" if invited.at > outlook.now else ""
    return f"{stage}: {_names(invited.told, GROUP_MAX)}{later}{missing}"


def _names(people: Sequence[Person], most: int) -> str:
    shown = [clip(one.name, NAME) for one in people[:most]]
    hidden = len(people) - len(shown)
    return listed([*shown, *([f"{hidden} more"] if hidden > 0 else [])])


def _nobody(outlook: Outlook) -> str:
    if not outlook.initiatives:
        return "Nothing is planned in the quarter yet, so there is nothing to plan together."
    return "No stage is shared by two departments in the quarter, so nobody is told."


def _pack(outlook: Outlook) -> str:
    work = counted(outlook.initiatives, "live initiative")
    own = f"“{COMMAND} season pack” sends it to you."
    return f"{work} in the quarter. Executives get one pack of all of it as a document; {own}"


def _button(outlook: Outlook) -> list[Block]:
    if not outlook.may_open:
        return []
    people = len({person.id for one in outlook.invited for person in one.told})
    stages = sum(bool(one.told) for one in outlook.invited)
    who = f"{counted(people, 'person', 'people')} in {counted(stages, 'conversation')}"
    sure = ConfirmObject(
        title=plain(f"Open {quarter_words(outlook.quarter)} now?", 100),
        text=plain(f"Told in their working hours: {who}. This cannot be taken back.", 300),
        confirm=plain("Open it"),
        deny=plain("Not now"),
    )
    label = f"Open {quarter_words(outlook.quarter)} now"
    button = ButtonElement(text=plain(label), action_id=Action.SEASON_OPEN, value=outlook.quarter, confirm=sure)
    return [ActionsBlock(elements=[button])]
