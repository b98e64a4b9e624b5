"""A piece solved one conflict after the other, while all that has no part in it stands still.

So there is a first proposal within seconds, and each step makes it better or leaves it as it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from planning.overlaps.spans import runs
from planning.proposals.dividing import reach_of
from planning.proposals.formulating import Formulation
from planning.proposals.keeping_apart import Fence
from planning.proposals.loads import Cell
from planning.proposals.movables import Movable, What
from planning.proposals.scene import Key
from planning.scheduling.checking import check, settled
from planning.scheduling.values import Instance, Solution

Solve = Callable[[Instance], Solution | None]
_PASSES = 3


def improved(
    piece: Formulation,
    solve: Solve,
    start: Solution | None = None,
    progress: Callable[[Solution], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Solution:
    """The piece as it comes to be, from a start on or from how it is now."""
    state = _State(piece, start)
    for _ in range(_PASSES):
        if not _passed(state, solve, progress, stop):
            break
    return state.solution()


def _passed(state: "_State", solve: Solve, progress: Callable[[Solution], None], stop: Callable[[], bool]) -> bool:
    """Whether a pass over all conflicts made anything better; some of what is better is told at once."""
    better = 0
    for ids in state.conflicts():
        if stop():
            return False
        if state.solve(ids, solve):
            better += 1
            if better.bit_count() == 1:
                progress(state.solution())
    return better > 0


class _State:
    """Where everything of a piece is at present."""

    def __init__(self, piece: Formulation, start: Solution | None) -> None:
        self._piece = piece
        self._starts: dict[Key, int] = {one.key: 0 for one in piece.moving}
        self._modes: dict[Key, int] = {one.key: 0 for one in piece.moving}
        self._taken = Counter(piece.scene.taken)
        self._reach: dict[Key, frozenset[Cell]] = {}
        self._of: dict[int, list[Movable]] = {}
        for one in piece.moving:
            self._of.setdefault(one.initiative.id, []).append(one)
            if start is not None:
                self._place(one, start.starts[piece.numbers[one.key]], start.modes[piece.numbers[one.key]])

    def conflicts(self) -> Iterator[frozenset[int]]:
        """The initiatives of each conflict that is still there when its turn comes."""
        for fence in self._piece.fences:
            if fence.scoped and fence.low <= self._at(fence.one) - self._at(fence.other) <= fence.high:
                yield frozenset(fence.initiatives)
        cells = sorted(self._piece.cells & self._piece.scene.troubles.cells)
        for kind, id in dict.fromkeys((kind, id) for kind, id, _ in cells):
            for run in runs([at for one, its, at in cells if (one, its) == (kind, id)]):
                over = [cell for cell in ((kind, id, at) for at in run) if self._over(cell)]
                if over:
                    yield frozenset(one.initiative.id for one in self._piece.moving if self._touches(one, over))

    def solve(self, ids: frozenset[int], solve: Solve) -> bool:
        """Move these alone, if that is better."""
        some = tuple(one for id in sorted(ids) for one in self._of[id])
        if not some:
            return False
        part = self._part(some)
        instance = part.instance(elastic=True)
        now = self._settled(part, instance, some)
        found = solve(instance)
        if found is None or found.cost >= now.cost or check(instance, found):
            return False
        before = [(one, self._starts[one.key], self._modes[one.key]) for one in some]
        for one in some:
            self._place(one, found.starts[part.numbers[one.key]], found.modes[part.numbers[one.key]])
        if any(map(self._intrudes, some)):
            for one, start, mode in before:
                self._place(one, start, mode)
            return False
        return True

    def solution(self) -> Solution:
        """The whole piece."""
        return self._settled(self._piece, self._piece.instance(elastic=True), self._piece.moving)

    def _settled(self, part: Formulation, instance: Instance, some: Sequence[Movable]) -> Solution:
        starts = {each.id: each.usual for each in instance.activities}
        modes = dict.fromkeys(starts, 0)
        for one in some:
            starts[part.numbers[one.key]] = self._starts[one.key]
            modes[part.numbers[one.key]] = self._modes[one.key]
        known = {part.numbers[one.key] for one in some}
        for each in instance.activities:
            if each.parent is not None and each.id not in known:
                starts[each.id] = starts[each.parent] + each.usual
        return settled(instance, starts, modes)

    def _part(self, some: tuple[Movable, ...]) -> Formulation:
        """Some of the piece, with all others where they are."""
        cells = self._piece.cells & frozenset[Cell]().union(*map(self._reached, some))
        others = {cell: self._taken[cell] for cell in cells}
        for one in some:
            for cell, units in self._takes(one).items():
                if cell in others:
                    others[cell] -= units
        keys = {one.key for one in some}
        near = sorted({place for key in keys for place in self._near.get(key, ())})
        fences = tuple(self._fence(self._piece.fences[place], keys) for place in near)
        return replace(self._piece, moving=some, cells=cells, fences=fences, others=others)

    @cached_property
    def _near(self) -> Mapping[Key, list[int]]:
        """The fences of each that moves, by their places."""
        near: dict[Key, list[int]] = {}
        for place, fence in enumerate(self._piece.fences):
            for key in filter(None, (fence.one, fence.other)):
                near.setdefault(key, []).append(place)
        return near

    def _fence(self, fence: Fence, keys: set[Key]) -> Fence:
        """Seen by those that move: what stands still does so where it is at present."""
        one, other = (key if key in keys else None for key in (fence.one, fence.other))
        by = self._at(fence.other if other is None else None) - self._at(fence.one if one is None else None)
        return replace(fence, one=one, other=other, low=fence.low + by, high=fence.high + by)

    def _at(self, key: Key | None) -> int:
        return 0 if key is None else self._starts[key]

    def _takes(self, one: Movable) -> Mapping[Cell, int]:
        more = (0, *one.longer)[self._modes[one.key]] if one.longer else 0
        return self._piece.scene.taken_by(one, self._starts[one.key], more)

    def _place(self, one: Movable, start: int, mode: int) -> None:
        self._taken.subtract(self._takes(one))
        self._starts[one.key], self._modes[one.key] = start, mode
        self._taken.update(self._takes(one))

    def _over(self, cell: Cell) -> bool:
        return self._taken[cell] > self._piece.scene.room(cell)

    def _touches(self, one: Movable, cells: Sequence[Cell]) -> bool:
        return one.what is not What.WHOLE and not self._takes(one).keys().isdisjoint(cells)

    def _intrudes(self, one: Movable) -> bool:
        """Whether it has come into a week in which too much is asked: it would be new in that conflict."""
        new = self._takes(one).keys() - self._piece.scene.taken_by(one).keys()
        return any(map(self._over, new))

    def _reached(self, one: Movable) -> frozenset[Cell]:
        if one.key not in self._reach:
            self._reach[one.key] = frozenset(reach_of(self._piece.scene, one))
        return self._reach[one.key]
