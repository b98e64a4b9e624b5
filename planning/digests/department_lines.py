"""What a department's initiatives add to its digest: what owners said, what begins and ends, how busy its pools are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from planning.checkins.values import CheckIn, Standing
from planning.digests.department_values import BusyPool, CheckedIn, Trouble, Turn
from planning.initiatives.values import Initiative
from planning.overlaps.contention import of_pool, weekly_shares
from planning.overlaps.spans import monday, week, weekly
from planning.portfolio.values import Portfolio
from planning.resources.values import Pool

SOON = timedelta(days=13)
"""Of today and the days after it, two weeks."""
FRESH = timedelta(days=62)
"""As old as what was asked or said may be to be told: two months."""
WEEKS = 6
_RANKS = {Standing.STUCK: 0, Standing.AT_RISK: 1}


def checked_in(
    asked: Mapping[int, CheckIn],
    answered: Mapping[int, CheckIn],
    own: Sequence[Initiative],
    portfolio: Portfolio,
    zone: ZoneInfo,
    now: datetime,
    share: int,
) -> CheckedIn | None:
    """What owners said last, the stuck ones first, and how many have not answered; None while none was asked lately."""
    fresh = [one for one in own if one.id in asked and now - asked[one.id].asked_at <= FRESH]
    if not fresh:
        return None
    people = {person.id: person.name for person in portfolio.people}
    said = [(one, answered[one.id]) for one in fresh if one.id in answered]
    lately = [(one, last) for one, last in said if last.answered_at and now - last.answered_at <= FRESH]
    worst = sorted((pair for pair in lately if pair[1].answer in _RANKS), key=_worst)
    return CheckedIn(
        troubles=tuple(_trouble(one, last, people, zone) for one, last in worst[:share]),
        troubles_total=len(worst),
        on_track=sum(1 for _, last in lately if last.answer is Standing.ON_TRACK),
        unanswered=sum(1 for one in fresh if asked[one.id].answer is None),
    )


def turns(own: Iterable[Initiative], portfolio: Portfolio) -> list[Turn]:
    """What begins and ends in two weeks, by day."""
    people = {person.id: person.name for person in portfolio.people}
    found = (turn for one in own for turn in _turns(one, people))
    soon = [turn for turn in found if portfolio.today <= turn.on <= portfolio.today + SOON]
    return sorted(soon, key=lambda turn: (turn.on, turn.initiative, not turn.begins))


def busy_pools(own: Iterable[Initiative], portfolio: Portfolio) -> list[BusyPool]:
    """The busiest of the next six weeks of each pool for which they ask in these weeks, the fullest pool first."""
    last = portfolio.today + timedelta(weeks=WEEKS)
    requests = [request for one in own for request in one.draft.requests]
    asked = {one.pool for one in requests if one.window.end >= portfolio.today and one.window.start <= last}
    busy = [_busiest(pool, portfolio) for pool in portfolio.pools if pool.id in asked]
    return sorted((one for one in busy if one is not None), key=lambda one: (-_fullness(one), one.pool))


def _worst(pair: tuple[Initiative, CheckIn]) -> tuple[int, int]:
    answer = pair[1].answer
    return (_RANKS[answer] if answer else len(_RANKS), pair[0].id)


def _trouble(initiative: Initiative, last: CheckIn, people: Mapping[int, str], zone: ZoneInfo) -> Trouble:
    return Trouble(
        initiative=initiative.id,
        title=initiative.draft.title,
        standing=last.answer or Standing.AT_RISK,
        who=people.get(last.person, ""),
        on=(last.answered_at or last.asked_at).astimezone(zone).date(),
        note=last.note,
    )


def _turns(initiative: Initiative, people: Mapping[int, str]) -> Iterator[Turn]:
    draft = initiative.draft
    owner = people.get(draft.owner, "") if draft.owner is not None else ""
    days: tuple[tuple[bool, date | None], ...] = ((True, draft.starts_on), (False, draft.ends_on))
    for begins, day in days:
        if day is not None:
            yield Turn(initiative=initiative.id, title=draft.title, begins=begins, on=day, owner=owner)


def _busiest(pool: Pool, portfolio: Portfolio) -> BusyPool | None:
    """Of the coming weeks, the one in which least is left."""
    requests, this = portfolio.holdings.columns.requests, week(portfolio.today.toordinal())
    rows = of_pool(pool, requests)
    at, weeks = weekly(requests.starts[rows], requests.ends[rows], portfolio.today)
    asked = np.bincount(weeks - this, weekly_shares(rows[at], weeks, requests), WEEKS)[:WEEKS].tolist()
    told = [
        BusyPool(pool=pool.id, name=pool.name, monday=day, asked=wanted, available=pool.available(day))
        for day, wanted in ((monday(this + after), wanted) for after, wanted in enumerate(asked))
        if wanted > 0
    ]
    return max(told, key=_fullness, default=None)


def _fullness(busy: BusyPool) -> float:
    return busy.asked / busy.available if busy.available else float("inf")
