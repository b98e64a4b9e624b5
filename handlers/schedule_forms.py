"""The form of a schedule: a new one, or one that is there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import field_validator
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import carried
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form, Line
from handlers.home import publish_home
from handlers.ids import Action, Modal
from handlers.options import zone_options
from handlers.schedules import schedules_view, titled
from handlers.settings import read_settings
from handlers.setup.departments import channel_of_ours
from handlers.setup.holding import check_unchanged
from handlers.views.names import name_options
from handlers.views.schedule_forms import Choices, ScheduleNote, form_title, schedule_form
from handlers.views.schedules import TITLE, Pressed, Turned
from handlers.views.setup import saved_settings
from planning.errors import FieldError, NotAllowed
from planning.register import Register, Registers
from planning.schedules.changing import check_may_change, save_schedule
from planning.schedules.rhythms import Often, Rhythm
from planning.schedules.seeing import seen_by
from planning.schedules.values import NextDue, Schedule, ScheduleKind
from planning.workspace.hours import zone_of
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

_NEVER = datetime.max.replace(tzinfo=UTC)


class ScheduleForm(Form):
    """What was filled in; a field that the kind does not have is empty."""

    department: int | None = None
    channel: Line = ""
    often: Often
    weekdays: tuple[int, ...] = ()
    week: int | None = None
    time: str
    cron: Line = ""
    zone: Line = ""

    @field_validator("time")
    @classmethod
    def _written(cls, time: str) -> str:
        hour, _, minute = time.partition(":")
        if not (hour.isdecimal() and minute.isdecimal()):
            raise ValueError("Choose a time such as 09:00.")
        return time

    @property
    def rhythm(self) -> Rhythm:
        """How often, and at which time of the day."""
        hour, _, minute = self.time.partition(":")
        return Rhythm(self.often, frozenset(self.weekdays), self.week or 1, int(hour), int(minute), self.cron)


def register(app: App) -> None:
    """Listen to the buttons and the form."""
    app.action(Action.SETUP_SCHEDULE)(press_setup)
    app.action(Action.SCHEDULE_ADD)(press_add)
    app.action(Action.SCHEDULE_CHANGE)(press_change)
    app.view(Modal.SCHEDULE)(submit_schedule)


def press_setup(ack: Ack, body: dict[str, Any], client: WebClient, registers: Registers, actor: Person) -> None:
    """The executives' digest, from the settings."""
    ack()
    _open(client, body, registers, actor, lambda _register: ScheduleNote(kind=ScheduleKind.EXECUTIVE))


def press_add(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """A department's digest: stewards choose which one, leads give one to their own."""
    ack()
    offset = carried(Turned, action["value"]).offset
    _open(client, body, registers, actor, lambda _register: _new(actor, offset))


def press_change(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, registers: Registers, actor: Person
) -> None:
    """The one whose button it is."""
    ack()
    pressed = carried(Pressed, action["value"])

    def note_of(register: Register) -> ScheduleNote:
        known = register.schedules.by_id(pressed.schedule)
        return ScheduleNote(kind=known.kind, subject=known.subject, offset=pressed.offset)

    _open(client, body, registers, actor, note_of)


def submit_schedule(
    ack: Ack,
    view: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    next_due: NextDue,
) -> None:
    """Save where and when it goes."""
    note = carried(ScheduleNote, view["private_metadata"])
    try:
        form = ScheduleForm.parse(view)
        channel = channel_of_ours(client, form.channel) if form.channel else None
        with registers.writing() as register:
            wanted = _wanted(register, note, form, actor, now())
            check_may_change(actor, wanted)
            check_unchanged(register, view, _form(register, note, actor), (f"schedule:{wanted.id}",), actor)
            saved = save_schedule(register, wanted, actor, now(), next_due)
            told = f"{titled(register, saved)}: {saved}{f', in #{channel.name}' if channel else ''}."
            missing = read_settings(register, menus=False).missing
    except FAULTS as error:
        answer_fault(ack, view, error)
        return
    if note.offset is not None:
        ack(response_action="update", view=schedules_view(registers, actor, now(), note.offset, told))
        return
    ack(response_action="update", view=saved_settings(told, missing))
    publish_home(client, registers, actor, now())


def _open(
    client: WebClient,
    body: dict[str, Any],
    registers: Registers,
    actor: Person,
    note_of: Callable[[Register], ScheduleNote],
) -> None:
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        form = _form(register, note_of(register), actor)
    client.views_update(view_id=view_id, view=form)


def _form(register: Register, note: ScheduleNote, actor: Person) -> View:
    """The form as it would be opened now. Raises NotAllowed."""
    known = None if note.chooses else register.schedules.of(note.kind, note.subject)
    about = known or Schedule(0, note.kind, Rhythm().cron(), actor.zone, _NEVER, subject=note.subject)
    check_may_change(actor, about)
    seen = seen_by(register, actor)
    lacking = name_options({id: seen.departments[id] for id in seen.lacking}) if note.chooses else []
    if note.chooses and not lacking:
        raise NotAllowed("Every department has a digest by now. Change the one that is there.")
    choices = Choices(zone_options(), str(zone_of(actor.zone)), lacking)
    return schedule_form(note, form_title(note, seen.departments, about), known, choices)


def _new(actor: Person, offset: int) -> ScheduleNote:
    own = 0 if may(actor, Right.KEEP_SCHEDULES) else actor.department or 0
    return ScheduleNote(kind=ScheduleKind.DEPARTMENT, subject=own, offset=offset)


def _wanted(register: Register, note: ScheduleNote, form: ScheduleForm, actor: Person, now: datetime) -> Schedule:
    """What the form says, in the place of what there is. Raises FieldError."""
    subject = form.department or 0 if note.chooses else note.subject
    if note.kind is ScheduleKind.DEPARTMENT:
        _check_department(register, subject)
    known, zone = register.schedules.of(note.kind, subject), form.zone
    if note.chooses and known is not None:
        raise FieldError({"department": "It has a digest already. Go back to the list to change that one."})
    if note.kind is ScheduleKind.PERSONAL:
        zone = str(zone_of(actor.zone))
    new = known or Schedule(0, note.kind, form.rhythm.cron(), zone, now, subject=subject)
    return replace(new, cron=form.rhythm.cron(), zone=zone, channel=form.channel)


def _check_department(register: Register, id: int) -> None:
    if id not in {one.id for one in register.departments.all()}:
        raise FieldError({"department": "Choose a department."})
