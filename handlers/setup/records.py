"""What stewards keep beside the journey: pools and customer problems."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from slack_bolt import App
from slack_sdk.models.views import View

from handlers.forms import Form, Line, typed_lines
from handlers.ids import Action, Modal
from handlers.setup.recording import Record, Sent, chosen, listen
from handlers.views.records import LEAVE, leave_line, pool_form, problem_form
from planning.errors import FieldError
from planning.problems.arranging import save_problem
from planning.problems.values import Part
from planning.register import Register
from planning.resources.arranging import save_pool
from planning.resources.values import Leave
from planning.text import one_line
from planning.window import Window

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


def register(app: App) -> None:
    """Listen to the menus and the forms."""
    for record in RECORDS:
        listen(app, record)


def leave_of(lines: Iterable[str], before: Sequence[Leave]) -> list[Leave]:
    """The leave that lines say; one that stands for a known one means that. Raises FieldError."""
    same = {leave_line(leave): leave for leave in before}
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
    return pool_form(chosen(register.pools.all(), id))


def _keep_pool(register: Register, sent: Sent) -> str:
    form, pool = PoolForm.parse(sent.view), chosen(register.pools.all(), sent.id)
    leave = leave_of(typed_lines(sent.view, LEAVE), pool.leave if pool else ())
    saved = save_pool(register, sent.id, form.name, form.capacity, leave, sent.actor, sent.now)
    return f"{saved.name} is saved."


def _problem_form(register: Register, id: int | None) -> View:
    return problem_form(chosen(register.problems.all(), id))


def _keep_problem(register: Register, sent: Sent) -> str:
    form = ProblemForm.parse(sent.view)
    saved = save_problem(register, sent.id, form.name, form.statement, form.needs, sent.actor, sent.now)
    return f"{saved.name} is saved."


RECORDS: tuple[Record, ...] = (
    Record(Action.SETUP_POOL, Modal.POOL, "Resource pool", "pool", _pool_form, _keep_pool),
    Record(Action.SETUP_PROBLEM, Modal.PROBLEM, "Customer problem", "problem", _problem_form, _keep_problem),
)
