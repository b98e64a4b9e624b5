"""What a proposal is to solve in a portfolio, and what is told of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planning.findings.values import Finding, Found
from planning.overlaps.contacts import contact_collision
from planning.overlaps.contention import resource_contention
from planning.overlaps.crowding import contact_crowding
from planning.overlaps.duplicates import duplicate_effort
from planning.overlaps.finding import OverlapRule, find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.proposals import prices
from planning.proposals.avoiding import avoided
from planning.proposals.loads import Rooms
from planning.proposals.merging import merged
from planning.proposals.movables import Bounds
from planning.proposals.picturing import contacts_of, loads_of
from planning.proposals.relaxing import relaxations_of
from planning.proposals.scene import Scene, around
from planning.proposals.searching import Answer
from planning.proposals.troubles import Troubles, concerned
from planning.proposals.values import About, Proposed, Relaxation, Tally, Wishes
from planning.proposals.verifying import Outlook

_MOVING: tuple[OverlapRule, ...] = (contact_collision, resource_contention, contact_crowding)


@dataclass(frozen=True)
class Task:
    """What is to be solved in a portfolio."""

    rooms: Rooms
    about: About
    troubles: Troubles
    bounds: Bounds

    @classmethod
    def of(cls, portfolio: Portfolio, about: About, finding: Finding | None, wishes: Wishes) -> "Task":
        """The conflicts that the proposal is about."""
        found = concerned(_found_first(portfolio, finding), about, finding, portfolio)
        rooms = Rooms(portfolio)
        return cls(rooms, about, Troubles.of(found, rooms), Bounds(portfolio.today, wishes))

    @property
    def portfolio(self) -> Portfolio:
        """As it is now."""
        return self.rooms.portfolio

    @property
    def scene(self) -> Scene:
        """What it starts from: only those in conflict move."""
        scene = Scene(self.portfolio, self.troubles, self.bounds)
        return replace(scene, unlike=avoided(scene, self.bounds.wishes))

    def left(self, outlook: Outlook) -> list[Found]:
        """What the rules find after the changes where there were conflicts."""
        scope = around(self.troubles.initiatives | outlook.changed, self.portfolio)
        rules = (*_MOVING, duplicate_effort) if self.troubles.duplicates else _MOVING
        return [found for rule in rules for found in rule(outlook.then, scope)]

    def merging(self) -> Proposed:
        """Those that do the same become one."""
        outlook = Outlook(self.portfolio, tuple(merged(self.troubles.duplicates, self.portfolio, self.bounds)))
        if outlook.new:
            outlook = Outlook(self.portfolio, ())
        cost = (prices.MERGING + prices.TOUCH) * len(outlook.changes)
        told = self.told(outlook, cost, proven=True)
        ways = [] if told.possible else relaxations_of(self.scene, self.troubles.initiatives, self._merges)
        return told.model_copy(update={"relaxations": tuple(Relaxation(sentence=way) for way in ways)})

    def _merges(self, scene: Scene) -> Sequence[Answer] | None:
        """Nothing else is to be done if they can all be merged."""
        ways = list(merged(self.troubles.duplicates, self.portfolio, scene.bounds))
        return [] if len(ways) == len(self.troubles.duplicates) else None

    def told(self, outlook: Outlook, cost: int, *, proven: bool) -> Proposed:
        """The changes with what they bring, in numbers and for the pictures."""
        after = self.troubles.tally(self.left(outlook))
        return Proposed(
            possible=not after.conflicts,
            proven=proven,
            changes=tuple(outlook.changes),
            before=self._before,
            after=after,
            loads=loads_of(outlook, self.troubles, self.rooms),
            contacts=contacts_of(outlook, self.troubles, self.rooms),
            cost=cost,
            initiatives=tuple(sorted(self.troubles.initiatives)),
        )

    @cached_property
    def _before(self) -> Tally:
        return self.troubles.tally(self.left(Outlook(self.portfolio, ())))


def _found_first(portfolio: Portfolio, finding: Finding | None) -> list[Found]:
    """What the rules find now: around a finding, or of the kinds that moving can solve."""
    if finding is not None:
        return find_overlaps(portfolio, around(finding.found.initiatives(), portfolio))
    scope = Scope.everything(portfolio)
    return [found for rule in _MOVING for found in rule(portfolio, scope)]
