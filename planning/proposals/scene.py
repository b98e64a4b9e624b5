"""What a proposal is computed from: the portfolio, the conflicts of its scope, and what may move."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from planning.initiatives.values import Contact, Initiative, Request
from planning.overlaps.conflicts import metric_conflict
from planning.portfolio.columns import Columns
from planning.portfolio.scope import Scope
from planning.portfolio.splicing import Splice
from planning.portfolio.values import Portfolio
from planning.proposals.loads import Cell, Rooms, Store
from planning.proposals.movables import Bounds, Movable, What, movables, parts
from planning.proposals.troubles import Pair, Troubles
from planning.window import Window

Key = tuple[int, What, int]
Unlike = frozenset[tuple[Key, int]]
"""What starts when, in weeks from now's start."""


@dataclass(frozen=True)
class Scene:
    """`wide` lets those move too that the others would run into; of each set of `unlike` one must not come about."""

    portfolio: Portfolio
    troubles: Troubles
    bounds: Bounds
    wide: bool = False
    unlike: tuple[Unlike, ...] = ()

    @cached_property
    def rooms(self) -> Rooms:
        """How much there is room for."""
        return Rooms(self.portfolio)

    @cached_property
    def moving(self) -> tuple[Movable, ...]:
        """What may move."""
        ids = self.troubles.initiatives | (self._neighbours if self.wide else frozenset())
        return movables((one for one in self.portfolio.initiatives if one.id in ids), self.bounds)

    @cached_property
    def by_key(self) -> Mapping[Key, Movable]:
        """What may move, by what it is known."""
        return {one.key: one for one in self.moving}

    @cached_property
    def taken(self) -> Mapping[Cell, int]:
        """What everybody takes now."""
        return self.rooms.all_taken(self.portfolio.initiatives)

    @cached_property
    def overfull(self) -> Mapping[Store, tuple[Cell, ...]]:
        """The weeks in which too much is asked and that are not to be solved."""
        cells = [cell for cell, units in self.taken.items() if cell not in self.troubles.cells]
        over: defaultdict[Store, list[Cell]] = defaultdict(list)
        for cell in sorted(cells):
            if self.taken[cell] > self.rooms.room(cell):
                over[cell[:2]].append(cell)
        return {store: tuple(some) for store, some in over.items()}

    def room(self, cell: Cell) -> int:
        """How much may be asked for: no more than there is where that is to be solved, elsewhere no more than now.

        Where what does not move is of one department and too much already, there is no conflict without the others.
        """
        if cell not in self.troubles.cells:
            return max(self.rooms.room(cell), self.taken.get(cell, 0))
        units, departments = self._staying.get(cell, (0, frozenset()))
        return max(self.rooms.room(cell), units if len(departments) == 1 else 0)

    @cached_property
    def _staying(self) -> Mapping[Cell, tuple[int, frozenset[int]]]:
        """What does not move takes in the weeks to be solved, and whose it is."""
        staying: dict[Cell, tuple[int, frozenset[int]]] = {}
        for initiative in self.portfolio.initiatives:
            for what, place, part in parts(initiative):
                taken = {} if (initiative.id, what, place) in self.by_key else self.rooms.taken(part)
                for cell in self.troubles.cells & taken.keys():
                    units, departments = staying.get(cell, (0, frozenset()))
                    staying[cell] = units + taken[cell], departments | {initiative.draft.department}
        return staying

    def taken_by(self, one: Movable, weeks: int = 0, more: int = 0) -> Mapping[Cell, int]:
        """What a part takes so many weeks later, over so many more weeks; an initiative itself takes nothing."""
        where = one.key, weeks, more
        if where not in self._known:
            self._known[where] = self._taken_by(one, weeks, more)
        return self._known[where]

    @cached_property
    def _known(self) -> dict[tuple[Key, int, int], Mapping[Cell, int]]:
        """The leveller asks the same thousands of times."""
        return {}

    def _taken_by(self, one: Movable, weeks: int, more: int) -> Mapping[Cell, int]:
        if one.what is What.WHOLE:
            return {}
        draft = one.initiative.draft
        part = draft.contacts[one.place] if one.what is What.CONTACT else draft.requests[one.place]
        return self.rooms.taken(part, later(one.window, weeks, more))

    @cached_property
    def metric_pairs(self) -> frozenset[Pair]:
        """The pairs of which one may move that pull against each other on a stage whenever their days meet."""
        whole = {one.initiative.id for one in self.moving if one.what is What.WHOLE}
        undated = {
            one.id: replace(one, draft=replace(one.draft, starts_on=None, ends_on=None))
            for one in self.portfolio.initiatives
            if one.id in whole
        }
        always = replace(with_initiatives(self.portfolio, undated.values()), least={})
        return frozenset(found.pair for found in metric_conflict(always, around(undated, always)) if found.pair)

    @cached_property
    def _neighbours(self) -> frozenset[int]:
        """Those that ask for the same pools and contact the same customers as the ones in conflict."""
        those = [one for one in self.portfolio.initiatives if one.id in self.troubles.initiatives]
        stores = {store for one in those for store in self._stores(one)}
        return frozenset(one.id for one in self.portfolio.initiatives if not stores.isdisjoint(self._stores(one)))

    def _stores(self, initiative: Initiative) -> set[tuple[type, int]]:
        pools = {(Request, request.pool) for request in initiative.draft.requests}
        segments = (one for contact in initiative.draft.contacts for one in self.rooms.wider(contact.segment))
        return pools | {(Contact, segment) for segment in segments}


def later(window: Window, weeks: int, more: int = 0) -> Window:
    """The days so many weeks later, and so many weeks longer."""
    days = timedelta(weeks=weeks), timedelta(weeks=weeks + more)
    return Window(window.start + days[0], window.end + days[1])


def around(ids: Iterable[int], portfolio: Portfolio) -> Scope:
    """Where the rules have to look when these initiatives change only their days."""
    found = (portfolio.holdings.by_id(id) for id in ids)
    return Scope.around([one for one in found if one], portfolio)


def with_initiatives(portfolio: Portfolio, initiatives: Iterable[Initiative]) -> Portfolio:
    """The portfolio with these in place of those of the same id, their texts unchanged; joined ones are gone."""
    news = {one.id: one for one in initiatives}
    gone = [id for id, one in news.items() if not one.live]
    holdings = portfolio.holdings.changed([], gone) if gone else portfolio.holdings
    coming = tuple(news[one.id] for one in holdings.initiatives if one.id in news)
    rows = holdings.rows([one.id for one in coming]).tolist()
    splice = Splice.of(len(holdings.initiatives), rows, rows)
    listed = splice.tuples(holdings.initiatives, coming)
    columns = holdings.columns.changed(splice, [one.id for one in coming], Columns.of(coming))
    return replace(portfolio, holdings=replace(holdings, initiatives=listed, columns=columns))
