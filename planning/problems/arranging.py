"""The stewards' list of customer problems."""

from collections.abc import Sequence
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.naming import free_name
from planning.problems.values import Part, Problem
from planning.register import Register
from planning.text import PROBLEM_MAX, clean
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


def save_problem(
    register: Register,
    id: int | None,
    name: str,
    statement: str,
    needs: Sequence[Part],
    actor: Person,
    now: datetime,
) -> Problem:
    """Make a problem (`id` None) or change it; `needs` are the parts of its complete fix. Raises FieldError."""
    check_steward(register, actor)
    known = {problem.id: problem for problem in register.problems.all()}
    name = free_name(name, {problem.id: problem.name for problem in known.values()}, id)
    statement = clean(statement)
    if len(statement) > PROBLEM_MAX:
        raise FieldError({"statement": f"Use at most {PROBLEM_MAX} characters; this has {len(statement)}."})
    owner = known[id].owner if id in known else None
    problem = Problem(id or 0, name, statement, tuple(dict.fromkeys(needs)), owner)
    if id is None:
        problem = register.problems.add(problem)
    else:
        register.problems.save(problem)
    register.audit.add(Entry(now, "problem.saved", f"problem:{problem.id}", actor.id, {"name": name}))
    detect(register, Change(None, actor.id), now)
    return problem
