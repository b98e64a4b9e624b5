"""`/cx notify`: when and of what a person wants to hear."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.answering import hold_place
from handlers.commands import Call, Subcommand
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, typed_lines
from handlers.ids import Action, Modal
from handlers.views.preferences import TITLE, preferences_form, saved_preferences
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.preferring import move_to, save_preferences
from planning.errors import FieldError
from planning.register import Registers
from planning.schedules.personal import keep_list, list_of
from planning.schedules.values import NextDue
from planning.text import one_line
from planning.window import Window
from planning.workspace.hours import day_in
from planning.workspace.values import Person

OFF = "off"
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|until|–|-)\s*(\d{4}-\d\d-\d\d))?")


class PreferencesForm(Form):
    """What was filled in, but for the days off."""

    begins: time
    ends: time
    weekdays: tuple[int, ...] = ()
    quiet_until: date | None = None
    muted: tuple[Notice, ...] = ()
    morning: bool


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.PREFERENCES_OPEN)(press_preferences)
    app.view(Modal.PREFERENCES)(submit_preferences)


def show_preferences(call: Call) -> None:
    """`/cx notify`."""
    _open(call.client, call.body, call.registers, call.actor, call.now, call.next_due)


def press_preferences(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    next_due: NextDue,
) -> None:
    """The same from the Home tab."""
    ack()
    _open(client, body, registers, actor, now(), next_due)


def submit_preferences(
    ack: Ack,
    view: dict[str, Any],
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    next_due: NextDue,
) -> None:
    """Save what the person wants, and say what is in force now."""
    try:
        form = PreferencesForm.parse(view)
        wanted = _wanted(form, off_days(typed_lines(view, OFF)), actor)
        with registers.writing() as register:
            before = register.preferences.of(actor.id)
            saved = save_preferences(register, wanted, actor, now())
            keep_list(register, actor, (before, saved), form.morning, now(), next_due)
            listed = list_of(register, actor)
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    ack(response_action="update", view=saved_preferences(saved, actor.zone, listed))


def off_days(lines: Iterable[str]) -> list[Window]:
    """The days off that lines say. Raises FieldError."""
    return [_off(one_line(line)) for line in lines]


def _off(line: str) -> Window:
    found = _DAYS.fullmatch(line)
    try:
        if found is None:
            raise ValueError(line)
        return Window(date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1]))
    except ValueError as error:
        told = f"“{line[:60]}” is not clear; write it as 2026-12-24, or as 2026-12-21 to 2027-01-01."
        raise FieldError({OFF: told}) from error


def _wanted(form: PreferencesForm, off: Iterable[Window], actor: Person) -> Preferences:
    return Preferences(
        actor.id,
        frozenset(form.muted),
        form.begins,
        form.ends,
        frozenset(form.weekdays),
        tuple(off),
        form.quiet_until,
    )


def _open(
    client: WebClient, body: dict[str, Any], registers: Registers, actor: Person, now: datetime, next_due: NextDue
) -> None:
    """What is in force, in the zone that Slack has of the person by now."""
    view_id = hold_place(client, body, TITLE)
    user = client.users_info(user=str(actor.slack_id))["user"]
    zone = str(user.get("tz") or actor.zone)
    if zone != actor.zone:
        with registers.writing() as register:
            actor = move_to(register, actor, zone, now, next_due)
    with registers.reading() as register:
        wanted, listed = register.preferences.of(actor.id), list_of(register, actor)
    form = preferences_form(wanted, listed, actor.zone, day_in(actor.zone, now))
    client.views_update(view_id=view_id, view=form)


COMMANDS: tuple[Subcommand, ...] = (
    Subcommand("notify", "notify", "Say when and of what Concord may write to you", show_preferences),
)
