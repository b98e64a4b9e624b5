"""The form of a reading, and what is said when it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import COMMAND, Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.loading import told_modal
from handlers.views.names import name_options
from handlers.views.notes import Note
from handlers.views.standings import valued
from handlers.views.text import context, paragraph, plain
from planning.metrics.readings import Reading
from planning.metrics.values import Metric
from planning.text import clip
from planning.window import said

TITLE, NAME = "Reading", 60


@dataclass(frozen=True, slots=True)
class ReadingSaid:
    """What is known of a reading before the form is filled in."""

    metric: Metric | None
    on: date
    value: float | None = None
    last: Reading | None = None
    """The last reading of the metric."""


def reading_form(said_so_far: ReadingSaid, metrics: Mapping[int, str]) -> View:
    """Which metric, when, what it stood at, and how many answered."""
    metric = said_so_far.metric
    asked = "How many customers are behind it? From that follows how sure the number is."
    return View(
        type="modal",
        callback_id=Modal.READING,
        title=plain(TITLE, 24),
        submit=plain("Save"),
        close=plain("Cancel"),
        private_metadata=Note().model_dump_json(),
        blocks=[
            *_last(said_so_far),
            fields.one_of(
                Field("metric", "Metric", optional=False), name_options(metrics), str(metric.id) if metric else None
            ),
            fields.day(Field("on", "Day", "On which it stood there.", optional=False), said_so_far.on),
            fields.number(Field("value", _label(metric), optional=False), said_so_far.value, least=None),
            fields.number(Field("respondents", "Answers", asked), None, least=1, decimals=False),
        ],
    )


def no_readings() -> View:
    """Said instead of the form while there is nothing to read."""
    then = f"A steward can say with {COMMAND} setup what each stage is measured by; then it can be read here."
    return told_modal(TITLE, [paragraph(f"No metrics yet. {then}")])


def amendment_warning(metric: Metric, before: Reading, value: float) -> str:
    """What is on record of that day, before it is amended."""
    answers = f" from {before.respondents} answers" if before.respondents else ""
    return (
        f"Not saved yet. On record for {said(before.on)} is {valued(before.value, metric.unit)}{answers}. "
        f"Save again to put {valued(value, metric.unit)} in its place; the old value is kept on the metric’s card."
    )


def reading_saved(metric: Metric, reading: Reading, stands: str) -> View:
    """What was recorded, and where the metric stands by it."""
    told = f"{clip(metric.name, NAME)}: {valued(reading.value, metric.unit)} on {said(reading.on)}."
    return told_modal("Saved", [paragraph(told), paragraph(stands)], close="Done")


def _label(metric: Metric | None) -> str:
    unit = metric.unit.strip() if metric else ""
    return f"Value, in {unit}" if unit else "Value"


def _last(said_so_far: ReadingSaid) -> list[Block]:
    metric, last = said_so_far.metric, said_so_far.last
    if metric is None or last is None:
        return []
    told = f"Last reading: {valued(last.value, metric.unit)} on {said(last.on)}."
    return [context(f"{told} A day that is on record is amended; the old value is kept.")]
