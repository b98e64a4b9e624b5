"""What somebody looked after who has left: it has no owner from now on, so that others see the gap and raise a hand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from planning.agreement.handing_on import hand_on_questions
from planning.alerts.news import redraw
from planning.audit.values import Entry
from planning.checkins.questions import redraw_of
from planning.claims.claiming import HANDED_BACK, edge_name
from planning.claims.values import Claimable
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.findings.values import Finding, Kind
from planning.journey.values import HandOff, Stage
from planning.journey.versioning import keep_version
from planning.metrics.values import Metric
from planning.plans.handing_on import hand_on_plans
from planning.problems.values import Problem
from planning.register import Register
from planning.register.initiatives import Search
from planning.schedules.changing import PAUSED
from planning.schedules.values import ScheduleKind
from planning.workspace.values import Person

AT_ONCE = 100_000
"""More initiatives than anybody owns."""

T = TypeVar("T", Stage, HandOff, Problem, Metric)


def let_go(register: Register, person: Person, now: datetime) -> None:
    """Take the person out of everything that waits for them; what they did stays on record as theirs."""
    register.audit.add_all([*_given_back(register, person, now), *_of_initiatives(register, person, now)])
    _of_findings(register, person, now)
    _pause_list(register, person, now)
    hand_on_questions(register, person, now)
    hand_on_plans(register, person, now)
    detect(register, Change(None), now)


def _given_back(register: Register, person: Person, now: datetime) -> Iterator[Entry]:
    """Stages, hand-offs, problems and metrics."""
    journey = register.journeys.current()
    for stage in _owned(journey.stages, person, register.journeys.save_stage):
        yield _entry(now, Claimable.STAGE, stage.id, stage.name, person)
    for edge in _owned(journey.hand_offs, person, register.journeys.save_hand_off):
        yield _entry(now, Claimable.HAND_OFF, edge.id, edge_name(edge, journey), person)
    for problem in _owned(register.problems.all(), person, register.problems.save):
        yield _entry(now, Claimable.PROBLEM, problem.id, problem.name, person)
    for metric in _owned(register.metrics.all(), person, register.metrics.save):
        details: dict[str, object] = {"name": metric.name, "fields": ["owner"], "owner": person.id}
        yield Entry(now, "metric.saved", f"metric:{metric.id}", None, details)
    keep_version(register, journey, None, now)


def _of_initiatives(register: Register, person: Person, now: datetime) -> Iterator[Entry]:
    """Those that go on; who owned one that is over stays on record."""
    owned = register.initiatives.matching(Search(owner=person.id, live_only=True), AT_ONCE).items
    freed = [replace(one, draft=replace(one.draft, owner=None), changed_at=now) for one in owned]
    register.initiatives.save_all(freed)
    for before, after in zip(owned, freed, strict=True):
        redraw_of(register, before, after)
        details: dict[str, object] = {"fields": ["owner"], "owner": person.id}
        yield Entry(now, "initiative.amended", f"initiative:{after.id}", None, details)


def _of_findings(register: Register, person: Person, now: datetime) -> None:
    """Gaps that they claimed, and overlaps that they were handed: these are for the leads again."""
    standing = register.findings.standing()
    claimed = [one for one in standing if one.owner == person.id and one.found.rule.kind is Kind.GAP]
    handed = [one for one in standing if one.handed is not None and one.handed.to == person.id]
    freed = [replace(one, owner=None, changed_at=now) for one in claimed]
    freed += [replace(one, handed=None, changed_at=now) for one in handed]
    register.findings.save_all(freed, now)
    redraw(register, *(one.id for one in freed))
    register.audit.add_all([_gap_entry(now, one, person) for one in claimed])
    back: dict[str, object] = {"from": person.id}
    register.audit.add_all([Entry(now, "finding.taken_back", f"finding:{one.id}", None, back) for one in handed])


def _pause_list(register: Register, person: Person, now: datetime) -> None:
    own = register.schedules.of(ScheduleKind.PERSONAL, person.id)
    if own is not None and not own.paused:
        register.schedules.leave_out(own.id, now, PAUSED)
        register.schedules.save(replace(own, paused=True, skips_at=None))
        register.audit.add(Entry(now, "schedule.paused", f"schedule:{own.id}"))


def _owned(things: Iterable[T], person: Person, save: Callable[[T], None]) -> Iterator[T]:
    """Those of the person, after they have been written without an owner."""
    for one in things:
        if one.owner == person.id:
            save(replace(one, owner=None))
            yield one


def _gap_entry(now: datetime, gap: Finding, person: Person) -> Entry:
    return _entry(now, Claimable.GAP, gap.id, gap.found.why, person)


def _entry(now: datetime, kind: Claimable, id: int, name: str, person: Person) -> Entry:
    details: dict[str, object] = {"name": name, "kind": str(kind), "owner": person.id}
    return Entry(now, HANDED_BACK, f"{kind}:{id}", None, details)
