"""The stewards' metrics, and which of them pull against each other."""

from datetime import date
from typing import Literal

from slack_bolt import App
from slack_sdk.models.views import View

from handlers.forms import Form, Line
from handlers.ids import Action, Modal
from handlers.settings import named
from handlers.setup.recording import Record, Sent, chosen, known, listen
from handlers.views.metric_forms import Offered, metric_form
from handlers.views.tensions import tension_form, tensions_told
from planning.errors import NotFound
from planning.metrics.arranging import save_metric
from planning.metrics.opposing import remove_tension, save_tension
from planning.metrics.values import Cadence, Direction, Metric, Tension
from planning.register import Register


class MetricForm(Form):
    """What was filled in of a metric, but for its owner; ids."""

    name: Line = ""
    unit: Line = ""
    direction: Direction
    stage: int | None = None
    segment: int | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    target: float | None = None
    target_on: date | None = None
    cadence: Cadence | None = None
    source: Line = ""
    financial: bool = False
    feeds: int | None = None


class TensionForm(Form):
    """What was filled in of a tension; ids of metrics."""

    first: int
    second: int
    why: Line = ""
    keeping: Literal["keep", "remove"] = "keep"


def register(app: App) -> None:
    """Listen to the menus and the forms."""
    for record in RECORDS:
        listen(app, record)


def _metric_form(register: Register, id: int | None) -> View:
    metrics = register.metrics.all()
    metric = chosen(metrics, id)
    others = named(one for one in metrics if one.id != id)
    owner = register.people.by_id(metric.owner) if metric and metric.owner is not None else None
    absent = owner.name if owner and not owner.slack_id else ""
    return metric_form(metric, Offered(register.journeys.current(), others, owner.slack_id if owner else None, absent))


def _keep_metric(register: Register, sent: Sent) -> str:
    form, before = MetricForm.parse(sent.view), chosen(register.metrics.all(), sent.id)
    owner = sent.person(register, "owner", before.owner if before else None)
    metric = Metric(before.id if before else 0, owner=owner, **form.model_dump())
    saved = save_metric(register, metric, sent.actor, sent.now)
    return " ".join(filter(None, (f"{saved.name} is saved.", "" if before else _pulls(register, saved))))


def _pulls(register: Register, metric: Metric) -> str:
    tensions = [one for one in register.metrics.tensions() if metric.id in (one.first, one.second)]
    return tensions_told(metric, tensions, named(register.metrics.all()))


def _tension_form(register: Register, id: int | None) -> View:
    return tension_form(_tension(register, id), named(register.metrics.all()))


def _keep_tension(register: Register, sent: Sent) -> str:
    form, before = TensionForm.parse(sent.view), _tension(register, sent.id)
    if before is not None and form.keeping == "remove":
        remove_tension(register, before, sent.actor, sent.now)
        return "It is taken out, and does not come back by itself."
    tension = Tension(form.first, form.second, form.why)
    saved = save_tension(register, before, tension, sent.actor, sent.now)
    metrics = register.metrics.all()
    return f"{known(metrics, saved.first).name} and {known(metrics, saved.second).name} pull against each other: saved."


def _tension(register: Register, key: int | None) -> Tension | None:
    found = next((one for one in register.metrics.tensions() if one.key == key), None)
    if found is None and key is not None:
        raise NotFound("Somebody has taken that tension out; open the settings again.")
    return found


RECORDS: tuple[Record, ...] = (
    Record(Action.SETUP_METRIC, Modal.METRIC, "Metric", "metric", _metric_form, _keep_metric, people=("owner",)),
    Record(Action.SETUP_TENSION, Modal.TENSION, "Tension", "tension", _tension_form, _keep_tension),
)
