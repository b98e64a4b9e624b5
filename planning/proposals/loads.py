"""What contacts and requests take of segments and pools, week by week, in whole numbers for the solver."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import floor

from planning.initiatives.values import Contact, Initiative, Request
from planning.overlaps.contention import TOLERANCE
from planning.overlaps.spans import first_day, monday, week
from planning.portfolio.values import Portfolio
from planning.resources.values import Pool
from planning.window import Window, working_days

UNITS = 1_000_000
"""A person-week, so fine that the rounded requests of a hundred initiatives differ from the real ones by half of what
the rule of contention forgives; the other half is given to the pool."""


class Kind(StrEnum):
    """What has room for so much in a week."""

    POOL = "pool"
    SEGMENT = "segment"


Store = tuple[Kind, int]
"""A pool or a segment."""
Cell = tuple[Kind, int, int]
"""A pool or segment, and the number of a week."""


@dataclass(frozen=True)
class Rooms:
    """How much there is room for, and what takes it, in the weeks from today's on."""

    portfolio: Portfolio

    @cached_property
    def now(self) -> int:
        """The number of this week."""
        return week(self.portfolio.today.toordinal())

    def room(self, cell: Cell) -> int:
        """The contacts that a segment bears in a week, or the units that a pool gives."""
        kind, id, at = cell
        if kind is Kind.SEGMENT:
            return self._budgets[id]
        return floor((self._pools[id].available(monday(at)) + TOLERANCE / 2) * UNITS)

    def taken(self, part: Contact | Request, window: Window | None = None) -> Counter[Cell]:
        """What a part takes in each week from this one on, in these days instead of its own."""
        days = window or part.window
        weeks = range(max(self.now, week(days.start.toordinal())), week(days.end.toordinal()) + 1)
        if isinstance(part, Contact):
            segments = self._lineages.get(part.segment, ())
            return Counter({(Kind.SEGMENT, segment, at): 1 for segment in segments for at in weeks})
        if part.pool not in self._pools:
            return Counter()
        shares = {(Kind.POOL, part.pool, at): round(UNITS * share(part, days, at)) for at in weeks}
        return Counter({cell: units for cell, units in shares.items() if units})

    @cached_property
    def taken_now(self) -> Counter[Cell]:
        """What all initiatives take together."""
        return self.all_taken(self.portfolio.initiatives)

    def all_taken(self, initiatives: Iterable[Initiative]) -> Counter[Cell]:
        """What these initiatives take together."""
        taken: Counter[Cell] = Counter()
        for initiative in initiatives:
            parts: tuple[Contact | Request, ...] = (*initiative.draft.contacts, *initiative.draft.requests)
            for part in parts:
                taken.update(self.taken(part))
        return taken

    def wider(self, segment: int) -> tuple[int, ...]:
        """The segments that a segment is part of, and itself."""
        return self._lineages.get(segment, ())

    @cached_property
    def _budgets(self) -> dict[int, int]:
        return {segment.id: segment.weekly_contacts for segment in self.portfolio.journey.segments}

    @cached_property
    def _lineages(self) -> dict[int, tuple[int, ...]]:
        known = self._budgets.keys()
        return {
            id: tuple(one for one in line if one in known) for id, line in self.portfolio.journey.lineages().items()
        }

    @cached_property
    def _pools(self) -> dict[int, Pool]:
        return {pool.id: pool for pool in self.portfolio.pools}


def share(request: Request, days: Window, at: int) -> float:
    """The person-weeks wanted in a week if the request is spread over these days, as the rule of contention counts."""
    start, end, begins = days.start.toordinal(), days.end.toordinal(), first_day(at)
    first, last, working = max(start, begins), min(end, begins + 6), working_days(start, end)
    some, of = (working_days(first, last), working) if working > 0 else (last - first + 1, days.days)
    return request.person_weeks * some / of
