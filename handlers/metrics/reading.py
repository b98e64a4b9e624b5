"""Readings by form: the command, the button, and what was filled in."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from handlers.answering import hold_place
from handlers.carrying import id_carried
from handlers.commands import Call, Subcommand
from handlers.faults import FAULTS, answer_fault
from handlers.forms import Form
from handlers.ids import Action, Modal
from handlers.metrics.finding import metrics_called
from handlers.settings import named
from handlers.setup.holding import check_warned
from handlers.setup.recording import known
from handlers.views.metrics import ANY
from handlers.views.reading_forms import (
    TITLE,
    ReadingSaid,
    amendment_warning,
    no_readings,
    reading_form,
    reading_saved,
)
from handlers.views.standings import STATUS_SIGNS, STATUS_WORDS
from planning.errors import NotAllowed
from planning.metrics.readings import Reading
from planning.metrics.recording import check_may_read, may_read, record, value_fault
from planning.metrics.standing import standing
from planning.metrics.values import Metric
from planning.register import Register, Registers
from planning.text import one_line
from planning.transfer.readings.numbers import number_in
from planning.transfer.rowcells import Unreadable
from planning.workspace.arranging import stewards_of
from planning.workspace.hours import day_in
from planning.workspace.values import Person

_NUMBER = re.compile(r"(?:(.*)\s)?([-−+]?\d[\d.,]*(?:\s?%)?)")


class ReadingForm(Form):
    """What was filled in of a reading."""

    metric: int
    on: date
    value: float
    respondents: int | None = None

    def reading(self) -> Reading:
        """The reading that it says."""
        return Reading(self.metric, self.on, self.value, self.respondents)


def register(app: App) -> None:
    """Listen to the button and the form."""
    app.action(Action.READING_ADD)(press_reading)
    app.view(Modal.READING)(submit_reading)


def start_reading(call: Call) -> None:
    """`/cx reading`, with or without a metric and a value."""
    view_id = hold_place(call.client, call.body, TITLE)
    with call.registers.reading() as register:
        metric, value = _typed(one_line(call.text), register.metrics.all())
        view = _form(register, metric, value, call.actor, call.now)
    call.client.views_update(view_id=view_id, view=view)


def press_reading(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The form, of the metric where the button stands or of any."""
    ack()
    view_id = hold_place(client, body, TITLE)
    with registers.reading() as register:
        picked = action["value"]
        metric = None if picked == ANY else known(register.metrics.all(), id_carried(picked))
        view = _form(register, metric, None, actor, now())
    client.views_update(view_id=view_id, view=view)


def submit_reading(
    ack: Ack, view: dict[str, Any], registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Record it; one of a day that is on record, once that was read."""
    try:
        reading = ReadingForm.parse(view).reading()
        with registers.writing() as register:
            shown = _kept(register, view, reading, actor, now())
    except FAULTS as error:
        answer_fault(ack, view, error)
    else:
        ack(response_action="update", view=shown)


def _form(register: Register, metric: Metric | None, value: float | None, actor: Person, now: datetime) -> View:
    metrics = register.metrics.all()
    if not metrics:
        return no_readings()
    if metric is not None:
        check_may_read(register, metric, actor)
    own = [one for one in metrics if may_read(one, actor)]
    if not own:
        names = " or ".join(person.name for person in stewards_of(register)[:3]) or "a steward"
        raise NotAllowed(f"Readings come from the owner of a metric, a lead or a steward. Ask {names} to add yours.")
    last = register.readings.latest().get(metric.id) if metric else None
    return reading_form(ReadingSaid(metric, _today(actor, now), value, last), named(own))


def _kept(register: Register, view: Mapping[str, Any], reading: Reading, actor: Person, now: datetime) -> View:
    metric = known(register.metrics.all(), reading.metric)
    check_may_read(register, metric, actor)
    before = register.readings.versions(metric.id, reading.on)
    if before and (before[-1].value, before[-1].respondents) != (reading.value, reading.respondents):
        check_warned(view, amendment_warning(metric, before[-1], reading.value))
    today = _today(actor, now)
    record(register, metric, reading, actor, today, now)
    stands = standing(metric, register.readings.of(metric.id)[metric.id], today).status
    return reading_saved(metric, reading, f"{STATUS_SIGNS[stands]} {STATUS_WORDS[stands]}")


def _today(actor: Person, now: datetime) -> date:
    """The day where the person is."""
    return day_in(actor.zone, now)


def _typed(text: str, metrics: Sequence[Metric]) -> tuple[Metric | None, float | None]:
    """The metric and the value that were typed; a name may end in a number itself."""
    if not text:
        return None, None
    number = _NUMBER.fullmatch(text)
    if number is None or any(text.casefold() == metric.name.casefold() for metric in metrics):
        return _one(metrics_called(text, metrics)), None
    return (_one(metrics_called(number[1], metrics)) if number[1] else None), _value(number[2])


def _value(text: str) -> float | None:
    """The number, unless it could be two, or none: then the form asks for it."""
    try:
        value = number_in(text)
    except Unreadable:
        return None
    return None if value_fault(value) else value


def _one(found: Sequence[Metric]) -> Metric | None:
    """The metric, where the name left no doubt."""
    return found[0] if len(found) == 1 else None


COMMANDS = (Subcommand("reading", "reading [metric 42]", "Say what a metric stands at", start_reading),)
