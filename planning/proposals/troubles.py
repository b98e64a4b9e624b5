"""What a proposal is to bring to nothing: the conflicts of its scope, and how they are counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from planning.findings.facts import CrowdedWeeks, OpposedContacts, OverloadedPool
from planning.findings.values import Finding, Found, Rule, Subject
from planning.overlaps.spans import week
from planning.portfolio.measurements import quarter_of
from planning.portfolio.values import Portfolio
from planning.proposals.loads import Cell, Kind, Rooms
from planning.proposals.values import About, AboutKind, Tally
from planning.window import Window

Pair = tuple[int, int]
RULES = frozenset({Rule.CONTACT_COLLISION, Rule.CONTACT_CROWDING, Rule.RESOURCE_CONTENTION})
"""What moving can solve."""
_KINDS = {Subject.POOL: Kind.POOL, Subject.SEGMENT: Kind.SEGMENT}
_DIGITS = 4


@dataclass(frozen=True)
class Troubles:
    """Pairs of initiatives whose contacts collide, or that do the same; weeks in which too much is asked."""

    collisions: frozenset[Pair] = frozenset()
    cells: frozenset[Cell] = frozenset()
    duplicates: frozenset[Pair] = frozenset()
    initiatives: frozenset[int] = field(default=frozenset())
    """Those that take part in them."""

    @classmethod
    def of(cls, founds: Iterable[Found], rooms: Rooms) -> "Troubles":
        """The conflicts behind some findings; where a segment is crowded, so may be those that it is part of."""
        listed = list(founds)
        taken = rooms.taken_now
        cells = {cell for found in listed for cell in _cells(found)}
        wider = {(kind, one, at) for kind, id, at in cells if kind is Kind.SEGMENT for one in rooms.wider(id)}
        return cls(
            _pairs(listed, Rule.CONTACT_COLLISION),
            frozenset(cells | {cell for cell in wider if taken[cell] > rooms.room(cell)}),
            _pairs(listed, Rule.DUPLICATE_EFFORT),
            frozenset(id for found in listed for id in found.initiatives()),
        )

    def tally(self, founds: Iterable[Found]) -> Tally:
        """What is left of them among some findings."""
        listed = list(founds)
        over = dict(pair for found in listed for pair in _over(found) if pair[0] in self.cells)
        pools = [amount for (kind, *_), amount in over.items() if kind is Kind.POOL]
        return Tally(
            collisions=len(_pairs(listed, Rule.CONTACT_COLLISION) & self.collisions),
            crowded_weeks=len(over) - len(pools),
            overloaded_weeks=len(pools),
            short=round(sum(pools), _DIGITS),
            duplicates=len(_pairs(listed, Rule.DUPLICATE_EFFORT) & self.duplicates),
        )


def concerned(founds: Iterable[Found], about: About, finding: Finding | None, portfolio: Portfolio) -> list[Found]:
    """The findings that the proposal is about."""
    listed = list(founds)
    if about.kind is AboutKind.FINDING:
        return _as_now(listed, finding.found) if finding else []
    moving = [found for found in listed if found.rule in RULES]
    if about.kind is AboutKind.POOL:
        moving = [found for found in moving if (Subject.POOL, about.id) in _subjects(found)]
    if about.kind is AboutKind.STAGE:
        on = {one.id for one in portfolio.initiatives if about.id in one.draft.stages}
        moving = [found for found in moving if not on.isdisjoint(found.initiatives())]
    days = quarter_days(about.quarter)
    return [found for found in moving if days is None or any(days.shared_with(one) for one in days_of(found))]


def quarter_days(quarter: str) -> Window | None:
    """The days of a quarter such as 2027-Q1; None for all time."""
    if not quarter:
        return None
    year, number = quarter.split("-Q")
    first = date(int(year), 3 * int(number) - 2, 1)
    following = quarter_of(date.fromordinal(first.toordinal() + 100))
    return Window(first, date.fromordinal(following.toordinal() - 1))


def days_of(found: Found) -> Iterator[Window]:
    """When it happens: the days of a collision, or the weeks in which too much is asked."""
    for fact in found.facts:
        if isinstance(fact, OpposedContacts):
            yield Window(fact.start, fact.end)
        if isinstance(fact, CrowdedWeeks):
            yield from (_week(monday) for monday in fact.weeks)
        if isinstance(fact, OverloadedPool):
            yield from (_week(one.monday) for one in fact.weeks)


def _week(monday: date) -> Window:
    return Window(monday, date.fromordinal(monday.toordinal() + 6))


def _as_now(listed: list[Found], found: Found) -> list[Found]:
    """The finding as it is on this day; another one in its place has some of its initiatives."""
    same = [one for one in listed if one.key == found.key]
    alike = (one for one in listed if one.thread == found.thread and set(one.initiatives()) & set(found.initiatives()))
    return same or list(alike)


def _subjects(found: Found) -> set[tuple[Subject, int]]:
    return {(member.kind, member.id) for member in found.members}


def _pairs(founds: Iterable[Found], rule: Rule) -> frozenset[Pair]:
    return frozenset(found.pair for found in founds if found.rule is rule and found.pair)


def _cells(found: Found) -> Iterator[Cell]:
    return (cell for cell, _ in _over(found))


def _over(found: Found) -> Iterator[tuple[Cell, float]]:
    """Each week in which too much is asked of a pool or segment, and by how much."""
    for member in found.members:
        if member.kind in _KINDS and found.rule in RULES:
            for monday, amount in _amounts(found):
                yield (_KINDS[member.kind], member.id, week(monday.toordinal())), amount


def _amounts(found: Found) -> Iterator[tuple[date, float]]:
    for fact in found.facts:
        if isinstance(fact, OverloadedPool):
            yield from ((one.monday, one.asked - one.available) for one in fact.weeks)
        if isinstance(fact, CrowdedWeeks):
            yield from ((monday, fact.most - fact.budget) for monday in fact.weeks)
