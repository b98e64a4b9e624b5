"""What the pictures of a proposal show: pools by week and contacts in a calendar, before and after."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from planning.findings.facts import OpposedContacts, PlannedContact
from planning.initiatives.values import Initiative
from planning.overlaps.contacts import contact_collision
from planning.overlaps.naming import Naming
from planning.overlaps.spans import monday
from planning.portfolio.values import Portfolio
from planning.proposals.changes import Days
from planning.proposals.loads import UNITS, Kind, Rooms
from planning.proposals.scene import around
from planning.proposals.troubles import Pair, Troubles
from planning.proposals.values import ContactDays, PoolLoad
from planning.proposals.verifying import Outlook

_DIGITS = 4


def loads_of(outlook: Outlook, troubles: Troubles, rooms: Rooms) -> tuple[PoolLoad, ...]:
    """The pools that are asked for too much or asked otherwise, from the first week to the last that counts."""
    before, after = rooms.taken_now, Counter(rooms.taken_now)
    after.subtract(rooms.all_taken(_changed(outlook, outlook.now)))
    after.update(rooms.all_taken(_changed(outlook, outlook.then)))
    names = {pool.id: pool for pool in outlook.now.pools}
    changed = {cell for cell in before.keys() | after.keys() if before[cell] != after[cell]}
    spans: defaultdict[int, list[int]] = defaultdict(list)
    for kind, id, at in sorted(changed | troubles.cells):
        if kind is Kind.POOL:
            spans[id].append(at)
    return tuple(
        PoolLoad(
            pool=id,
            name=names[id].name,
            monday=monday(at),
            available=round(names[id].available(monday(at)), _DIGITS),
            before=_person_weeks(before[Kind.POOL, id, at]),
            after=_person_weeks(after[Kind.POOL, id, at]),
        )
        for id, weeks in spans.items()
        for at in range(weeks[0], weeks[-1] + 1)
    )


def _changed(outlook: Outlook, portfolio: Portfolio) -> Iterator[Initiative]:
    return filter(None, map(portfolio.holdings.by_id, outlook.changed))


def _person_weeks(units: int) -> float:
    return round(units / UNITS, _DIGITS)


_Clashes = Mapping[PlannedContact, set[int]]


def contacts_of(outlook: Outlook, troubles: Troubles, rooms: Rooms) -> tuple[ContactDays, ...]:
    """The contacts that collide, crowd a segment or move, by their first day."""
    ids = sorted(troubles.initiatives | outlook.changed)
    clashes = _clashes(outlook.now, troubles.collisions), _clashes(outlook.then, troubles.collisions)
    crowded = {cell for cell in troubles.cells if cell[0] is Kind.SEGMENT}
    shown = []
    for initiative in filter(None, map(outlook.now.holdings.by_id, ids)):
        for place, contact in enumerate(initiative.draft.contacts):
            days = _days(outlook, initiative.id, place, clashes)
            if _matters(days) or not crowded.isdisjoint(rooms.taken(contact)):
                shown.append(days)
    return tuple(sorted(shown, key=lambda one: (one.before.start, one.initiative, one.before.end)))


def _matters(one: ContactDays) -> bool:
    return one.before != one.after or bool(one.clashes_before or one.clashes_after)


def _days(outlook: Outlook, id: int, place: int, clashes: tuple[_Clashes, _Clashes]) -> ContactDays:
    """One contact before and after; one of an initiative that is given up stays where it was and clashes no more."""
    then = outlook.then if outlook.then.holdings.by_id(id) else outlook.now
    before, after = Naming(outlook.now).contact(id, place), Naming(then).contact(id, place)
    return ContactDays(
        initiative=id,
        title=before.title,
        department=before.department,
        segment_name=before.segment,
        touchpoint_name=before.touchpoint,
        intent=before.intent,
        before=Days(start=before.start, end=before.end),
        after=Days(start=after.start, end=after.end),
        clashes_before=tuple(sorted(clashes[0].get(before, ()))),
        clashes_after=tuple(sorted(clashes[1].get(after, ()))),
    )


def _clashes(portfolio: Portfolio, pairs: Collection[Pair]) -> _Clashes:
    """Which others each contact runs into, of the pairs that the proposal is about; the rest is told elsewhere."""
    clashes: defaultdict[PlannedContact, set[int]] = defaultdict(set)
    ids = {id for pair in pairs for id in pair}
    about = (found for found in contact_collision(portfolio, around(ids, portfolio)) if found.pair in pairs)
    for found in about:
        for fact in found.facts:
            if isinstance(fact, OpposedContacts):
                clashes[fact.first].add(fact.second.initiative)
                clashes[fact.second].add(fact.first.initiative)
    return clashes
