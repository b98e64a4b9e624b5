"""`/cx schedules`: what is due when, and what a person may do about it. All of it happens in one modal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried
from handlers.commands import Call, Subcommand
from handlers.ids import Action
from handlers.schedule_previews import PREVIEWS
from handlers.views.schedule_words import title_of
from handlers.views.schedules import TITLE, Pressed, Turned, history_modal, preview_modal, schedules_modal
from planning.register import Register, Registers
from planning.schedules.changing import pause, resume, send_now, skip_next, unskip
from planning.schedules.seeing import HISTORY, arrivals_of, check_may_see, seen_by
from planning.schedules.values import NextDue, Schedule
from planning.workspace.values import Person

Do = Callable[[Register, Pressed, Person, datetime, NextDue], Schedule]
DEEDS: Mapping[Action, tuple[Do, str]] = {
    Action.SCHEDULE_PAUSE: (
        lambda register, it, actor, now, _due: pause(register, it.schedule, actor, now),
        "paused until somebody resumes it",
    ),
    Action.SCHEDULE_RESUME: (
        lambda register, it, actor, now, due: resume(register, it.schedule, actor, now, due),
        "it comes again",
    ),
    Action.SCHEDULE_SKIP: (
        lambda register, it, actor, now, _due: skip_next(register, it.schedule, it.due_at, actor, now),
        "the next one is left out",
    ),
    Action.SCHEDULE_UNSKIP: (
        lambda register, it, actor, now, _due: unskip(register, it.schedule, actor, now),
        "the next one comes after all",
    ),
    Action.SCHEDULE_SEND: (
        lambda register, it, actor, now, _due: send_now(register, it.schedule, it.seen_at, actor, now),
        "it is on its way",
    ),
}
"""What each button does, and what is said of it then."""


def register(app: App) -> None:
    """Listen to the buttons of the list."""
    app.action(Action.SCHEDULES_SHOW)(press_schedules)
    app.action(Action.SCHEDULES_MORE)(press_schedules)
    app.action(Action.SCHEDULE_PREVIEW)(press_preview)
    app.action(Action.SCHEDULE_HISTORY)(press_history)
    for button in DEEDS:
        app.action(button)(doing(button))


def show_schedules(call: Call) -> None:
    """`/cx schedules`."""
    view_id = hold_place(call.client, call.body, TITLE)
    call.client.views_update(view_id=view_id, view=schedules_view(call.registers, call.actor, call.now))


def press_schedules(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The same from a button, or another page of it."""
    ack()
    turned = carried(Turned, action.get("value") or "{}")
    view_id = hold_place(client, body, TITLE)
    client.views_update(view_id=view_id, view=schedules_view(registers, actor, now(), turned.offset))


def doing(button: Action) -> Callable[..., None]:
    """The listener of a button that does something at once; the list is drawn anew."""
    do, told = DEEDS[button]

    def press(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        registers: Registers,
        actor: Person,
        now: Callable[[], datetime],
        next_due: NextDue,
    ) -> None:
        pressed = carried(Pressed, action["value"])
        with registers.writing() as register:
            done = do(register, pressed, actor, now(), next_due)
            title = titled(register, done)
        ack()
        view_id = hold_place(client, body, TITLE)
        view = schedules_view(registers, actor, now(), pressed.offset, f"{title}: {told}.")
        client.views_update(view_id=view_id, view=view)

    return press


def press_preview(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """What would come if it were due now; nothing is written."""
    ack()
    pressed = carried(Pressed, action["value"])
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        schedule = register.schedules.by_id(pressed.schedule)
        check_may_see(actor, schedule)
        blocks = PREVIEWS[schedule.kind](register, schedule, actor, now())
        title = titled(register, schedule)
    note = "Only you see this, and nothing is sent or changed by it."
    client.views_update(view_id=view_id, view=preview_modal(title, note, blocks, pressed.offset))


def press_history(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
) -> None:
    """What became of the last due times."""
    ack()
    pressed = carried(Pressed, action["value"])
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        schedule = register.schedules.by_id(pressed.schedule)
        check_may_see(actor, schedule)
        page, title = register.schedules.history(schedule.id, HISTORY), titled(register, schedule)
        arrivals = arrivals_of(register, page.items)
    client.views_update(view_id=view_id, view=history_modal(schedule, title, page, arrivals, actor, pressed.offset))


def schedules_view(registers: Registers, actor: Person, now: datetime, offset: int = 0, told: str = "") -> View:
    """The list as it is now."""
    with registers.reading() as register:
        person = register.people.by_id(actor.id)
        return schedules_modal(seen_by(register, person), person, now, offset, told)


def titled(register: Register, schedule: Schedule) -> str:
    """What it is, in words."""
    return title_of(schedule, {one.id: one.name for one in register.departments.all()})


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("schedules", "schedules", "What comes when; pause, skip, preview or send it", show_schedules),
)
