"""The digest of one department: gathered and composed when it is due, and never twice for one due time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from planning.audit.values import Entry
from planning.digests.department_composing import Gathered, compose_department, own_initiatives, own_metrics
from planning.digests.department_plans import Going
from planning.digests.department_values import DepartmentDigest
from planning.digests.gaps import concerned
from planning.errors import NotFound
from planning.findings.values import Finding
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.values import PlanState
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.schedules.tasks import Done, Skipped, Task
from planning.schedules.values import Schedule

FIRST = timedelta(days=7)
"""The time of which the first one tells."""
_INITIATIVE, _FINDING = "initiative:", "finding:"


def send_department(task: Task) -> Done | Skipped:
    """Compose it and queue it for its channel; a quiet week is told as well, so that nobody has to guess why."""
    register, schedule, due_at = task.register, task.schedule, task.occurrence.due_at
    try:
        digest = preview_department(register, schedule, task.now)
    except NotFound:
        return Skipped("The department is no longer there.")
    key = f"digest:{schedule.id}:{due_at.isoformat()}"
    where = Address.channel(schedule.channel)
    register.postings.add(Posting(key, MessageKind.DEPARTMENT_DIGEST, task.occurrence.id, where), task.now)
    return Done(digest.model_dump(mode="json"))


def preview_department(register: Register, schedule: Schedule, now: datetime) -> DepartmentDigest:
    """The digest as it would be sent now; nothing is written. Raises NotFound when the department has gone."""
    since = (register.schedules.last_done_at(schedule.id) if schedule.id else None) or now - FIRST
    return compose_department(_gathered(register, schedule.subject, since, now), schedule, since, now)


def _gathered(register: Register, id: int, since: datetime, now: datetime) -> Gathered:
    department, portfolio = register.departments.by_id(id), register.initiatives.portfolio(now)
    own, metrics = [one.id for one in own_initiatives(portfolio, id)], own_metrics(portfolio, id)
    return Gathered(
        company=register.workspaces.current().name,
        department=department,
        portfolio=portfolio,
        findings=register.findings.standing(),
        entries=_about(register, id, portfolio, register.audit.since(since)),
        plans=[*_going(register, id)],
        readings=register.readings.of(*(metric.id for metric in metrics)) if metrics else {},
        asked=register.check_ins.newest(own),
        answered=register.check_ins.latest(own),
    )


def _going(register: Register, department: int) -> Iterator[Going]:
    plans = register.plans.in_state((PlanState.OPEN, PlanState.ACCEPTED))
    own = [plan for plan in plans if department in plan.departments]
    found = register.findings.some({plan.finding for plan in own if plan.finding is not None})
    handed = {finding.id: finding.handed for finding in found}
    return (Going(plan, handed.get(plan.finding) if plan.finding is not None else None) for plan in own)


def _about(register: Register, department: int, portfolio: Portfolio, entries: Iterable[Entry]) -> list[Entry]:
    """What was done to the department's initiatives, and to findings that concern it."""
    happened = [entry for entry in entries if entry.subject.startswith((_INITIATIVE, _FINDING))]
    found = register.findings.some(_ids(happened, _FINDING))
    known = {*_ids(happened, _INITIATIVE), *(id for finding in found for id in finding.found.initiatives())}
    own = {one.id for one in register.initiatives.some(known) if one.draft.department == department}
    subjects = {f"{_INITIATIVE}{id}" for id in own}
    subjects |= {f"{_FINDING}{one.id}" for one in found if _concerns(one, department, own, portfolio)}
    return [entry for entry in happened if entry.subject in subjects]


def _concerns(finding: Finding, department: int, own: set[int], portfolio: Portfolio) -> bool:
    return not own.isdisjoint(finding.found.initiatives()) or department in concerned(finding.found, portfolio)


def _ids(entries: Iterable[Entry], kind: str) -> set[int]:
    return {int(entry.subject.removeprefix(kind)) for entry in entries if entry.subject.startswith(kind)}
