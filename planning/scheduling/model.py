"""The schedule as CP-SAT sees it: whether each activity is there, when it starts and which way it goes.

Loading it loads OR-Tools, which takes a while: only the solver imports it, and only when it has something to solve.
"""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from planning.scheduling.bounds import heads, tails
from planning.scheduling.checking import check, makespan, own_start
from planning.scheduling.chosen import Chosen, Literals, constant
from planning.scheduling.values import Activity, Goal, Instance, Solution


def _domain(values: Sequence[int]) -> cp_model.Domain:
    """Ranges may be long, such as the units of a resource that can be bought."""
    if isinstance(values, range) and values.step == 1:
        return cp_model.Domain(values[0], values[-1])
    return cp_model.Domain.from_values(list(values))


class Model:
    """The variables of all activities, each with a hint from the known schedule."""

    def __init__(self, instance: Instance, known: Solution) -> None:
        self.instance = instance
        self.known = known
        self.cp = cp_model.CpModel()
        self.always = self.cp.new_constant(1)
        self.chosen: dict[int, Chosen] = {}
        self._at: dict[int, Literals] = {}
        self._ways: dict[int, Sequence[tuple[int, int, cp_model.IntVar]]] = {}
        self._windows = self._find_windows()
        for activity in instance.activities:
            self.chosen[activity.id] = self._choose(activity)

    def _find_windows(self) -> Mapping[int, tuple[int, int]]:
        """For the makespan, the first and last start of each activity in a schedule no longer than the known one."""
        if self.instance.goal is not Goal.MAKESPAN or check(self.instance, self.known):
            return {}
        most, rest = makespan(self.instance, self.known), tails(self.instance)
        return {each: (first, most - rest[each]) for each, first in heads(self.instance).items()}

    def literal(self, name: str, *, hint: bool) -> cp_model.IntVar:
        """A yes or no."""
        literal = self.cp.new_bool_var(name)
        self.cp.add_hint(literal, int(hint))
        return literal

    def number(self, name: str, values: Sequence[int], hint: int | None) -> cp_model.IntVar:
        """One of these numbers; a hint that is none of them becomes the first."""
        number = self.cp.new_int_var_from_domain(_domain(values), name)
        self.cp.add_hint(number, hint if hint is not None and hint in values else values[0])
        return number

    def _choose(self, activity: Activity) -> Chosen:
        there, starts = self._there(activity), self._allowed(activity)
        own, own_at = self._own(activity, there, starts)
        modes = self._modes(activity, there)
        if activity.parent is None:
            return Chosen(activity, there, own, own_at, own, starts, modes)
        parent = self.chosen[activity.parent]
        reach = sorted({first + gap for first in parent.reach for gap in starts})
        start = parent.start + own if len(starts) == 1 else self._start(activity, parent.start + own, reach)
        return Chosen(activity, there, own, own_at, start, reach, modes)

    def _there(self, activity: Activity) -> cp_model.IntVar:
        parent = self.always if activity.parent is None else self.chosen[activity.parent].there
        if activity.drop is None and activity.starts:
            return parent
        there = self.literal(f"there {activity.id}", hint=activity.id in self.known.starts)
        self.cp.add_implication(there, parent)
        if activity.drop is None:
            self.cp.add_implication(parent, there)
        if not activity.starts:
            self.cp.add(there == 0)
        return there

    def _allowed(self, activity: Activity) -> Sequence[int]:
        if activity.id not in self._windows or activity.parent is not None:
            return activity.starts or (0,)
        first, last = self._windows[activity.id]
        return [start for start in activity.starts if first <= start <= last]

    def _own(
        self, activity: Activity, there: cp_model.IntVar, starts: Sequence[int]
    ) -> tuple[cp_model.LinearExpr, Literals]:
        """One that is left out stands at its first start, so that there is one way to leave it out."""
        if len(starts) == 1:
            return constant(starts[0]), {starts[0]: there}
        known = own_start(activity, self.known) if activity.id in self.known.starts else None
        own = self.number(f"own {activity.id}", starts, known)
        if self.instance.goal is Goal.MAKESPAN:
            return own, {}
        literals = {start: self.literal(f"own {activity.id} = {start}", hint=known == start) for start in starts}
        self._tell_apart(own, there, literals, starts[0])
        return own, literals

    def _tell_apart(
        self, start: cp_model.LinearExpr, there: cp_model.IntVar, literals: Literals, out: int | None
    ) -> None:
        """One of the literals holds if it is there, none if not, and then it starts at `out`, or anywhere."""
        self._exactly_one(there, [*literals.values()])
        value = cp_model.LinearExpr.weighted_sum([*literals.values()], [*literals])
        if out is None:
            self.if_there(self.cp.add(start == value), there)
        else:
            self.cp.add(start == value + out * (1 - there))

    def _exactly_one(self, there: cp_model.IntVar, literals: Sequence[cp_model.IntVar]) -> None:
        self.cp.add_exactly_one([*literals, *([] if there is self.always else [~there])])

    def if_there(self, rule: cp_model.Constraint, *there: cp_model.LiteralT) -> None:
        """The rule counts only where all these hold."""
        needed = [each for each in there if each is not self.always]
        if needed:
            rule.only_enforce_if(needed)

    def _modes(self, activity: Activity, there: cp_model.IntVar) -> Sequence[cp_model.IntVar]:
        if len(activity.modes) == 1:
            return [there]
        known = self.known.modes.get(activity.id)
        modes = [
            self.literal(f"mode {activity.id} = {mode}", hint=known == mode) for mode in range(len(activity.modes))
        ]
        self._exactly_one(there, modes)
        return modes

    def _start(self, activity: Activity, start: cp_model.LinearExpr, reach: Sequence[int]) -> cp_model.IntVar:
        number = self.number(f"start {activity.id}", reach, self.known.starts.get(activity.id))
        self.cp.add(number == start)
        return number

    def at(self, activity: int) -> Literals:
        """A literal for each start that it may have."""
        if activity not in self._at:
            self._at[activity] = self._find_at(self.chosen[activity])
        return self._at[activity]

    def _find_at(self, chosen: Chosen) -> Literals:
        activity = chosen.activity
        if activity.parent is None:
            return chosen.own_at
        if len(chosen.own_at) == 1 and chosen.there is self.chosen[activity.parent].there:
            gap = chosen.reach[0] - self.chosen[activity.parent].reach[0]
            return {start + gap: literal for start, literal in self.at(activity.parent).items()}
        if len(chosen.reach) == 1:
            return {chosen.reach[0]: chosen.there}
        known = self.known.starts.get(activity.id)
        literals = {start: self.literal(f"at {activity.id} = {start}", hint=known == start) for start in chosen.reach}
        self._tell_apart(chosen.start, chosen.there, literals, None)
        return literals

    def ways(self, activity: int) -> Sequence[tuple[int, int, cp_model.IntVar]]:
        """A literal for each start and mode that it may have together."""
        if activity not in self._ways:
            self._ways[activity] = self._find_ways(self.chosen[activity])
        return self._ways[activity]

    def _find_ways(self, chosen: Chosen) -> Sequence[tuple[int, int, cp_model.IntVar]]:
        at = self.at(chosen.activity.id)
        if len(chosen.modes) == 1:
            return [(start, 0, literal) for start, literal in at.items()]
        if len(at) == 1:
            return [(start, mode, literal) for start in at for mode, literal in enumerate(chosen.modes)]
        ways = [
            (start, mode, self._way(chosen.activity.id, start, mode))
            for start in at
            for mode in range(len(chosen.modes))
        ]
        for start, literal in at.items():
            self.cp.add(sum(way for first, _, way in ways if first == start) == literal)
        for mode, literal in enumerate(chosen.modes):
            self.cp.add(sum(way for _, number, way in ways if number == mode) == literal)
        return ways

    def _way(self, activity: int, start: int, mode: int) -> cp_model.IntVar:
        known = self.known.starts.get(activity) == start and self.known.modes.get(activity) == mode
        return self.literal(f"{activity} at {start} by {mode}", hint=known)
