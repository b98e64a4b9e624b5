"""The life of a small company: what people do, step by step, and the nights between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.score_testing import after_score
from planning.agreement.values import Poll, PollKind
from planning.findings.refreshing import refresh
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Kind, State
from planning.findings.waking import wake
from planning.initiatives.changing import amend, change_status, leave
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Draft, Status
from planning.journey.values import HandOff, Stage
from planning.metrics.arranging import save_metric
from planning.metrics.values import Direction, Metric
from planning.problems.arranging import save_problem
from planning.problems.values import Part, Problem
from planning.resources.arranging import save_pool
from planning.resources.values import Pool
from planning.workspace.values import Person, Role
from tests.builders import NOW, department, tension, vector
from tests.planning.portfolios import score
from tests.scheduled import nightly_pass


@dataclass
class Life:
    """A company, the time that it is there, and what was dismissed: finding → what the last word on it covers."""

    registers: SqlRegisters
    now: datetime = NOW
    dismissed: dict[int, tuple[datetime, frozenset[str]]] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)

    def does(self, step: "Step") -> None:
        """Take one step, a minute after the last."""
        self.now += timedelta(minutes=1)
        with self.registers.writing() as register:
            step(self, register)


Step = Callable[[Life, SqlRegister], object]


def registering(draft: Draft, seed: int, answer: Choice | None, place: int) -> Step:
    """Somebody registers, and answers one question."""

    def step(life: Life, register: SqlRegister) -> object:
        known = [each.id for each in register.initiatives.all() if each.live]
        answers = {known[place % len(known)]: answer} if known and answer else {}
        return register_initiative(register, draft, vector(seed), answers, steward(register), life.now)

    return step


def amending(place: int, draft: Draft, seed: int) -> Step:
    """Somebody writes it anew."""
    return _of_one(place, lambda register, id, now: amend(register, id, draft, vector(seed), steward(register), now))


def moving(place: int, status: Status) -> Step:
    """Somebody changes its status."""
    return _of_one(place, lambda register, id, now: change_status(register, id, status, steward(register), now))


def leaving(place: int) -> Step:
    """A joined one becomes one of its own again."""
    return _of_one(place, lambda register, id, now: leave(register, id, steward(register), now))


def deciding(place: int, choice: Choice) -> Step:
    """Somebody says something of an open overlap."""

    def step(life: Life, register: SqlRegister) -> None:
        finding = _picked(register, place, lambda one: one.state(life.now) is State.OPEN)
        if finding is None or (choice is Choice.JOIN and finding.found.pair is None):
            return
        decide(register, finding.id, choice, steward(register), life.now)
        life.decided.add(finding.id)
        life.dismissed.pop(finding.id, None)
        if choice is Choice.DIFFERENT:
            life.dismissed[finding.id] = (life.now, finding.found.covers)

    return step


def undoing(place: int) -> Step:
    """Somebody takes a verdict back."""

    def step(life: Life, register: SqlRegister) -> None:
        finding = _picked(register, place, lambda one: one.verdict is not None)
        if finding is not None and finding.state(life.now) is not State.OPEN:
            undo(register, finding.id, steward(register), life.now)
            life.decided.add(finding.id)
            life.dismissed.pop(finding.id, None)

    return step


def scoring(stage: int, targets: tuple[float, ...]) -> Step:
    """The leads of a stage were asked for its score."""

    def step(life: Life, register: SqlRegister) -> None:
        asked = Poll(0, PollKind.SCORE, life.now, life.now, None, 2, 0, (stage,))
        register.polls.add(replace(asked, closed_at=life.now, result=score(stage, targets)))
        after_score(register, asked, life.now)

    return step


def dismissing_all(life: Life, register: SqlRegister) -> None:
    """Somebody says of every open overlap that it is none."""
    for finding in register.findings.standing(Kind.OVERLAP):
        if finding.state(life.now) is State.OPEN:
            decide(register, finding.id, Choice.DIFFERENT, steward(register), life.now)


def renaming(life: Life, register: SqlRegister) -> None:
    """Every metric, pool and problem gets another name."""
    actor, now = steward(register), life.now
    for metric in register.metrics.all():
        save_metric(register, replace(metric, name=f"{metric.name}, corrected"), actor, now)
    for pool in register.pools.all():
        save_pool(register, pool.id, f"{pool.name}, corrected", pool.capacity, pool.leave, actor, now)
    for one in register.problems.all():
        save_problem(register, one.id, f"{one.name}, corrected", one.statement, one.needs, actor, now)


def sleeping(days: int) -> Step:
    """Nights pass, and the last of them is worked through."""

    def step(life: Life, register: SqlRegister) -> None:
        life.now += timedelta(days=days)
        wake(register, life.now)
        nightly_pass(register, life.now)

    return step


def steward(register: SqlRegister) -> Person:
    """Who does everything here."""
    return register.people.by_id(1)


def founded(database: Database, id: str) -> Life:
    """A new company with few things to name."""
    registers = database.registers(database.ensure_workspace(id, name=id).id)
    with registers.writing() as register:
        _furnish(register)
        refresh(register, NOW)
    return Life(registers)


def _furnish(register: SqlRegister) -> None:
    register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
    for name in ("Marketing", "Service", "Billing"):
        register.departments.add(name, department().channel)
    for position, name in enumerate(("Join", "Use", "Renew"), start=1):
        register.journeys.add_stage(Stage(0, name, position, weight=position))
    whole = register.journeys.add_segment("Everybody").id
    for name in ("Homes", "Firms"):
        register.journeys.save_segment(replace(register.journeys.add_segment(name, whole), weekly_contacts=1))
    register.journeys.add_touchpoint("Letter")
    register.metrics.add(Metric(0, "Calm", stage=1, baseline=1, target=2))
    register.metrics.add(Metric(0, "Cost", direction=Direction.DOWN, baseline=2, target=1, feeds=1))
    register.metrics.save_tensions([tension()])
    register.pools.add(Pool(0, "Data team", 1.5))
    register.pools.add(Pool(0, "Writers", 0.7))
    register.problems.add(Problem(0, "Told it thrice", needs=(Part.PROCESS, Part.MESSAGE)))
    register.problems.add(Problem(0, "Lost letters", needs=(Part.PROCESS,)))
    register.journeys.add_hand_off(HandOff(0, 1, 2, giver=1))


def _of_one(place: int, act: Callable[[SqlRegister, int, datetime], object]) -> Step:
    def step(life: Life, register: SqlRegister) -> None:
        known = register.initiatives.all()
        if known:
            act(register, known[place % len(known)].id, life.now)

    return step


def _picked(register: SqlRegister, place: int, wanted: Callable[[Finding], bool]) -> Finding | None:
    some = [finding for finding in register.findings.standing(Kind.OVERLAP) if wanted(finding)]
    return some[place % len(some)] if some else None
