"""What a schedule cannot beat: how early each activity can start, and how long it takes from there to the end."""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from planning.scheduling.values import Activity, Instance, Mode, Precedence, Resource

Ints = NDArray[np.int64]
Lengths = Mapping[int, int]
UNITS_MAX = 20
"""So many coarser units are tried for each resource."""


def in_order(instance: Instance) -> list[Activity]:
    """The activities, each after those that it follows and after its parent."""
    sorter = TopologicalSorter[int]()
    for each in instance.activities:
        sorter.add(each.id, *([] if each.parent is None else [each.parent]))
    for order in instance.precedences:
        sorter.add(order.after, order.before)
    activities = {each.id: each for each in instance.activities}
    return [activities[each] for each in sorter.static_order()]


def heads(instance: Instance) -> Lengths:
    """The earliest start of each activity, if all of them are there."""
    activities = {each.id: each for each in instance.activities}
    before = _by("after", instance.precedences)
    earliest: dict[int, int] = {}
    for each in in_order(instance):
        own = (each.starts[0] if each.starts else 0) + (0 if each.parent is None else earliest[each.parent])
        ready = [earliest[it.before] + shortest(activities[it.before]) + it.lag for it in before.get(each.id, ())]
        earliest[each.id] = max([own, *ready])
    return earliest


def tails(instance: Instance) -> Lengths:
    """How long it takes at least from the start of each activity to the end of all that follows."""
    after = _by("before", instance.precedences)
    longest: dict[int, int] = {}
    for each in reversed(in_order(instance)):
        long = shortest(each)
        rest = [long + it.lag + longest[it.after] for it in after.get(each.id, ())]
        longest[each.id] = max([long, *rest])
    return longest


def shortest(activity: Activity) -> int:
    """The length of its shortest mode."""
    return min(mode.length for mode in activity.modes)


def least_makespan(instance: Instance) -> int:
    """No schedule of all activities ends earlier, by what follows what and by the work on each resource."""
    first, rest = heads(instance), tails(instance)
    longest = max((first[each] + rest[each] for each in first), default=0)
    return max([longest, *(end for each in instance.resources for end in _ends_by_work(instance, each, first, rest))])


def _ends_by_work(instance: Instance, resource: Resource, first: Lengths, rest: Lengths) -> Iterator[int]:
    """After the earliest start of any set of activities comes its work, then the shortest way to the end from there.

    Work is also counted in coarser units, demands and capacity rounded down: only five can have 10 of 56 units each.
    """
    most = max([*resource.capacity, resource.beyond])
    tasks = sorted(instance.activities, key=lambda each: shortest(each) - rest[each.id])
    head = np.array([first[each.id] for each in tasks], np.int64)
    tail = np.array([rest[each.id] - shortest(each) for each in tasks], np.int64)
    units = {1, *(unit for each in tasks for unit in _demands(each, resource.id) if 0 < unit <= most)}
    for unit in sorted(units)[:UNITS_MAX] if most else ():
        work = np.array([_work(each, resource.id, unit) for each in tasks], np.int64)
        yield from (_end(begin, head, tail, work, most // unit) for begin in np.unique(head[work > 0]))


def _end(begin: int, head: Ints, tail: Ints, work: Ints, most: int) -> int:
    """When all that cannot start before has ended; the activities stand by descending tail."""
    late = (head >= begin) & (work > 0)
    done = np.cumsum(work[late])
    return int(begin + np.max(-(-done // most) + tail[late]))


def _demands(activity: Activity, resource: int) -> Iterator[int]:
    for mode in activity.modes:
        yield from (block.demand for block in mode.blocks if block.resource == resource)


def _work(activity: Activity, resource: int, unit: int) -> int:
    """The least work it has on a resource, as far as that is done while it lasts."""
    return min(sum(_work_inside(mode, resource, unit)) for mode in activity.modes)


def _work_inside(mode: Mode, resource: int, unit: int) -> Iterator[int]:
    for block in mode.blocks:
        if block.resource == resource:
            first, last = max(block.offset, 0), min(block.offset + block.length, mode.length)
            yield block.demand // unit * max(last - first, 0)


def _by(side: str, precedences: tuple[Precedence, ...]) -> dict[int, list[Precedence]]:
    found: dict[int, list[Precedence]] = {}
    for each in precedences:
        found.setdefault(getattr(each, side), []).append(each)
    return found
