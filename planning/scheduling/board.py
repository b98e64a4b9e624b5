"""A schedule in the making: what is placed so far, and what one more placement would cost."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planning.scheduling.values import Activity, Apart, Clause, Goal, Instance, Mode, Precedence, Resource

Use = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A start and a mode of an activity, and its price without the company it keeps."""

    price: int
    start: int
    mode: int


class _Left(dict[int, int]):
    """The units of a resource that are left in each period."""

    def __init__(self, resource: Resource) -> None:
        super().__init__()
        self.resource = resource

    def __missing__(self, period: int) -> int:
        return self.setdefault(period, self.resource.at(period))


class Board:
    """Activities are placed, moved and left out one by one; nothing is placed that breaks a constraint."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.starts: dict[int, int] = {}
        self.modes: dict[int, int] = {}
        self.out: set[int] = set()
        self._places: dict[int, Place] = {}
        self.activities = {each.id: each for each in instance.activities}
        self.children: dict[int, list[Activity]] = defaultdict(list)
        self.before: dict[int, list[Precedence]] = defaultdict(list)
        self.after: dict[int, list[Precedence]] = defaultdict(list)
        self._touched = Counter[int]()
        self._aparts: dict[int, list[Apart]] = defaultdict(list)
        self._clauses: dict[int, list[Clause]] = defaultdict(list)
        self._left = {each.id: _Left(each) for each in instance.resources}
        self._uses = {each.id: [_use(mode) for mode in each.modes] for each in instance.activities}
        self._relate()

    def _relate(self) -> None:
        for each in self.instance.activities:
            if each.parent is not None:
                self.children[each.parent].append(each)
        for order in self.instance.precedences:
            self.before[order.after].append(order)
            self.after[order.before].append(order)
        for apart in self.instance.aparts:
            self._aparts[apart.one].append(apart)
            self._aparts[apart.other].append(apart)
        for clause in self.instance.clauses:
            for each_id in clause.present | clause.absent:
                self._clauses[each_id].append(clause)

    def cost(self, activity: Activity, place: Place) -> int | None:
        """What it costs to place it so beside what is placed; None if that breaks a constraint."""
        if not self._in_order(activity, place) or not self._in_company(activity.id, there=True):
            return None
        near, short = self._nearness(activity, place.start), self._shortage(activity, place)
        return None if near is None or short is None else near + short + place.price + self._touch(activity, place)

    def cost_out(self, activity: Activity) -> int | None:
        """What it costs to leave it out; None if that breaks a constraint."""
        if activity.drop is None or not self._in_company(activity.id, there=False):
            return None
        return activity.drop + self._group_price(activity)

    def put(self, activity: Activity, place: Place) -> None:
        """Place it."""
        self.starts[activity.id], self.modes[activity.id] = place.start, place.mode
        self._places[activity.id] = place
        self._use(activity, place, 1)
        self._count(activity, self._changes(activity, place))

    def lift(self, activity: Activity) -> Place:
        """Take it from its place; the answer is where it was."""
        place = self._places.pop(activity.id)
        self._count(activity, -self._changes(activity, place))
        self._use(activity, place, -1)
        del self.starts[activity.id], self.modes[activity.id]
        return place

    def leave(self, activity: Activity) -> None:
        """Leave it and its children out."""
        self.out.add(activity.id)
        if activity.parent is None or activity.parent in self.starts:
            self._count(activity, 1)
        for child in self.children[activity.id]:
            self.leave(child)

    def rejoin(self, activity: Activity) -> None:
        """Undo that it was left out."""
        for child in self.children[activity.id]:
            self.rejoin(child)
        if activity.parent is None or activity.parent in self.starts:
            self._count(activity, -1)
        self.out.remove(activity.id)

    def place_of(self, activity: Activity) -> Place | None:
        """Where it is placed, if it is."""
        return self._places.get(activity.id)

    def own_start(self, activity: Activity, start: int) -> int:
        """Its start from its parent's, if it has one."""
        return start - (0 if activity.parent is None else self.starts[activity.parent])

    def _changes(self, activity: Activity, place: Place) -> int:
        return int(place.mode != 0 or self.own_start(activity, place.start) != activity.usual)

    def _count(self, activity: Activity, times: int) -> None:
        if activity.group is not None:
            self._touched[activity.group] += times

    def _touch(self, activity: Activity, place: Place) -> int:
        return self._group_price(activity) if self._changes(activity, place) else 0

    def _group_price(self, activity: Activity) -> int:
        if self.instance.goal is Goal.MAKESPAN or activity.group is None or self._touched[activity.group]:
            return 0
        return self.instance.groups.get(activity.group, 0)

    def _in_order(self, activity: Activity, place: Place) -> bool:
        starts, ended = self.starts, place.start + activity.modes[place.mode].length
        for it in self.after[activity.id]:
            if it.after in starts and starts[it.after] < ended + it.lag:
                return False
        return all(
            self.end(it.before) + it.lag <= place.start for it in self.before[activity.id] if it.before in starts
        )

    def end(self, activity: int) -> int:
        """When one that is placed ends."""
        return self.starts[activity] + self.activities[activity].modes[self.modes[activity]].length

    def _in_company(self, activity: int, *, there: bool) -> bool:
        """Whether each clause that it is in can still be kept."""
        placed, out = self.starts.keys(), self.out
        for clause in self._clauses[activity]:
            present = clause.present - {activity}, activity in clause.present and there
            absent = clause.absent - {activity}, activity in clause.absent and not there
            if not (present[1] or absent[1] or present[0] - out or absent[0] - placed):
                return False
        return True

    def _nearness(self, activity: Activity, start: int) -> int | None:
        price = 0
        for apart in self._aparts[activity.id]:
            other = apart.other if apart.one == activity.id else apart.one
            if other in self.starts:
                far = start - self.starts[other] if apart.one == activity.id else self.starts[other] - start
                if apart.low <= far <= apart.high:
                    if apart.price is None:
                        return None
                    price += apart.price
        return price

    def _shortage(self, activity: Activity, place: Place) -> int | None:
        price, start = 0, place.start
        for resource, offset, demand in self._uses[activity.id][place.mode]:
            left = self._left[resource]
            short = demand - max(left[start + offset], 0)
            if short > 0:
                if left.resource.price is None:
                    return None
                price += short * left.resource.price
        return price

    def _use(self, activity: Activity, place: Place, times: int) -> None:
        for resource, offset, demand in self._uses[activity.id][place.mode]:
            self._left[resource][place.start + offset] -= times * demand


def _use(mode: Mode) -> Use:
    """What a mode needs of each resource in each period from its start."""
    units = Counter[tuple[int, int]]()
    for resource, offset, demand in _periods(mode):
        units[resource, offset] += demand
    return tuple((resource, offset, demand) for (resource, offset), demand in sorted(units.items()) if demand)


def _periods(mode: Mode) -> Iterator[tuple[int, int, int]]:
    for block in mode.blocks:
        for offset in range(block.offset, block.offset + block.length):
            yield block.resource, offset, block.demand
