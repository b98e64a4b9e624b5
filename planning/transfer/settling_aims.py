"""Writing what a company's file says of metrics, hand-offs, pools and problems, where it differs from the register."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planning.journey.values import HandOff, Journey
from planning.metrics.values import Metric, Tension
from planning.register import Register
from planning.transfer.naming import Known

Numbers = Mapping[int, int]
"""The ids in the plan → those in the register."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers of each kind of thing."""

    people: Numbers
    departments: Numbers
    stages: Numbers
    segments: Numbers
    metrics: Numbers


def settle_metrics(register: Register, before: Known, after: Known, others: Ids) -> Numbers:
    """Write metrics and tensions; the ids of the metrics."""
    known, ids = set(before.metrics), {metric.id: metric.id for metric in before.metrics}
    for metric in after.metrics:
        if metric.id < 0:
            ids[metric.id] = register.metrics.add(Metric(0, metric.name)).id
    for metric in after.metrics:
        if metric not in known:
            register.metrics.save(_placed(metric, replace(others, metrics=ids)))
    tensions = [_placed_tension(tension, ids) for tension in after.tensions]
    if tensions != list(before.tensions):
        register.metrics.save_tensions(tensions)
    return ids


def _placed(metric: Metric, ids: Ids) -> Metric:
    """The metric with the register's ids; all metrics are there, so that any may feed any."""
    return replace(
        metric,
        id=ids.metrics[metric.id],
        stage=_id(metric.stage, ids.stages),
        segment=_id(metric.segment, ids.segments),
        owner=_id(metric.owner, ids.people),
        feeds=_id(metric.feeds, ids.metrics),
    )


def _placed_tension(tension: Tension, metrics: Numbers) -> Tension:
    first, second = sorted((metrics[tension.first], metrics[tension.second]))
    return replace(tension, first=first, second=second)


def _id(planned: int | None, ids: Numbers) -> int | None:
    """The register's id; one that the plan did not touch is that already."""
    return None if planned is None else ids.get(planned, planned)


def settle_hand_offs(register: Register, before: Journey, after: Journey, ids: Ids) -> None:
    """Write hand-offs."""
    known = set(before.hand_offs)
    for hand_off in after.hand_offs:
        placed = _placed_hand_off(hand_off, ids)
        if hand_off.id < 0:
            register.journeys.add_hand_off(placed)
        elif hand_off not in known:
            register.journeys.save_hand_off(placed)


def _placed_hand_off(hand_off: HandOff, ids: Ids) -> HandOff:
    return replace(
        hand_off,
        before=ids.stages.get(hand_off.before, hand_off.before),
        after=ids.stages.get(hand_off.after, hand_off.after),
        giver=_id(hand_off.giver, ids.departments),
        receiver=_id(hand_off.receiver, ids.departments),
        metric=_id(hand_off.metric, ids.metrics),
        owner=_id(hand_off.owner, ids.people),
    )


def settle_pools(register: Register, before: Known, after: Known) -> None:
    """Write resource pools."""
    known = set(before.pools)
    for pool in after.pools:
        if pool.id < 0:
            register.pools.add(pool)
        elif pool not in known:
            register.pools.save(pool)


def settle_problems(register: Register, before: Known, after: Known, ids: Ids) -> None:
    """Write customer problems."""
    known = set(before.problems)
    for problem in after.problems:
        owned = replace(problem, owner=_id(problem.owner, ids.people))
        if problem.id < 0:
            register.problems.add(owned)
        elif problem not in known:
            register.problems.save(owned)
