"""Writing what a company's file says of metrics, hand-offs, pools and problems, where it differs from the register."""

from dataclasses import replace

from planning.journey.values import HandOff, Journey
from planning.metrics.values import Metric, Tension
from planning.register import Register
from planning.transfer.naming import Known

Ids = dict[int, int]
"""The ids in the plan → those in the register."""


def settle_metrics(register: Register, before: Known, after: Known, stages: Ids, people: Ids) -> Ids:
    """Write metrics and tensions; the ids of the metrics."""
    known, ids = set(before.metrics), {metric.id: metric.id for metric in before.metrics}
    for metric in after.metrics:
        if metric.id < 0:
            ids[metric.id] = register.metrics.add(Metric(0, metric.name)).id
    for metric in after.metrics:
        if metric not in known:
            register.metrics.save(_placed(metric, stages, people, ids))
    tensions = [_placed_tension(tension, ids) for tension in after.tensions]
    if tensions != list(before.tensions):
        register.metrics.save_tensions(tensions)
    return ids


def _placed(metric: Metric, stages: Ids, people: Ids, metrics: Ids) -> Metric:
    """The metric with the register's ids; all metrics are there, so that any may feed any."""
    return replace(
        metric,
        id=metrics[metric.id],
        stage=_id(metric.stage, stages),
        owner=_id(metric.owner, people),
        feeds=_id(metric.feeds, metrics),
    )


def _placed_tension(tension: Tension, metrics: Ids) -> Tension:
    first, second = sorted((metrics[tension.first], metrics[tension.second]))
    return replace(tension, first=first, second=second)


def _id(planned: int | None, ids: Ids) -> int | None:
    """The register's id; one that the plan did not touch is that already."""
    return None if planned is None else ids.get(planned, planned)


def settle_hand_offs(
    register: Register, before: Journey, after: Journey, stages: Ids, departments: Ids, metrics: Ids
) -> None:
    """Write hand-offs."""
    known = set(before.hand_offs)
    for hand_off in after.hand_offs:
        placed = _placed_hand_off(hand_off, stages, departments, metrics)
        if hand_off.id < 0:
            register.journeys.add_hand_off(placed)
        elif hand_off not in known:
            register.journeys.save_hand_off(placed)


def _placed_hand_off(hand_off: HandOff, stages: Ids, departments: Ids, metrics: Ids) -> HandOff:
    return replace(
        hand_off,
        before=stages.get(hand_off.before, hand_off.before),
        after=stages.get(hand_off.after, hand_off.after),
        giver=_id(hand_off.giver, departments),
        receiver=_id(hand_off.receiver, departments),
        metric=_id(hand_off.metric, metrics),
    )


def settle_pools(register: Register, before: Known, after: Known) -> None:
    """Write resource pools."""
    known = set(before.pools)
    for pool in after.pools:
        if pool.id < 0:
            register.pools.add(pool)
        elif pool not in known:
            register.pools.save(pool)


def settle_problems(register: Register, before: Known, after: Known) -> None:
    """Write customer problems."""
    known = set(before.problems)
    for problem in after.problems:
        if problem.id < 0:
            register.problems.add(problem)
        elif problem not in known:
            register.problems.save(problem)
