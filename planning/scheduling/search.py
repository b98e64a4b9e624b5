"""One search by OR-Tools CP-SAT."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from ortools.sat.python import cp_model

from planning.scheduling.capacities import fit
from planning.scheduling.checking import check, settled
from planning.scheduling.model import Model
from planning.scheduling.pricing import ask
from planning.scheduling.rules import relate
from planning.scheduling.values import Ended, Goal, Instance, Limits, Outcome, Solution
from planning.scheduling.watching import Watch

Progress = Callable[[Solution], None]


def search(instance: Instance, known: Solution, limits: Limits, watch: Watch, progress: Progress) -> Outcome:
    """The best schedule found, not worse than the known one if that one is allowed."""
    model = Model(instance, known)
    relate(model)
    ask(model, fit(model))
    best = _Best(model, None if check(instance, known) else known, progress)
    if best.known is None and limits.effort is not None:
        # OR-Tools 9.15 ends the process when an interleaved search with a hint is found impossible while it loads.
        model.cp.proto.clear_solution_hint()
    solver = _solver(limits)
    solver.parameters.max_time_in_seconds = max(min(watch.left, limits.seconds), 0.01)
    if instance.goal is Goal.LEAST_CHANGE:
        _read_quickly(solver)
    watch.halt = solver.stop_search
    status = solver.solve(model.cp, best)
    watch.halt = lambda: None
    spent = watch.ended or (Ended.DEADLINE if limits.effort is None else Ended.EFFORT)
    return _outcome(status, solver.best_objective_bound, best, spent)


def _solver(limits: Limits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    if limits.effort is not None:
        solver.parameters.interleave_search = True
        solver.parameters.max_deterministic_time = limits.effort
    return solver


def _read_quickly(solver: cp_model.CpSolver) -> None:
    """Trying out every literal first takes most of the time in a large portfolio, and gains little."""
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_presolve_iterations = 1


def _outcome(status: cp_model.CpSolverStatus, bound: float, best: "_Best", spent: Ended) -> Outcome:
    if status == cp_model.INFEASIBLE:
        return Outcome(None, Ended.PROVEN)
    proven = status == cp_model.OPTIMAL
    ended = Ended.PROVEN if proven else spent
    if best.known is None:
        return Outcome(None, ended)
    least = best.known.cost if proven else min(ceil(bound - 1e-6), best.known.cost)
    return Outcome(replace(best.known, bound=max(least, best.known.bound)), ended)


class _Best(cp_model.CpSolverSolutionCallback):
    """The best schedule so far; whoever asked is told of each."""

    def __init__(self, model: Model, known: Solution | None, progress: Progress) -> None:
        super().__init__()
        self.known = known
        self._model = model
        self._progress = progress

    def on_solution_callback(self) -> None:
        """Keep it if it is better."""
        there = [chosen for chosen in self._model.chosen.values() if self.boolean_value(chosen.there)]
        starts = {chosen.activity.id: self.value(chosen.start) for chosen in there}
        modes = {
            chosen.activity.id: [self.boolean_value(mode) for mode in chosen.modes].index(True) for chosen in there
        }
        bound = max(ceil(self.best_objective_bound - 1e-6), 0 if self.known is None else self.known.bound)
        found = settled(self._model.instance, starts, modes, bound)
        if self.known is None or found.cost < self.known.cost:
            self.known = found
            self._progress(found)
