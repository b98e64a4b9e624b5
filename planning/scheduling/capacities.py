"""What activities use of resources: intervals on a fixed one, sums by period on one of which more can be bought."""

from collections import defaultdict
from collections.abc import Iterator

from ortools.sat.python import cp_model

from planning.scheduling.chosen import Chosen
from planning.scheduling.model import Model
from planning.scheduling.values import Resource

Demands = dict[int, dict[int, dict[cp_model.IntVar, int]]]


def fit(model: Model) -> list[tuple[cp_model.IntVar, int]]:
    """Keep every resource within its units; what is bought beyond them, with its price."""
    bought: list[tuple[cp_model.IntVar, int]] = []
    for resource in model.instance.resources:
        if resource.price is None:
            _hold(model, resource)
        else:
            bought += [(units, resource.price) for units in _buy(model, resource)]
    return bought


def _hold(model: Model, resource: Resource) -> None:
    tasks = [task for chosen in model.chosen.values() for task in _tasks(model, chosen, resource.id)]
    if not tasks:
        return
    first = min(low for _, _, low, _ in tasks)
    last = max(high for _, _, _, high in tasks)
    most = max(resource.at(period) for period in range(first, last))
    taken = [*_taken(model, resource, range(first, last), most)]
    intervals = [*(task[0] for task in tasks), *(interval for interval, _ in taken)]
    model.cp.add_cumulative(intervals, [*(task[1] for task in tasks), *(units for _, units in taken)], most)


def _tasks(model: Model, chosen: Chosen, resource: int) -> Iterator[tuple[cp_model.IntervalVar, int, int, int]]:
    """Each block on the resource as an interval, its units, and between which periods it can lie."""
    for mode, way in enumerate(chosen.activity.modes):
        for block in way.blocks:
            if block.resource == resource and block.length and block.demand:
                start, name = chosen.start + block.offset, f"{chosen.activity.id} by {mode} on {resource}"
                there = chosen.modes[mode]
                if there is model.always:
                    interval = model.cp.new_fixed_size_interval_var(start, block.length, name)
                else:
                    interval = model.cp.new_optional_fixed_size_interval_var(start, block.length, there, name)
                first = chosen.reach[0] + block.offset
                yield interval, block.demand, first, chosen.reach[-1] + block.offset + block.length


def _taken(model: Model, resource: Resource, periods: range, most: int) -> Iterator[tuple[cp_model.IntervalVar, int]]:
    """What is missing to the most units, as tasks that cannot move, one for each run of periods."""
    start = periods.start
    for period in range(periods.start + 1, periods.stop + 1):
        if period == periods.stop or resource.at(period) != resource.at(start):
            if missing := most - resource.at(start):
                interval = model.cp.new_fixed_size_interval_var(start, period - start, f"gap {resource.id} {start}")
                yield interval, missing
            start = period


def _buy(model: Model, resource: Resource) -> Iterator[cp_model.IntVar]:
    """For each period that may be short: what is used is at most what there is and what is bought."""
    for period, demands in sorted(_demands(model, resource.id).items()):
        units = resource.at(period)
        spare = sum(max(each.values()) for each in demands.values()) - units
        if spare > 0:
            known = model.known.extra.get((resource.id, period), 0)
            bought = model.number(f"bought {resource.id} in {period}", range(spare + 1), min(known, spare))
            used = [cp_model.LinearExpr.weighted_sum([*each.keys()], [*each.values()]) for each in demands.values()]
            model.cp.add(cp_model.LinearExpr.sum(used) <= units + bought)
            yield bought


def _demands(model: Model, resource: int) -> Demands:
    """For each period the units that each activity uses, by the literal of the way in which it does."""
    found: Demands = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for chosen in model.chosen.values():
        blocks = [[block for block in mode.blocks if block.resource == resource] for mode in chosen.activity.modes]
        if any(blocks):
            for start, mode, literal in model.ways(chosen.activity.id):
                for block in blocks[mode]:
                    for period in range(start + block.offset, start + block.offset + block.length):
                        found[period][chosen.activity.id][literal] += block.demand
    return found
