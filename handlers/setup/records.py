"""What stewards keep beside the journey: pools, customer problems, metrics, a segment's limits."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from slack_bolt import App
from slack_sdk.models.views import View

from handlers.forms import Form, Line, typed_lines
from handlers.ids import Action, Modal
from handlers.setup.recording import Record, listen
from handlers.views.records import LEAVE, leave_line, metric_form, pool_form, problem_form, segment_form
from planning.errors import FieldError, NotFound
from planning.journey.arranging import save_segment
from planning.journey.values import Segment
from planning.metrics.arranging import save_metric
from planning.metrics.values import Direction, Metric
from planning.problems.arranging import save_problem
from planning.problems.values import Part, Problem
from planning.register import Register
from planning.resources.arranging import save_pool
from planning.resources.values import Leave, Pool
from planning.text import one_line
from planning.window import Window
from planning.workspace.values import Person

T = TypeVar("T", Pool, Problem, Metric, Segment)
_LEAVE = re.compile(
    r"(\d{4}-\d\d-\d\d)\s*(?:to|until|–|-)\s*(\d{4}-\d\d-\d\d)(?:\s*[,:;]?\s*(\d{1,3}(?:\.\d+)?)\s*%.*)?"
)


class PoolForm(Form):
    """What was filled in of a pool, but for its leave."""

    name: Line = ""
    capacity: float


class ProblemForm(Form):
    """What was filled in of a problem."""

    name: Line = ""
    statement: Line = ""
    needs: tuple[Part, ...] = ()


class MetricForm(Form):
    """What was filled in of a metric; ids."""

    name: Line = ""
    unit: Line = ""
    direction: Direction
    stage: int | None = None
    baseline: float | None = None
    target: float | None = None
    target_on: date | None = None
    feeds: int | None = None
    tensions: tuple[int, ...] = ()


class SegmentForm(Form):
    """What was filled in of a segment."""

    weight: int
    weekly_contacts: int


def register(app: App) -> None:
    """Listen to the menus and the forms."""
    for record in RECORDS:
        listen(app, record)


def leave_of(lines: Iterable[str], known: Sequence[Leave]) -> list[Leave]:
    """The leave that lines say; one that stands for a known one means that. Raises FieldError."""
    same = {leave_line(leave): leave for leave in known}
    return [same.get(line) or _leave(line) for line in map(one_line, lines)]


def _leave(line: str) -> Leave:
    parts = _LEAVE.fullmatch(line)
    try:
        if parts is None:
            raise ValueError(line)
        share = float(parts[3]) / 100 if parts[3] else 1.0
        if not 0 < share <= 1:
            raise ValueError(line)
        return Leave(Window(date.fromisoformat(parts[1]), date.fromisoformat(parts[2])), share)
    except ValueError as error:
        told = f"“{line[:60]}” is not clear; write it as 2026-12-21 to 2027-01-01, 50%."
        raise FieldError({LEAVE: told}) from error


def _pool_form(register: Register, id: int | None) -> View:
    return pool_form(_chosen(register.pools.all(), id))


def _keep_pool(register: Register, id: int | None, view: dict[str, Any], actor: Person, now: datetime) -> str:
    form, pool = PoolForm.parse(view), _chosen(register.pools.all(), id)
    leave = leave_of(typed_lines(view, LEAVE), pool.leave if pool else ())
    return f"{save_pool(register, id, form.name, form.capacity, leave, actor, now).name} is saved."


def _problem_form(register: Register, id: int | None) -> View:
    return problem_form(_chosen(register.problems.all(), id))


def _keep_problem(register: Register, id: int | None, view: dict[str, Any], actor: Person, now: datetime) -> str:
    form = ProblemForm.parse(view)
    return f"{save_problem(register, id, form.name, form.statement, form.needs, actor, now).name} is saved."


def _metric_form(register: Register, id: int | None) -> View:
    metrics = register.metrics.all()
    others = {metric.id: metric.name for metric in metrics if metric.id != id}
    tense = [one.first + one.second - id for one in register.metrics.tensions() if id and id in (one.first, one.second)]
    return metric_form(_chosen(metrics, id), others, tense, register.journeys.current())


def _keep_metric(register: Register, id: int | None, view: dict[str, Any], actor: Person, now: datetime) -> str:
    form, before = MetricForm.parse(view), _chosen(register.metrics.all(), id)
    owner = before.owner if before else None
    metric = Metric(id or 0, owner=owner, **form.model_dump(exclude={"tensions"}))
    return f"{save_metric(register, metric, form.tensions, actor, now).name} is saved."


def _segment_form(register: Register, id: int | None) -> View:
    return segment_form(_known(register.journeys.current().segments, id))


def _keep_segment(register: Register, id: int | None, view: dict[str, Any], actor: Person, now: datetime) -> str:
    form, segment = SegmentForm.parse(view), _known(register.journeys.current().segments, id)
    return f"{save_segment(register, segment, form.weight, form.weekly_contacts, actor, now).name} is saved."


def _chosen(among: Iterable[T], id: int | None) -> T | None:
    """The one with the id; None for a new one."""
    return None if id is None else _known(among, id)


def _known(among: Iterable[T], id: int | None) -> T:
    found = next((one for one in among if one.id == id), None)
    if found is None:
        raise NotFound("That one is no longer there; open the settings again.")
    return found


RECORDS: tuple[Record, ...] = (
    Record(Action.SETUP_POOL, Modal.POOL, "Resource pool", _pool_form, _keep_pool),
    Record(Action.SETUP_PROBLEM, Modal.PROBLEM, "Customer problem", _problem_form, _keep_problem),
    Record(Action.SETUP_METRIC, Modal.METRIC, "Metric", _metric_form, _keep_metric),
    Record(Action.SETUP_SEGMENT, Modal.SEGMENT, "Segment", _segment_form, _keep_segment),
)
