"""Giving up an initiative for another one that does the same."""

from collections.abc import Iterable, Iterator

from planning.initiatives.values import Initiative, Request, Status
from planning.portfolio.values import Portfolio
from planning.proposals.avoiding import merges
from planning.proposals.changes import Asked, ChangeKind, Days, Merged
from planning.proposals.changing import who
from planning.proposals.movables import Bounds
from planning.proposals.troubles import Pair

_FAR = (Status.IDEA, Status.PLANNED, Status.PAUSED, Status.ACTIVE)


def merged(pairs: Iterable[Pair], portfolio: Portfolio, bounds: Bounds) -> Iterator[Merged]:
    """For each pair of duplicates who is given up: the one that is less far, else the one that was registered later."""
    gone: set[int] = set()
    unwanted = merges(bounds.wishes)
    for pair in sorted(pairs):
        two = [one for one in map(portfolio.holdings.by_id, pair) if one and one.id not in gone]
        ways = [(a, b) for a, b in _ways(two) if (a.id, b.id) not in unwanted and _allowed(a, b, bounds)]
        for given_up, kept in ways[:1]:
            gone.add(given_up.id)
            yield _change(given_up, kept, portfolio)


def _ways(two: list[Initiative]) -> list[tuple[Initiative, Initiative]]:
    if len(two) < 2:
        return []
    later, earlier = sorted(two, key=_rank)
    return [(later, earlier), (earlier, later)]


def _rank(one: Initiative) -> tuple[int, float, int]:
    return _FAR.index(one.draft.status), -one.registered_at.timestamp(), -one.id


def _allowed(given_up: Initiative, kept: Initiative, bounds: Bounds) -> bool:
    """Who takes over changes too, so neither is pinned."""
    return kept.id not in bounds.pinned and bounds.allow(given_up, ChangeKind.MERGED)


def _change(given_up: Initiative, kept: Initiative, portfolio: Portfolio) -> Merged:
    into = who(kept, portfolio)
    by = dict(who(given_up, portfolio))
    named = {"into": into.initiative, "into_title": into.title, "into_department": into.department}
    return Merged(**by, **named, asked=tuple(map(_asked, kept.draft.requests)))


def _asked(request: Request) -> Asked:
    days = Days(start=request.window.start, end=request.window.end)
    return Asked(pool=request.pool, person_weeks=request.person_weeks, days=days)
