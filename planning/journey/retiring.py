"""Stages taken out of the journey: what hangs on each, and moving it to another stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.agreement.values import PollKind
from planning.audit.values import Entry
from planning.initiatives.values import Initiative
from planning.journey.values import Journey, Stage
from planning.metrics.values import Metric
from planning.register import Register
from planning.text import counted
from planning.workspace.values import Person

POLLS_ASKED = 10
"""Open polls are among the newest of their kind."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a stage: live initiatives and metrics; in words hand-offs, and what people are asked of it."""

    stage: Stage
    initiatives: tuple[Initiative, ...] = ()
    metrics: tuple[Metric, ...] = ()
    hand_offs: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def hanging(register: Register, stages: Sequence[Stage], now: datetime) -> list[Hanging]:
    """What hangs on each of the stages."""
    if not stages:
        return []
    live, journey = register.initiatives.portfolio(now).initiatives, register.journeys.current()
    metrics = register.metrics.all()
    return [
        Hanging(
            stage,
            tuple(one for one in live if stage.id in one.draft.stages),
            tuple(one for one in metrics if one.stage == stage.id),
            _hand_offs(stage, journey),
            _asked(register, stage),
        )
        for stage in stages
    ]


def move_off(
    register: Register, left: Sequence[Hanging], targets: Mapping[int, Stage], actor: Person, now: datetime
) -> list[str]:
    """Bring what hung on stages that are gone to the stages (by the gone one's id) that take its place; what was moved.

    Without such a stage, initiatives and metrics are without it from now on.
    """
    gone = {one.stage.id for one in left}
    # One without a target is left alone: its links to what is gone are no longer shown.
    placed = [one for one in left if one.stage.id in targets]
    each = {initiative.id: initiative for one in placed for initiative in one.initiatives}
    register.initiatives.save_all([replace(_moved(one, gone, targets), changed_at=now) for one in each.values()])
    details: dict[str, object] = {"fields": ["stages"]}
    register.audit.add_all([Entry(now, "initiative.amended", f"initiative:{id}", actor.id, details) for id in each])
    for metric, stage in [(metric, targets[one.stage.id]) for one in placed for metric in one.metrics]:
        register.metrics.save(replace(metric, stage=stage.id))
        register.audit.add(Entry(now, "metric.saved", f"metric:{metric.id}", actor.id, {"name": metric.name}))
    return [told for one in left if (told := _told(one, targets.get(one.stage.id)))]


def _moved(initiative: Initiative, gone: set[int], targets: Mapping[int, Stage]) -> Initiative:
    """With the targets in the place of what is gone."""
    staying = (stage for stage in initiative.draft.stages if stage in targets or stage not in gone)
    stages = dict.fromkeys(targets[stage].id if stage in targets else stage for stage in staying)
    return replace(initiative, draft=replace(initiative.draft, stages=tuple(stages)))


def _told(left: Hanging, target: Stage | None) -> str:
    things = " and ".join([*_count(left.initiatives, "initiative"), *_count(left.metrics, "metric")])
    if not things:
        return ""
    name = left.stage.name
    return f"{things} lost “{name}”." if target is None else f"{things} moved from “{name}” to “{target.name}”."


def _count(some: Sequence[object], noun: str) -> list[str]:
    return [counted(len(some), noun)] if some else []


def _hand_offs(stage: Stage, journey: Journey) -> tuple[str, ...]:
    names = journey.stage_names()
    ends = [one for one in journey.hand_offs if stage.id in (one.before, one.after)]
    return tuple(f"{names[one.before]} → {names[one.after]}" for one in ends)


def _asked(register: Register, stage: Stage) -> tuple[str, ...]:
    """What is open; how many answers name the stage stays unsaid, for a count of one would be somebody's answer."""
    asked = []
    if any(one.open and one.about == (stage.id,) for one in register.polls.of_kind(PollKind.SCORE, POLLS_ASKED)):
        asked.append("the open score test of it")
    if any(one.open for one in register.polls.of_kind(PollKind.PULSE, POLLS_ASKED)):
        asked.append("the open pulse, where answers that name it no longer count")
    open_ones = (one for one in register.ratifications.newest() if one.closed_at is None)
    if any(stage.id == put.id for one in open_ones for put in one.stages):
        asked.append("the open ratification, for which the departments are to be asked again")
    return tuple(asked)
