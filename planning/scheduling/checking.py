"""What a schedule costs and which of its constraints it breaks, by plain counting that owes nothing to the solver."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from planning.scheduling.values import Activity, Apart, Goal, Instance, Mode, Solution

Loads = Mapping[tuple[int, int], int]


def settled(instance: Instance, starts: Mapping[int, int], modes: Mapping[int, int], bound: int = 0) -> Solution:
    """The schedule with these starts and modes, what it buys and what it costs."""
    bare = Solution(starts, modes, {}, 0, bound)
    full = replace(bare, extra=_bought(instance, loads(instance, bare)))
    return replace(full, cost=cost(instance, full))


def unchanged(instance: Instance) -> Solution:
    """Everything where it is now; it may break constraints."""
    starts: dict[int, int] = {}
    for each in instance.activities:
        starts[each.id] = each.usual + (0 if each.parent is None else starts[each.parent])
    return settled(instance, starts, dict.fromkeys(starts, 0))


def loads(instance: Instance, solution: Solution) -> Loads:
    """The units of each resource that are used in each period."""
    used: dict[tuple[int, int], int] = defaultdict(int)
    for activity in instance.activities:
        if activity.id in solution.starts:
            start = solution.starts[activity.id]
            for block in activity.modes[solution.modes[activity.id]].blocks:
                for period in range(start + block.offset, start + block.offset + block.length):
                    used[block.resource, period] += block.demand
    return used


def _bought(instance: Instance, used: Loads) -> Loads:
    resources = {each.id: each for each in instance.resources if each.price is not None}
    short = {
        (resource, period): units - resources[resource].at(period)
        for (resource, period), units in sorted(used.items())
        if resource in resources
    }
    return {place: units for place, units in short.items() if units > 0}


def cost(instance: Instance, solution: Solution) -> int:
    """The sum of all prices that are paid, or the makespan."""
    if instance.goal is Goal.MAKESPAN:
        return makespan(instance, solution)
    prices = {each.id: each.price or 0 for each in instance.resources}
    changed = [each for each in instance.activities if is_changed(each, solution)]
    touched = {each.group for each in changed if each.group is not None}
    return (
        sum(_price(activity, solution) for activity in changed)
        + sum(_way(activity, solution).price for activity in instance.activities if activity.id in solution.starts)
        + sum(instance.groups.get(group, 0) for group in touched)
        + sum(apart.price or 0 for apart in instance.aparts if is_broken(apart, solution))
        + sum(prices[resource] * units for (resource, _), units in solution.extra.items())
    )


def makespan(instance: Instance, solution: Solution) -> int:
    """The end of what ends last."""
    return max((end(each, solution) for each in instance.activities if each.id in solution.starts), default=0)


def end(activity: Activity, solution: Solution) -> int:
    """When an activity that is there ends."""
    return solution.starts[activity.id] + _way(activity, solution).length


def own_start(activity: Activity, solution: Solution) -> int:
    """The start of an activity that is there, from its parent's if it has one."""
    return solution.starts[activity.id] - (0 if activity.parent is None else solution.starts[activity.parent])


def is_changed(activity: Activity, solution: Solution) -> bool:
    """Whether it starts at another time, goes another way or is left out, and not only with its parent."""
    if activity.id not in solution.starts:
        return activity.parent is None or activity.parent in solution.starts
    return own_start(activity, solution) != activity.usual or solution.modes[activity.id] != 0


def is_broken(apart: Apart, solution: Solution) -> bool:
    """Whether both are there and start as near as they must not."""
    starts = solution.starts
    if apart.one not in starts or apart.other not in starts:
        return False
    return apart.low <= starts[apart.one] - starts[apart.other] <= apart.high


def _price(activity: Activity, solution: Solution) -> int:
    if activity.id not in solution.starts:
        return activity.drop or 0
    return activity.touch + activity.price * abs(own_start(activity, solution) - activity.usual)


def _way(activity: Activity, solution: Solution) -> Mode:
    return activity.modes[solution.modes[activity.id]]


def check(instance: Instance, solution: Solution) -> list[str]:
    """What is wrong with a schedule, in words; nothing for a good one."""
    wrong = [*_wrong_places(instance, solution)]
    return wrong or [
        *_wrong_orders(instance, solution),
        *_wrong_loads(instance, solution),
        *_wrong_company(instance, solution),
        *([] if solution.cost == cost(instance, solution) else ["the cost is another"]),
        *([] if solution.bound <= solution.cost else ["the bound is above the cost"]),
    ]


def _wrong_places(instance: Instance, solution: Solution) -> Iterator[str]:
    there = solution.starts
    for each in instance.activities:
        parent_is_there = each.parent is None or each.parent in there
        if each.id not in there:
            if each.drop is None and parent_is_there:
                yield f"{each.id} is left out"
        elif not parent_is_there:
            yield f"{each.id} is there without its parent"
        elif own_start(each, solution) not in each.starts:
            yield f"{each.id} must not start at {there[each.id]}"
        elif not 0 <= solution.modes[each.id] < len(each.modes):
            yield f"{each.id} has no mode {solution.modes[each.id]}"


def _wrong_orders(instance: Instance, solution: Solution) -> Iterator[str]:
    activities = {each.id: each for each in instance.activities}
    for order in instance.precedences:
        if order.before in solution.starts and order.after in solution.starts:
            ready = end(activities[order.before], solution) + order.lag
            if solution.starts[order.after] < ready:
                yield f"{order.after} starts before {order.before} is ready for it"
    for apart in instance.aparts:
        if apart.price is None and is_broken(apart, solution):
            yield f"{apart.one} and {apart.other} are not apart"


def _wrong_loads(instance: Instance, solution: Solution) -> Iterator[str]:
    used, resources = loads(instance, solution), {each.id: each for each in instance.resources}
    for (resource, period), units in sorted(used.items()):
        if units > resources[resource].at(period) + solution.extra.get((resource, period), 0):
            yield f"resource {resource} is short in {period}"
    for resource, period in solution.extra:
        if resources[resource].price is None:
            yield f"more of resource {resource} cannot be bought, not even in {period}"


def _wrong_company(instance: Instance, solution: Solution) -> Iterator[str]:
    there = solution.starts.keys()
    for clause in instance.clauses:
        if not clause.present & there and clause.absent <= there:
            yield f"one of {sorted(clause.present)} must be there, or one of {sorted(clause.absent)} left out"
    for known in instance.unlike:
        if all(solution.starts.get(activity) == start for activity, start in known):
            yield "it is an answer that was ruled out"
