"""Contact crowding: the same customers would be contacted more often in a week than their segment bears."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from planning.findings.facts import CrowdedWeeks
from planning.findings.values import Found, Member, Rule, Subject, members
from planning.journey.values import Segment
from planning.overlaps.naming import Naming
from planning.overlaps.nesting import Nesting
from planning.overlaps.rows import Places
from planning.overlaps.spans import monday, runs, weekly
from planning.overlaps.telling import told
from planning.portfolio.columns import Contacts, Ints
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

Ids = tuple[int, ...]
_Weeks = Mapping[int, Places]
_Cells = Mapping[tuple[int, int], Places]
"""Segment and week → the rows of the table of contacts that count there."""


def contact_crowding(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each segment and set of initiatives of different departments that crowd it, in whichever weeks.

    Contacts to segments within it count too; what a smaller segment tells of the same initiatives and week is not
    told of a larger one. Weeks that are over do not count.
    """
    naming, planned = Naming(portfolio), portfolio.holdings.columns.contacts
    segments = {segment.id: segment for segment in portfolio.journey.segments if segment.id in scope.segments}
    for (id, crowd), weeks in sorted(_crowds(portfolio, segments).items()):
        facts = tuple(_fact(segments[id], run, weeks, planned, naming) for run in runs(sorted(weeks)))
        found = Found(
            Rule.CONTACT_CROWDING,
            members(crowd, Member(Subject.SEGMENT, id)),
            _score(segments[id], max(fact.most for fact in facts)),
            facts,
        )
        if told(found, portfolio):
            yield found


def _score(segment: Segment, most: int) -> float:
    """Each contact beyond the budget halves the odds that nobody minds, and does more for a weightier segment."""
    return 1 - (_USUAL_WEIGHT / (_USUAL_WEIGHT + segment.weight)) ** (most - segment.weekly_contacts)


_USUAL_WEIGHT = 3


def _fact(segment: Segment, run: list[int], weeks: _Weeks, planned: Contacts, naming: Naming) -> CrowdedWeeks:
    rows = np.unique(np.concatenate([weeks[week] for week in run]))
    places = sorted(zip(planned.of[rows].tolist(), planned.place[rows].tolist(), strict=True))
    return CrowdedWeeks(
        segment=segment.name,
        budget=segment.weekly_contacts,
        weeks=tuple(map(monday, run)),
        most=max(len(weeks[week]) for week in run),
        contacts=tuple(naming.contact(of, place) for of, place in places),
    )


def _crowds(portfolio: Portfolio, wanted: Collection[int]) -> Mapping[tuple[int, Ids], _Weeks]:
    """Segment and initiatives → the weeks in which they crowd it and nothing within it, with the contacts."""
    nesting = Nesting.of(portfolio.journey)
    full = _full(_ahead(portfolio), portfolio, nesting.up_to(wanted))
    those = np.unique(np.concatenate([*full.values(), np.arange(0)]))
    crowds = {cell: _crowd(rows, portfolio) for cell, rows in _full(those, portfolio, nesting).items()}
    smaller = {(outer, week, crowd) for (id, week), crowd in crowds.items() for outer in nesting.lineages[id][1:]}
    weeks: defaultdict[tuple[int, Ids], dict[int, Places]] = defaultdict(dict)
    for (id, week), rows in full.items():
        crowd = crowds[id, week]
        if crowd and (id, week, crowd) not in smaller:
            weeks[id, crowd][week] = rows
    return weeks


def _ahead(portfolio: Portfolio) -> Places:
    """The contacts that are not over before this week."""
    return np.flatnonzero(portfolio.holdings.columns.contacts.ends > portfolio.today.toordinal() - _WEEK)


_WEEK = 7


def _full(rows: Places, portfolio: Portfolio, nesting: Nesting) -> _Cells:
    """The segments and weeks with more contacts than the budget, among these contacts."""
    planned = portfolio.holdings.columns.contacts
    at, segments = nesting.outward(planned.to[rows])
    counted = rows[at]
    each, weeks = weekly(planned.starts[counted], planned.ends[counted], portfolio.today)
    cells, sizes, order = _sorted(segments[each] << _BITS | weeks)
    budgets = {segment.id: segment.weekly_contacts for segment in portfolio.journey.segments}
    allowed = np.array([budgets[id] for id in (cells >> _BITS).tolist()], np.int64)
    starts = np.cumsum(sizes) - sizes
    return {
        (int(cells[cell]) >> _BITS, int(cells[cell]) & _WEEKS): counted[each[order[starts[cell] :][: sizes[cell]]]]
        for cell in np.flatnonzero(sizes > allowed)
    }


_BITS = 20
"""The last week of year 9999 has a number of fewer bits."""
_WEEKS = (1 << _BITS) - 1


def _sorted(cells: Ints) -> tuple[Ints, NDArray[np.intp], NDArray[np.intp]]:
    """The different cells, how many there are of each, and the order in which equal ones lie together."""
    order = np.argsort(cells, kind="stable")
    different, sizes = np.unique(cells, return_counts=True)
    return different, sizes, order


def _crowd(rows: Places, portfolio: Portfolio) -> Ids:
    """The initiatives whose contacts these are; none when they are all of one department."""
    columns = portfolio.holdings.columns
    ids = np.unique(columns.contacts.of[rows])
    return tuple(ids.tolist()) if len(np.unique(columns.departments(ids))) > 1 else ()
