"""Resource contention: initiatives of several departments ask more of a pool than it can give."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planning.findings.facts import Fact, OverloadedPool, PoolRequest, PoolWeek
from planning.findings.values import Found, Member, Rule, Subject, members
from planning.overlaps.naming import Naming
from planning.overlaps.rows import Places
from planning.overlaps.spans import first_day, monday, runs, weekly
from planning.overlaps.telling import told
from planning.portfolio.columns import Ints, Requests
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.resources.values import Pool
from planning.window import working_days

TOLERANCE = 1e-4
"""Person-weeks that come of adding fractions and are no overload: nobody plans the minutes of a week, and proposals are
computed in whole numbers."""


def resource_contention(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each pool and set of initiatives of different departments that ask for it in overloaded weeks.

    Weeks that follow each other are one overload. Weeks that are over do not count.
    """
    naming = Naming(portfolio)
    for pool in portfolio.pools:
        if pool.id in scope.pools:
            yield from (found for found in _contended(pool, portfolio, naming) if told(found, portfolio))


@dataclass(frozen=True, slots=True)
class _Overload:
    """Overloaded weeks that follow each other, and the requests (places in their table) that touch them."""

    weeks: tuple[PoolWeek, ...]
    requests: tuple[int, ...]


def _contended(pool: Pool, portfolio: Portfolio, naming: Naming) -> Iterator[Found]:
    columns = portfolio.holdings.columns
    groups: defaultdict[tuple[int, ...], list[_Overload]] = defaultdict(list)
    for overload in _overloads(pool, portfolio):
        ids = np.unique(columns.requests.of[list(overload.requests)])
        if len(np.unique(columns.departments(ids))) > 1:
            groups[tuple(ids.tolist())].append(overload)
    for asking, overloads in sorted(groups.items()):
        facts = (*_facts(pool, asking, overloads), *_requests(pool, overloads, columns.requests, naming))
        yield Found(Rule.RESOURCE_CONTENTION, members(asking, Member(Subject.POOL, pool.id)), _score(overloads), facts)


def _score(overloads: list[_Overload]) -> float:
    """By what share of it the worst week asks for too much, as high as it gets from two fifths on."""
    worst = max(1 - week.available / week.asked for overload in overloads for week in overload.weeks)
    return _MILDEST + (1 - _MILDEST) * min(1.0, worst / _WORST)


_MILDEST, _WORST = 0.25, 0.4


def _facts(pool: Pool, asking: tuple[int, ...], overloads: list[_Overload]) -> Iterator[Fact]:
    for overload in overloads:
        yield OverloadedPool(pool=pool.name, weeks=overload.weeks, initiatives=asking)


def _requests(pool: Pool, overloads: list[_Overload], requests: Requests, naming: Naming) -> Iterator[Fact]:
    """Who asks for how much, most first."""
    rows = np.array(sorted({row for overload in overloads for row in overload.requests}))
    order = np.lexsort((requests.ends[rows], requests.starts[rows], requests.of[rows], -requests.person_weeks[rows]))
    for row in rows[order].tolist():
        yield PoolRequest(
            **dict(naming.who(int(requests.of[row]))),
            pool=pool.name,
            person_weeks=float(requests.person_weeks[row]),
            start=date.fromordinal(int(requests.starts[row])),
            end=date.fromordinal(int(requests.ends[row])),
        )


def _overloads(pool: Pool, portfolio: Portfolio) -> Iterator[_Overload]:
    """The weeks in which more is asked for than there is, parted where one between them is not."""
    requests = portfolio.holdings.columns.requests
    rows = of_pool(pool, requests)
    at, weeks = weekly(requests.starts[rows], requests.ends[rows], portfolio.today)
    shares = weekly_shares(rows[at], weeks, requests)
    worked = shares > 0
    at, weeks = at[worked], weeks[worked]
    different, places = np.unique(weeks, return_inverse=True)
    asked = np.bincount(places, shares[worked])
    over = {
        week: PoolWeek(monday=monday(week), asked=round(wanted, _DIGITS), available=round(available, _DIGITS))
        for week, wanted in zip(different.tolist(), asked.tolist(), strict=True)
        if wanted > (available := pool.available(monday(week))) + TOLERANCE
    }
    for run in runs(list(over)):
        touching = (weeks >= run[0]) & (weeks <= run[-1])
        yield _Overload(tuple(over[week] for week in run), tuple(np.unique(rows[at[touching]]).tolist()))


_DIGITS = 6


def of_pool(pool: Pool, requests: Requests) -> Places:
    """Its requests in an order that does not hang on how they came in, so that their sum is always the same."""
    rows = np.flatnonzero(requests.to == pool.id)
    columns = (requests.person_weeks, requests.ends, requests.starts, requests.of)
    return rows[np.lexsort([column[rows] for column in columns])]


def weekly_shares(rows: Places, weeks: Ints, requests: Requests) -> NDArray[np.float64]:
    """The person-weeks that each request wants in a week: spread evenly over its working days, if it has any."""
    starts, ends, begins = requests.starts[rows], requests.ends[rows], first_day(weeks)
    first, last, working = np.maximum(starts, begins), np.minimum(ends, begins + 6), working_days(starts, ends)
    some = np.where(working > 0, working_days(first, last), last - first + 1)
    shares: NDArray[np.float64] = requests.person_weeks[rows] * some / np.where(working > 0, working, ends - starts + 1)
    return shares
