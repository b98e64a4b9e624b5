"""Finding the best schedule with OR-Tools CP-SAT within limits, never worse than the greedy one or than no change."""

from collections.abc import Callable
from dataclasses import replace

from planning.scheduling.bounds import least_makespan
from planning.scheduling.checking import check, unchanged
from planning.scheduling.evolving import evolved
from planning.scheduling.improving import improved
from planning.scheduling.levelling import draft
from planning.scheduling.sweeping import is_plain
from planning.scheduling.values import Ended, Goal, Instance, Limits, Outcome, Solution
from planning.scheduling.watching import Watch

PLACES_MAX = 20_000
TRIES = 100
"""So often for each second of effort some families choose again before the solver begins."""
PLACED = 250_000
"""About so many activities are placed in half a second of effort when schedules are bred."""
KEPT = 0.4
"""This share of the time stays for the solver after that."""
GLANCE = 0.15
"""This share of the limits goes to the solver before, since it proves many a schedule in no time."""
GLANCED = range(41, 201)
"""Of more activities it proves next to nothing so soon, and with fewer it had better begin once and go on."""


def solve(
    instance: Instance,
    limits: Limits,
    progress: Callable[[Solution], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best schedule found; `progress` is told of each better one, `stop` is asked all the time, from a thread."""
    with Watch(limits.seconds, stop) as watch:
        known = first_answer(instance)
        valid = not check(instance, known)
        if valid:
            progress(known)
            known = _bettered(instance, known, limits, watch, progress)
        if valid and known.proven:
            return Outcome(known, Ended.PROVEN)
        if watch.ended:
            return Outcome(known if valid else None, watch.ended)
        if valid and _is_too_large(instance):
            return Outcome(known, Ended.EFFORT)
        from planning.scheduling.search import search  # loads OR-Tools, which takes longer than small answers do

        return search(instance, known, limits, watch, progress)


def _is_too_large(instance: Instance) -> bool:
    """Whether there are so many places to choose from that the solver would spend its time on reading them."""
    places = sum(len(each.starts) * len(each.modes) for each in instance.activities)
    return instance.goal is Goal.LEAST_CHANGE and places > PLACES_MAX


def _bettered(
    instance: Instance, known: Solution, limits: Limits, watch: Watch, progress: Callable[[Solution], None]
) -> Solution:
    """What a search by hand makes of it, with part of the effort."""
    if instance.goal is Goal.MAKESPAN:
        return _bred(instance, known, limits, watch, progress)
    if known.proven:
        return known
    tries = int(TRIES * (limits.seconds if limits.effort is None else limits.effort))
    keep = limits.seconds / 2 if limits.effort is None else 0
    better = improved(instance, known, tries, lambda: watch.ended is not None or watch.left < keep)
    if better.cost < known.cost:
        progress(better)
    return better


def _bred(
    instance: Instance, known: Solution, limits: Limits, watch: Watch, progress: Callable[[Solution], None]
) -> Solution:
    """The more activities, the more of its time is spent on breeding: a solver proves little of a large schedule."""
    size = len(instance.activities)
    if watch.ended or not is_plain(instance):
        return known
    if size in GLANCED and not known.proven:
        known = _glanced(instance, known, limits, watch, progress)
    if limits.effort is None:
        keep = limits.seconds * KEPT
        tries = int(limits.seconds * size * size / 3)
        return evolved(instance, known, tries, lambda: watch.ended is not None or watch.left < keep, progress)
    tries = int(limits.effort * min(size * size / 3, PLACED / size))
    return evolved(instance, known, tries, lambda: watch.ended is not None, progress)


def _glanced(
    instance: Instance, known: Solution, limits: Limits, watch: Watch, progress: Callable[[Solution], None]
) -> Solution:
    from planning.scheduling.search import search

    effort = None if limits.effort is None else limits.effort * GLANCE
    short = replace(limits, seconds=limits.seconds * GLANCE, effort=effort)
    return search(instance, known, short, watch, progress).solution or known


def first_answer(instance: Instance) -> Solution:
    """The better of no change and the greedy schedule; it breaks constraints only if both do."""
    bound = least_makespan(instance) if instance.goal is Goal.MAKESPAN else 0
    nothing = replace(unchanged(instance), bound=bound)
    if not check(instance, nothing) and nothing.proven:
        return nothing
    greedy = replace(draft(instance), bound=bound)
    return min(greedy, nothing, key=lambda each: (len(check(instance, each)), each.cost))
