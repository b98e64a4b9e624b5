"""The scene as the scheduler sees it: what may move as activities, pools and segments as resources, in weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planning.proposals import prices
from planning.proposals.keeping_apart import Fence
from planning.proposals.loads import UNITS, Cell, Kind, Store
from planning.proposals.movables import Movable, What
from planning.proposals.scene import Key, Scene
from planning.scheduling.values import Activity, Apart, Block, Instance, Mode, Precedence, Resource

NOW, HERE, FIXED, FIRST = 0, 1, 2, 10
"""The activities that never move: two that stand for now, what is taken by all others; then come those that move."""


@dataclass(frozen=True)
class Formulation:
    """Some of what may move, as an instance; `elastic` prices the conflicts of the scope instead of forbidding them."""

    scene: Scene
    moving: tuple[Movable, ...]
    cells: frozenset[Cell]
    """The weeks of pools and segments in which these could be too many."""
    fences: tuple[Fence, ...]
    others: Mapping[Cell, int] | None = None
    """What all others take, where they are not all where they are now."""

    @cached_property
    def numbers(self) -> Mapping[Key, int]:
        """The number of each activity."""
        return {one.key: FIRST + place for place, one in enumerate(self.moving)}

    @property
    def key(self) -> object:
        """The same for pieces that come to the same."""
        moving = tuple((one.key, one.earliest, one.latest, one.longer) for one in self.moving)
        taken = tuple((cell, self.scene.room(cell), self.scene.taken.get(cell, 0)) for cell in sorted(self.cells))
        return moving, taken, self.fences, frozenset(self._unlike())

    def instance(self, *, elastic: bool = False) -> Instance:
        """For the scheduler."""
        return self._elastic if elastic else self._strict

    @cached_property
    def _strict(self) -> Instance:
        return self._instance(elastic=False)

    @cached_property
    def _elastic(self) -> Instance:
        return self._instance(elastic=True)

    def _instance(self, *, elastic: bool) -> Instance:
        fixed = Activity(FIXED, (0,), (Mode(tuple(self._fixed(elastic))),))
        markers = [self._marker(one) for one in self.moving if one.longer]
        return Instance(
            (
                *(Activity(NOW, (0,)), Activity(HERE, (0,)), fixed),
                *(self._activity(one, elastic) for one in self.moving),
                *markers,
            ),
            tuple(self._resources(elastic)),
            tuple(Precedence(self.numbers[one.key], self._marked(one)) for one in self.moving if one.longer),
            tuple(self._apart(one, elastic) for one in self.fences),
            groups=dict.fromkeys((one.initiative.id for one in self.moving), prices.TOUCH),
            unlike=tuple(self._unlike()),
        )

    def _activity(self, one: Movable, elastic: bool) -> Activity:
        weight = prices.weight(one.initiative.draft, self.scene.portfolio.journey)
        whole = one.what is What.WHOLE
        return Activity(
            self.numbers[one.key],
            tuple(range(one.earliest, one.latest + 1)),
            (Mode(),) if whole else tuple(self._modes(one, elastic)),
            price=prices.slip(weight) if whole else prices.part_slip(weight),
            touch=prices.WHOLE if whole else prices.PART,
            group=one.initiative.id,
            parent=None if whole else self._parent(one),
        )

    def _parent(self, one: Movable) -> int | None:
        return self.numbers.get((one.initiative.id, What.WHOLE, 0))

    def _modes(self, one: Movable, elastic: bool) -> Iterator[Mode]:
        """As it is, and at a lower pace over more weeks."""
        for more in (0, *one.longer):
            price = prices.SHARING + prices.LONGER * more if more else 0
            yield Mode(tuple(self._blocks(self.scene.taken_by(one, 0, more), elastic)), more, price)

    def _marked(self, one: Movable) -> int:
        return FIRST + len(self.moving) + self.numbers[one.key]

    def _marker(self, one: Movable) -> Activity:
        """The last week in which what is left of a request may begin, so that it ends with its initiative."""
        return Activity(self._marked(one), (one.latest,), usual=one.latest, parent=self._parent(one))

    def _fixed(self, elastic: bool) -> Iterator[Block]:
        """What all others take in the weeks that count."""
        if self.others is not None:
            return self._blocks(self.others, elastic)
        others = {cell: self.scene.taken.get(cell, 0) for cell in self.cells}
        for one in self.moving:
            for cell, units in self.scene.taken_by(one).items():
                if cell in others:
                    others[cell] -= units
        return self._blocks(others, elastic)

    def _blocks(self, units: Mapping[Cell, int], elastic: bool) -> Iterator[Block]:
        stores = self._of_store
        for (kind, id, at), demand in sorted(units.items()):
            if (kind, id) in stores and demand > 0:
                hard, soft = stores[kind, id]
                yield Block(hard, at - self.scene.rooms.now, 1, demand)
                if elastic and _coarse(kind, demand):
                    yield Block(soft, at - self.scene.rooms.now, 1, _coarse(kind, demand))

    @cached_property
    def _of_store(self) -> Mapping[Store, tuple[int, int]]:
        """The resource of each pool and segment, and the one of which more can be bought."""
        stores = sorted({(kind, id) for kind, id, _ in self.cells})
        return {store: (2 * place, 2 * place + 1) for place, store in enumerate(stores)}

    def _resources(self, elastic: bool) -> Iterator[Resource]:
        """Of each pool and segment what there is; or no more than is asked for now, and what there is for a price."""
        scene, plenty = self.scene, sum(self.scene.taken.values())
        for (kind, id), (hard, soft) in self._of_store.items():
            cells = [(kind, id, scene.rooms.now + at) for at in range(self._weeks)]
            room = tuple(map(scene.room, cells))
            most = tuple(max(it, scene.taken.get(cell, 0)) for it, cell in zip(room, cells, strict=True))
            yield Resource(hard, most if elastic else room, plenty)
            if elastic:
                price = prices.SHORT if kind is Kind.POOL else prices.ONE_TOO_MANY
                yield Resource(soft, tuple(_coarse(kind, units) for units in room), plenty, price)

    @cached_property
    def _weeks(self) -> int:
        return max((at for _, _, at in self.cells), default=self.scene.rooms.now) - self.scene.rooms.now + 1

    def _apart(self, fence: Fence, elastic: bool) -> Apart:
        one = NOW if fence.one is None else self.numbers.get(fence.one, NOW)
        other = HERE if fence.other is None else self.numbers.get(fence.other, HERE)
        return Apart(one, other, fence.low, fence.high, prices.ONE_TOO_MANY if elastic and fence.scoped else None)

    def _unlike(self) -> Iterator[frozenset[tuple[int, int]]]:
        for one in self.scene.unlike:
            if all(key in self.numbers for key, _ in one):
                yield frozenset((self.numbers[key], start) for key, start in one)


def _coarse(kind: Kind, units: int) -> int:
    """What is short is counted in thousandths of a person-week: there would be too many different amounts."""
    return round(units / _FINE) if kind is Kind.POOL else units


_FINE = UNITS // 1_000
