"""Schedules made one after the other as fast as Python can: each activity in turn goes where it first fits.

What is left of all resources in all periods is one long integer with a field for each, so that one subtraction tells
where an activity fits. A guard bit above each field stays as long as enough is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from planning.scheduling.checking import settled
from planning.scheduling.values import Activity, Goal, Instance, Solution

Order = Sequence[int]


@dataclass(frozen=True, slots=True)
class Swept:
    """A schedule from one side, how long it is, and the order in which to sweep it back from the other side."""

    length: int
    starts: list[int]
    back: list[int]


def is_plain(instance: Instance) -> bool:
    """Whether nothing but order, steady resources and releases must be kept, no deadlines: then it can be swept."""
    if instance.goal is not Goal.MAKESPAN or instance.aparts or instance.clauses or instance.unlike:
        return False
    steady = not any(resource.capacity for resource in instance.resources)
    no_lags = not any(order.lag for order in instance.precedences)
    if not (steady and no_lags and all(_is_plain(activity) for activity in instance.activities)):
        return False
    latest = latest_end(instance)
    return all(each.starts[-1] + each.modes[0].length >= latest for each in instance.activities)


def latest_end(instance: Instance) -> int:
    """When all has ended at the latest if one activity after the other goes where it first fits."""
    releases = (each.starts[0] for each in instance.activities)
    return max(releases, default=0) + sum(each.modes[0].length for each in instance.activities)


def _is_plain(activity: Activity) -> bool:
    starts = activity.starts
    if activity.parent is not None or len(activity.modes) != 1 or not isinstance(starts, range) or not starts:
        return False
    length = activity.modes[0].length
    even = all(block.offset == 0 and block.length == length for block in activity.modes[0].blocks)
    return even and starts.step == 1 and starts[0] >= 0


class Sweeps:
    """The schedules of a plain instance up to a horizon, by the places of its activities; side 1 begins at the end."""

    def __init__(self, instance: Instance, horizon: int) -> None:
        self.instance = instance
        self.size = len(instance.activities)
        self._lengths = [each.modes[0].length for each in instance.activities]
        self._releases = [each.starts[0] for each in instance.activities], [0] * self.size
        self.waits: tuple[list[list[int]], list[list[int]]] = self._relate()
        self._pack(horizon)

    def _relate(self) -> tuple[list[list[int]], list[list[int]]]:
        place = {each.id: number for number, each in enumerate(self.instance.activities)}
        before: list[list[int]] = [[] for _ in place]
        after: list[list[int]] = [[] for _ in place]
        for order in self.instance.precedences:
            before[place[order.after]].append(place[order.before])
            after[place[order.before]].append(place[order.after])
        return before, after

    def _pack(self, horizon: int) -> None:
        resources = {each.id: number for number, each in enumerate(self.instance.resources)}
        units = [each.beyond for each in self.instance.resources]
        demands = [self._demands(each, resources) for each in self.instance.activities]
        field = max([0, *units, *(most for each in demands for most in each)]).bit_length() + 1
        self._period = field * max(len(units), 1)
        each_period = _repeated(1, self._period, horizon)
        guard = 1 << (field - 1)
        self._left = each_period * _packed([each | guard for each in units], field)
        self._guards = each_period * _packed([guard] * len(units), field)
        self._firsts = each_period * guard
        whole = {demand: each_period * _packed(demand, field) for demand in set(demands)}
        self._needs = [whole[demand] for demand in demands]
        lengths = [length if any(demand) else 0 for length, demand in zip(self._lengths, demands, strict=True)]
        self._uses = [
            _packed(demand, field) * _repeated(1, self._period, length)
            for demand, length in zip(demands, lengths, strict=True)
        ]
        self._runs = [_doublings(length * len(units), field) for length in lengths]

    def _demands(self, activity: Activity, resources: dict[int, int]) -> tuple[int, ...]:
        units = [0] * len(resources)
        for block in activity.modes[0].blocks:
            units[resources[block.resource]] += block.demand
        return tuple(units)

    def sweep(self, order: Order, side: int = 0) -> Swept | None:
        """Each in turn where it first fits, in an order that keeps what follows what; None if the horizon is passed."""
        left, period, guards, firsts = self._left, self._period, self._guards, self._firsts
        needs, uses, runs, lengths = self._needs, self._uses, self._runs, self._lengths
        waits, starts = self.waits[side], [*self._releases[side]]
        ends = [0] * self.size
        for each in order:
            start = starts[each]
            for before in waits[each]:
                if ends[before] > start:
                    start = ends[before]
            if use := uses[each]:
                fits = ((left - needs[each]) & guards) >> start * period
                for run in runs[each]:
                    fits &= fits >> run
                fits &= firsts
                if not fits:
                    return None
                start += ((fits & -fits).bit_length() - 1) // period
                left -= use << start * period
            starts[each], ends[each] = start, start + lengths[each]
        # Those that end together are turned round too, or what takes no time would come before what it follows.
        back = sorted(order, key=ends.__getitem__)[::-1]
        return Swept(max(ends, default=0), starts, back)

    def justified(self, swept: Swept) -> Swept:
        """Swept from the end and back again as long as that makes it shorter (Valls and others 2005)."""
        late = self.sweep(swept.back, 1)
        early = late and self.sweep(late.back)
        return self.justified(early) if early and early.length < swept.length else swept

    def solution(self, swept: Swept, bound: int = 0) -> Solution:
        """The schedule swept from the start."""
        ids = [each.id for each in self.instance.activities]
        return settled(self.instance, dict(zip(ids, swept.starts, strict=True)), dict.fromkeys(ids, 0), bound)


def in_turn(sweeps: Sweeps, keys: Sequence[tuple[float, ...]]) -> list[int]:
    """All activities, each after those that it follows, else by their keys."""
    before, after = sweeps.waits
    waiting = [len(each) for each in before]
    ready = sorted((keys[each], each) for each, count in enumerate(waiting) if not count)
    order: list[int] = []
    while ready:
        order.append(heappop(ready)[1])
        for then in after[order[-1]]:
            waiting[then] -= 1
            if not waiting[then]:
                heappush(ready, (keys[then], then))
    return order


def _packed(units: Sequence[int], field: int) -> int:
    return sum(each << number * field for number, each in enumerate(units))


def _repeated(what: int, period: int, times: int) -> int:
    """The same in so many periods, by doubling."""
    if times == 0:
        return 0
    half = _repeated(what, period, times // 2)
    twice = half | half << (times // 2) * period
    return twice | what << (times - 1) * period if times % 2 else twice


def _doublings(fields: int, field: int) -> list[int]:
    """By how much to shift again and again, so that a bit stays where so many fields in a row have one."""
    shifts: list[int] = []
    have = 1
    while have < fields:
        step = min(have, fields - have)
        shifts.append(step * field)
        have += step
    return shifts
