"""A short schedule bred from many: two orders are crossed, and the child is swept from the other side.

After Debels and Vanhoucke (2007): the orders of schedules that begin at the start make those that begin at the end, and
the other way round, so that every sweep also straightens its parents. What is drawn is always drawn in the same way.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from planning.scheduling.bounds import tails
from planning.scheduling.sweeping import Sweeps, Swept, in_turn
from planning.scheduling.values import Instance, Solution

SIZE = 40
"""So many schedules live at a time."""
NOISE = (0.05, 0.1, 0.2, 0.4)
"""How far the first ones stray from the rule, as a share of the longest tail."""
MOVES = 0.6
"""So likely a child has one more activity moved."""
FRESH = 3
"""So many activities at least are moved in a child of twins."""
ROOM = 1.1


def evolved(
    instance: Instance,
    known: Solution,
    tries: int,
    is_over: Callable[[], bool],
    progress: Callable[[Solution], None] = lambda _: None,
) -> Solution:
    """The known schedule of a plain instance, or a shorter one found in so many sweeps."""
    sweeps = Sweeps(instance, int(known.cost * ROOM) + 1)
    return _Evolution(sweeps, known, progress).run(tries, is_over)


class _Evolution:
    def __init__(self, sweeps: Sweeps, known: Solution, progress: Callable[[Solution], None]) -> None:
        self.best = known
        self._sweeps = sweeps
        self._progress = progress
        self._random = Random(1)  # noqa: S311 - chance that is the same each time
        self._tries = 0

    def run(self, tries: int, is_over: Callable[[], bool]) -> Solution:
        """Generation after generation."""
        self._tries = tries
        alive, side = self._first(is_over), 0
        while alive and not self._is_done(is_over):
            side = 1 - side
            alive = [*self._next(alive, side, is_over)] or alive
        return self.best

    def _is_done(self, is_over: Callable[[], bool]) -> bool:
        return self._tries <= 0 or self.best.proven or is_over()

    def _first(self, is_over: Callable[[], bool]) -> list[Swept]:
        """The known one, and others in the order of their tails with some noise."""
        activities = self._sweeps.instance.activities
        rest = tails(self._sweeps.instance)
        keys, starts = [-rest[each.id] for each in activities], [(self.best.starts[each.id],) for each in activities]
        found = [self._sweep(in_turn(self._sweeps, starts), 0)]
        while len(found) < SIZE and not self._is_done(is_over):
            noise = self._random.choice(NOISE) * -min(keys)
            found.append(
                self._sweep(in_turn(self._sweeps, [(self._random.random() * noise + key,) for key in keys]), 0)
            )
        return [each for each in found if each is not None]

    def _sweep(self, order: Sequence[int], side: int) -> Swept | None:
        self._tries -= 1
        swept = self._sweeps.sweep(order, side)
        if swept and side == 0 and swept.length < self.best.cost:
            self.best = self._sweeps.solution(swept, self.best.bound)
            self._progress(self.best)
        return swept

    def _next(self, alive: Sequence[Swept], side: int, is_over: Callable[[], bool]) -> Iterator[Swept]:
        """For each its best child, or itself from the other side if no child is as short; no two are the same."""
        seen: set[tuple[int, ...]] = set()
        for father in alive:
            if self._is_done(is_over):
                return
            found = [child for child in self._children(father, alive, side) if tuple(child.starts) not in seen]
            if all(child.length > father.length for child in found):
                itself = self._sweep(father.back, side)
                found += [itself] if itself and not (found and tuple(itself.starts) in seen) else []
            if found:
                best = min(found, key=lambda child: child.length)
                seen.add(tuple(best.starts))
                yield best

    def _children(self, father: Swept, alive: Sequence[Swept], side: int) -> Iterator[Swept]:
        for is_first in (True, False):
            mother = min(self._random.choice(alive), self._random.choice(alive), key=lambda each: each.length)
            one, other = (father, mother) if is_first else (mother, father)
            order = self._crossed(one.back, other.back)
            for _ in range(FRESH if father.starts == mother.starts else 0):
                self._move(order, side)
            while self._random.random() < MOVES:
                self._move(order, side)
            if child := self._sweep(order, side):
                yield child

    def _crossed(self, one: Sequence[int], other: Sequence[int]) -> list[int]:
        """The ends of one order about a middle in the other's order, or the other way round."""
        size = self._sweeps.size
        long = self._random.randint(size // 4, 3 * size // 4)
        first = self._random.randint(0, size - long)
        last = first + long
        head, middle, tail = set(one[:first]), set(one[first:last]), set(one[last:])
        if self._random.random() < 1 / 2:
            return [*one[:first], *(each for each in other if each in middle), *one[last:]]
        return [
            *(each for each in other if each in head),
            *one[first:last],
            *(each for each in other if each in tail),
        ]

    def _move(self, order: list[int], side: int) -> None:
        """One activity to another place between those that it follows and those that follow it."""
        here = self._random.randrange(len(order))
        each = order[here]
        before, after = set(self._sweeps.waits[side][each]), set(self._sweeps.waits[1 - side][each])
        first = last = here
        while first > 0 and order[first - 1] not in before:
            first -= 1
        while last + 1 < len(order) and order[last + 1] not in after:
            last += 1
        order.insert(self._random.randint(first, last), order.pop(here))
