"""What must hold between activities: order, distance and company."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planning.scheduling.model import Model
from planning.scheduling.values import Apart, Clause, Precedence


def relate(model: Model) -> None:
    """All rules without a price."""
    for order in model.instance.precedences:
        _order(model, order)
    for apart in model.instance.aparts:
        if apart.price is None:
            keep_apart(model, apart, model.always)
    for clause in model.instance.clauses:
        _keep(model, clause)
    for known in model.instance.unlike:
        _differ(model, sorted(known))


def _order(model: Model, order: Precedence) -> None:
    before, after = model.chosen[order.before], model.chosen[order.after]
    rule = model.cp.add(after.start >= before.start + before.length + order.lag)
    model.if_there(rule, before.there, after.there)


def keep_apart(model: Model, apart: Apart, if_so: cp_model.LiteralT) -> None:
    """Where the literal holds, their starts are not so near."""
    one, other = model.chosen[apart.one], model.chosen[apart.other]
    starts = model.known.starts
    known = starts.get(one.activity.id, 0) - starts.get(other.activity.id, 0)
    before = model.literal(f"{apart.one} before {apart.other}", hint=known < apart.low)
    far = one.start - other.start
    # A domain with a hole would say the same, but for two pairs of holes OR-Tools 9.15 then finds no answer at all.
    model.if_there(model.cp.add(far <= apart.low - 1), one.there, other.there, if_so, before)
    model.if_there(model.cp.add(far >= apart.high + 1), one.there, other.there, if_so, ~before)


def _keep(model: Model, clause: Clause) -> None:
    present = [model.chosen[each].there for each in sorted(clause.present)]
    absent = [~model.chosen[each].there for each in sorted(clause.absent)]
    model.cp.add_bool_or([*present, *absent])


def _differ(model: Model, known: Sequence[tuple[int, int]]) -> None:
    others: list[cp_model.LiteralT] = []
    for activity, start in known:
        chosen = model.chosen[activity]
        moved = model.literal(f"unlike {activity} at {start}", hint=model.known.starts.get(activity) != start)
        model.if_there(model.cp.add(chosen.start != start), chosen.there, moved)
        others += [moved, ~chosen.there]
    model.cp.add_bool_or(others)
