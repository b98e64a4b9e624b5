"""What the solver makes as small as it can: the sum of the prices that are paid, or the makespan."""

from collections import defaultdict
from collections.abc import Iterator

from ortools.sat.python import cp_model

from planning.scheduling.bounds import least_makespan
from planning.scheduling.checking import is_broken, is_changed
from planning.scheduling.chosen import Chosen
from planning.scheduling.model import Model
from planning.scheduling.rules import keep_apart
from planning.scheduling.values import Activity, Goal

Price = tuple[cp_model.LinearExprT, int]


def ask(model: Model, bought: list[tuple[cp_model.IntVar, int]]) -> None:
    """Say what is best."""
    if model.instance.goal is Goal.MAKESPAN:
        model.cp.minimize(_makespan(model))
        return
    prices: list[Price] = [*bought, *_changes(model), *_nearness(model)]
    paid = [(what, price) for what, price in prices if price]
    model.cp.minimize(cp_model.LinearExpr.weighted_sum([what for what, _ in paid], [price for _, price in paid]))


def _makespan(model: Model) -> cp_model.IntVar:
    ends = {
        each.activity.id: each.reach[-1] + max(mode.length for mode in each.activity.modes)
        for each in model.chosen.values()
    }
    least = least_makespan(model.instance)
    most = max([least, *ends.values()])
    last = model.number("makespan", range(least, most + 1), min(max(model.known.cost, least), most))
    followed = {order.before for order in model.instance.precedences if order.lag >= 0}
    for chosen in model.chosen.values():
        if chosen.activity.id not in followed:
            model.cp.add(last >= chosen.start + chosen.length)
    return last


def _changes(model: Model) -> Iterator[Price]:
    groups = {
        group: model.literal(f"touched {group}", hint=any(is_changed(each, model.known) for each in members))
        for group, members in _members(model).items()
    }
    for chosen in model.chosen.values():
        activity = chosen.activity
        parent = model.always if activity.parent is None else model.chosen[activity.parent].there
        same = _same(model, chosen)
        yield from _ways(chosen)
        yield parent - chosen.there, activity.drop or 0
        yield chosen.there - same, activity.touch
        if activity.group in groups:
            model.cp.add(groups[activity.group] >= parent - same)
    for group, literal in groups.items():
        yield literal, model.instance.groups[group]


def _members(model: Model) -> dict[int, list[Activity]]:
    members: dict[int, list[Activity]] = defaultdict(list)
    for activity in model.instance.activities:
        if activity.group is not None and model.instance.groups.get(activity.group):
            members[activity.group].append(activity)
    return members


def _ways(chosen: Chosen) -> Iterator[Price]:
    """What its start and its mode cost, for each that it may have."""
    for start, literal in chosen.own_at.items():
        yield literal, chosen.activity.price * abs(start - chosen.activity.usual)
    for mode, literal in zip(chosen.activity.modes, chosen.modes, strict=True):
        yield literal, mode.price


def _same(model: Model, chosen: Chosen) -> cp_model.LinearExpr:
    """Whether it starts and goes as it does now; wherever that is cheaper, it may as well be said to change."""
    usual = chosen.own_at.get(chosen.activity.usual)
    if usual is None or len(chosen.modes) == 1:
        return cp_model.LinearExpr.constant(0) if usual is None else usual
    if len(chosen.own_at) == 1:
        return chosen.modes[0]
    activity, known = chosen.activity, model.known
    same = model.literal(f"same {activity.id}", hint=activity.id in known.starts and not is_changed(activity, known))
    model.cp.add_implication(same, usual)
    model.cp.add_implication(same, chosen.modes[0])
    return same


def _nearness(model: Model) -> Iterator[Price]:
    for number, apart in enumerate(model.instance.aparts):
        if apart.price is not None:
            near = model.literal(f"near {number}", hint=is_broken(apart, model.known))
            keep_apart(model, apart, ~near)
            yield near, apart.price
