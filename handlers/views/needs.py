"""What needs a person now: in the Home tab, as a list, and as the message of the morning."""

from collections.abc import Callable, Mapping
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from handlers.ids import COMMAND, Action
from handlers.views.agreement.ratification import Asked
from handlers.views.checkins import Turn
from handlers.views.claims import HAND_BACK, ClaimStep
from handlers.views.paging import paging
from handlers.views.text import Message, bold, bullets, code, escape_within, header, line, paragraph, plain, rich
from planning.claims.values import Claim, Claimable
from planning.needs.values import Need, NeedKind, Needs
from planning.register import Page
from planning.text import clip, one_line
from planning.window import said
from planning.workspace.values import Person

TODO = "todo"
"""The sub-command and the list."""
HOME_MOST, MORNING_MOST = 10, 3
WHAT, SPOKEN = 300, 120

_FELT = frozenset({NeedKind.OVERLAP, NeedKind.DECISION})
"""Their day is no day by which they are due, but that on which they are felt."""

Press = tuple[str, Action, Callable[[Need, Person], str]]


def need_blocks(needs: Needs, person: Person, today: date) -> list[Block]:
    """The first part of the Home tab: the most urgent, each with its button, and how many more there are."""
    if not needs.total:
        return [header("What needs you now"), paragraph("Nothing waits for you.")]
    rows = [_row(need, person, today) for need in needs.items[:HOME_MOST]]
    hidden = needs.total - len(rows)
    more: list[Block] = [paragraph(f"…and {hidden} more: ", code(f"{COMMAND} {TODO}"))] if hidden > 0 else []
    return [header(f"What needs you now ({needs.total})"), *rows, *more]


def todo_list(page: Page[Need], person: Person, today: date, beyond: int = 0) -> Message:
    """A page of all that is listed; so many more are `beyond` the list."""
    if not page.total:
        return Message("Nothing waits for you now.", [paragraph(bold("Nothing waits for you now."))])
    title = f"What needs you now ({page.total + beyond})"
    rows = [_row(need, person, today) for need in page.items]
    spoken = [clip(f"{_one_line(need)}{_until(need, today)}", SPOKEN) for need in page.items]
    tail = [f"…and {page.hidden + beyond} more."] if page.hidden + beyond else []
    text = escape_within("\n".join([f"{title}:", *spoken, *tail]))
    return Message(text, [header(title), *rows, *_beyond(page, beyond), *paging(TODO, "", page.offset, page.hidden)])


def _beyond(page: Page[Need], beyond: int) -> list[Block]:
    """On the last page: where the rest of them are."""
    if page.hidden or not beyond:
        return []
    return [paragraph(f"…and {beyond} more overlaps and gaps that press less: ", code(f"{COMMAND} overlaps"))]


def morning_message(needs: Needs, today: date) -> Message:
    """At most five lines: how many there are, the first few, and where all of them stand."""
    if not needs.total:
        return Message("Nothing waits for you any more.", [paragraph("Nothing waits for you any more.")])
    things = "1 thing needs" if needs.total == 1 else f"{needs.total} things need"
    rows = [clip(f"{_one_line(need)}{_until(need, today)}", WHAT) for need in needs.items[:MORNING_MOST]]
    hidden = needs.total - len(rows)
    more = f"…and {hidden} more: " if hidden else "All of it, with buttons: "
    opening, end = f"Good morning. {things} you today.", f"{more}{COMMAND} {TODO}"
    blocks: list[Block] = [rich(line(bold(opening)), bullets([(row,) for row in rows]), line(end))]
    return Message(escape_within("\n".join([opening, *(f"• {row}" for row in rows), end])), blocks)


def _row(need: Need, person: Person, today: date) -> SectionBlock:
    detail = [clip(one_line(need.detail), WHAT)] if need.detail else []
    asked = f"{need.asked}{_until(need, today)}"
    text = "\n".join([clip(one_line(need.what), WHAT), *detail, asked])
    return SectionBlock(
        block_id=f"need_{need.kind}_{need.id}", text=plain(text, 3 * WHAT), accessory=_button(need, person)
    )


def _one_line(need: Need) -> str:
    what = clip(one_line(need.what), WHAT - SPOKEN)
    return f"{what}{' ' if what.endswith(('.', '…', '?')) else ': '}{need.asked}"


def _until(need: Need, today: date) -> str:
    if need.by is None:
        return ""
    if need.by < today:
        return f" ({'under way ' if need.kind in _FELT else ''}since {said(need.by)})"
    return " (today)" if need.by == today else f" (by {said(need.by)})"


def _button(need: Need, person: Person) -> ButtonElement:
    label, action, value = _PRESSED[need.kind]
    return ButtonElement(text=plain(label, 75), action_id=action, value=value(need, person))


def _id(need: Need, _person: Person) -> str:
    return str(need.id)


def _asked(need: Need, person: Person) -> str:
    return Asked(ratification=need.id, department=person.department or 0).model_dump_json()


def _turn(need: Need, _person: Person) -> str:
    return Turn(first=need.id).model_dump_json()


def _claim(need: Need, _person: Person) -> str:
    return ClaimStep.of(Claim(Claimable.GAP, need.id)).value


_PRESSED: Mapping[NeedKind, Press] = {
    NeedKind.DECISION: ("Decide", Action.DECISION_SHOW, _id),
    NeedKind.OUTCOME: ("Open the plan", Action.PLAN_SHOW, _id),
    NeedKind.PLAN: ("Open the plan", Action.PLAN_SHOW, _id),
    NeedKind.OVERLAP: ("Show", Action.OVERLAP_SHOW, _id),
    NeedKind.RATIFICATION: ("Answer stage by stage", Action.RATIFICATION_ANSWER, _asked),
    NeedKind.QUESTION: ("Answer", Action.POLL_ANSWER, _id),
    NeedKind.CHECK_IN: ("Answer", Action.CHECK_IN_MORE, _turn),
    NeedKind.METRIC: ("Add a reading", Action.READING_ADD, _id),
    NeedKind.INITIATIVE: ("Fill in", Action.INITIATIVE_EDIT, _id),
    NeedKind.GAP: (HAND_BACK, Action.CLAIM_HAND_BACK, _claim),
}
