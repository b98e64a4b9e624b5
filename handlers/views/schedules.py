"""The list of schedules in a modal, where it is drawn anew after each press; and what became of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject, InteractiveElement
from slack_sdk.models.views import View

from handlers.ids import COMMAND, Action
from handlers.views.agreement.words import moment
from handlers.views.loading import told_modal
from handlers.views.schedule_words import WORDS, became, title_of
from handlers.views.text import Part, bold, bullets, channel_link, context, header, line, paragraph, plain, rich
from planning.outbox.values import Delivery
from planning.register import Page
from planning.schedules.seeing import MAY, Deed, Seen
from planning.schedules.values import Occurrence, Schedule, ScheduleKind
from planning.text import counted
from planning.workspace.hours import zone_of
from planning.workspace.values import Person

TITLE = "Schedules"
PAGE = 7
"""So many that the list fits into a reply however long their names and reasons are."""


class Pressed(BaseModel):
    """What a button of the list carries: the schedule as the person saw it, when, and on which page."""

    schedule: int = 0
    due_at: datetime
    seen_at: datetime
    offset: int = 0


class Turned(BaseModel):
    """Where in the list to go."""

    offset: int = 0


def schedules_modal(seen: Seen, reader: Person, now: datetime, offset: int = 0, told: str = "") -> View:
    """A page of what the reader may see; `told` is what was just done."""
    start = offset if 0 <= offset < len(seen.schedules) else 0
    shown = seen.schedules[start : start + PAGE]
    rows = [block for schedule in shown for block in _row(schedule, seen, reader, now, start)]
    return told_modal(
        TITLE,
        [
            *([paragraph(bold(told))] if told else []),
            *(rows or [paragraph("There are none that concern you yet.")]),
            *_turning(start, len(seen.schedules) - start - len(shown)),
            *_foot(seen, start),
        ],
    )


def history_modal(
    schedule: Schedule,
    title: str,
    page: Page[Occurrence],
    arrivals: Mapping[int, Delivery],
    reader: Person,
    offset: int,
) -> View:
    """What became of the last due times, the newest first, in the reader's zone."""
    rows: list[Sequence[Part]] = [
        (became(one, schedule.kind, reader.zone, arrivals.get(one.id)),) for one in page.items
    ]
    told = rich(bullets(rows)) if rows else paragraph("It has not been due yet.")
    more: list[Block] = [context(f"…and {page.hidden} earlier ones")] if page.hidden else []
    zone = context(f"Times are those of {zone_of(reader.zone)}.")
    return told_modal(TITLE, [header(title), told, *more, zone, back_block(offset)])


def preview_modal(title: str, note: str, blocks: Sequence[Block], offset: int) -> View:
    """What would come if it were due now."""
    return told_modal("Preview", [header(title), context(note), *blocks, back_block(offset)])


def back_block(offset: int) -> ActionsBlock:
    """The way back to the list."""
    value = Turned(offset=offset).model_dump_json()
    back = ButtonElement(text=plain("Back to the schedules"), action_id=Action.SCHEDULES_SHOW, value=value)
    return ActionsBlock(block_id="back", elements=[back])


def _row(schedule: Schedule, seen: Seen, reader: Person, now: datetime, offset: int) -> list[Block]:
    latest = seen.latest.get(schedule.id)
    last = "It has not been due yet."
    if latest is not None:
        last = f"Last: {became(latest, schedule.kind, schedule.zone, seen.arrivals.get(latest.id))}"
    title = title_of(schedule, seen.departments)
    where: Sequence[Part] = (" in ", channel_link(schedule.channel)) if schedule.channel else ()
    said = rich(
        line(bold(title)),
        line(str(schedule)[0].upper(), str(schedule)[1:], *where),
        line(_coming(schedule, reader)),
        line(last),
    )
    said.block_id = f"schedule_{schedule.id}"
    pressed = Pressed(schedule=schedule.id, due_at=schedule.next_due_at, seen_at=now, offset=offset)
    buttons = _buttons(schedule, reader, title, pressed, latest is not None)
    return [said, ActionsBlock(block_id=f"press_{schedule.id}", elements=buttons)]


def _coming(schedule: Schedule, reader: Person) -> str:
    if schedule.paused:
        return "Paused: nothing comes until it is resumed."
    at = _moments(schedule, reader)
    return f"The next one is left out: {at}" if schedule.skips_at == schedule.next_due_at else f"Next: {at}"


def _moments(schedule: Schedule, reader: Person) -> str:
    """In the schedule's zone, and in the reader's where it is another time there."""
    there, here = (moment(schedule.next_due_at, zone) for zone in (schedule.zone, reader.zone))
    return there if there == here else f"{there} ({schedule.zone}), for you {here}"


def _buttons(
    schedule: Schedule, reader: Person, title: str, pressed: Pressed, was_due: bool
) -> list[InteractiveElement]:
    skips = schedule.skips_at == schedule.next_due_at
    offered = (
        ("Preview", Action.SCHEDULE_PREVIEW, Deed.PREVIEW, True),
        ("Change…", Action.SCHEDULE_CHANGE, Deed.CHANGE, True),
        ("Pause", Action.SCHEDULE_PAUSE, Deed.PAUSE, not schedule.paused),
        ("Resume", Action.SCHEDULE_RESUME, Deed.PAUSE, schedule.paused),
        ("Skip the next", Action.SCHEDULE_SKIP, Deed.SKIP, not schedule.paused and not skips),
        ("Do it after all", Action.SCHEDULE_UNSKIP, Deed.SKIP, not schedule.paused and skips),
        (WORDS[schedule.kind].button, Action.SCHEDULE_SEND, Deed.SEND, True),
        ("Earlier", Action.SCHEDULE_HISTORY, Deed.SEE, was_due),
    )
    return [
        _button(label, action, title, pressed, schedule.kind)
        for label, action, deed, fits in offered
        if fits and MAY[deed](reader, schedule)
    ]


def _button(label: str, action: Action, title: str, pressed: Pressed, kind: ScheduleKind) -> ButtonElement:
    asks = plain(f"{title}. {WORDS[kind].asks} The next one still comes at its time.", 300)
    confirm = ConfirmObject(title=f"{label}?", text=asks, confirm=label, deny="Not yet")
    return ButtonElement(
        text=plain(label),
        action_id=action,
        value=pressed.model_dump_json(),
        accessibility_label=plain(f"{label}: {title}", 75).text,
        confirm=confirm if action is Action.SCHEDULE_SEND else None,
    )


def _turning(start: int, hidden: int) -> list[Block]:
    buttons: list[InteractiveElement] = []
    if start:
        buttons.append(_turn("Back", Action.SCHEDULES_SHOW, max(0, start - PAGE)))
    if hidden > 0:
        buttons.append(_turn("Show more", Action.SCHEDULES_MORE, start + PAGE))
    told: list[Block] = [context(f"…and {hidden} more")] if hidden > 0 else []
    return [*told, ActionsBlock(block_id="turning", elements=buttons)] if buttons else []


def _turn(label: str, action: Action, offset: int) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=action, value=Turned(offset=offset).model_dump_json())


def _foot(seen: Seen, offset: int) -> list[Block]:
    own = any(schedule.kind is ScheduleKind.PERSONAL for schedule in seen.schedules)
    notes = [] if own else [f"With “{COMMAND} notify” you get a list of what needs you each morning."]
    if seen.lists is not None:
        gets = "gets" if seen.lists == 1 else "get"
        notes.append(f"{counted(seen.lists, 'person', 'people')} {gets} a list of their own; only they see when.")
    value = Turned(offset=offset).model_dump_json()
    add = ButtonElement(text=plain("Add a department digest"), action_id=Action.SCHEDULE_ADD, value=value)
    adding: list[Block] = [ActionsBlock(block_id="add", elements=[add])] if seen.lacking else []
    return [*map(context, notes), *adding]
