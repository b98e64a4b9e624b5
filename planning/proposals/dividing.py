"""A scene falls apart into pieces that have nothing to do with each other: each is solved alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from planning.proposals.formulating import Formulation
from planning.proposals.keeping_apart import Fence, fences
from planning.proposals.loads import Cell
from planning.proposals.movables import Movable, What
from planning.proposals.scene import Scene

_NOBODY = 0
"""Stands for all that does not move; initiatives count from 1."""


def pieces(scene: Scene) -> tuple[Formulation, ...]:
    """The pieces with something to solve, those that tie the fewest initiatives first."""
    reach, walls = _reach(scene), fences(scene)
    groups = _Groups({one.initiative.id for one in scene.moving})
    for ids in reach.values():
        groups.join(ids)
    for fence in walls:
        groups.join(fence.initiatives)
    for unlike in scene.unlike:
        if all(key in scene.by_key for key, _ in unlike):
            groups.join({id for (id, *_), _ in unlike})
    return tuple(_formulations(scene, groups, reach, walls))


def _formulations(
    scene: Scene, groups: "_Groups", reach: Mapping[Cell, set[int]], walls: Iterable[Fence]
) -> Iterable[Formulation]:
    moving, cells = defaultdict[int, list[Movable]](list), defaultdict[int, set[Cell]](set)
    apart = defaultdict[int, list[Fence]](list)
    for one in scene.moving:
        moving[groups.of(one.initiative.id)].append(one)
    for cell, ids in reach.items():
        cells[groups.of(min(ids, default=_NOBODY))].add(cell)
    for wall in walls:
        apart[groups.of(min(wall.initiatives, default=_NOBODY))].append(wall)
    made = [
        Formulation(scene, tuple(moving[id]), frozenset(cells[id]), tuple(apart[id]))
        for id in sorted({*moving, *cells, *apart})
    ]
    return sorted(filter(_troubled, made), key=lambda one: len(one.moving))


def _troubled(one: Formulation) -> bool:
    """Whether there is something to solve; nothing else needs to change."""
    return any(fence.scoped for fence in one.fences) or not one.cells.isdisjoint(one.scene.troubles.cells)


def _reach(scene: Scene) -> dict[Cell, set[int]]:
    """The weeks of pools and segments in which too much could be asked, and the initiatives that could ask then."""
    most: defaultdict[Cell, int] = defaultdict(int)
    ids: defaultdict[Cell, set[int]] = defaultdict(set)
    for one in scene.moving:
        now = scene.taken_by(one)
        for cell, units in reach_of(scene, one).items():
            most[cell] += units - now.get(cell, 0)
            ids[cell].add(one.initiative.id)
    full = {cell for cell in ids if most[cell] + scene.taken.get(cell, 0) > scene.room(cell)}
    return {cell: ids.get(cell, set()) for cell in sorted(full | scene.troubles.cells)}


def reach_of(scene: Scene, one: Movable) -> dict[Cell, int]:
    """The most that it can ask for in each week, wherever it moves."""
    whole = scene.by_key.get((one.initiative.id, What.WHOLE, 0))
    earliest, latest = (whole.earliest, whole.latest) if whole else (0, 0)
    most: dict[Cell, int] = {}
    for more in (0, *one.longer):
        now = scene.taken_by(one, 0, more).items()
        for weeks in range(earliest + one.earliest, latest + one.latest - more + 1):
            for (kind, id, at), units in now:
                cell = kind, id, at + weeks
                most[cell] = max(units, most.get(cell, 0))
    return most


class _Groups:
    """Which initiatives hang together."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._parents = {id: id for id in (*ids, _NOBODY)}

    def of(self, id: int) -> int:
        """The one that stands for its group."""
        while self._parents[id] != id:
            self._parents[id] = self._parents[self._parents[id]]
            id = self._parents[id]
        return id

    def join(self, ids: Iterable[int]) -> None:
        """These hang together."""
        roots = sorted({self.of(id) for id in ids})
        for root in roots[1:]:
            self._parents[root] = roots[0]
