"""Gathering a quarter from the portfolio: who works on which stage, and what all ask of pools and segments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from planning.findings.facts import PoolWeek
from planning.initiatives.values import Initiative, Request
from planning.journey.values import Stage
from planning.overlaps.spans import monday, week
from planning.portfolio.values import Portfolio
from planning.proposals.loads import share
from planning.resources.values import Pool
from planning.season.quarters import days_of_quarter
from planning.season.values import Ask, PoolAsks, SegmentContacts, StageSeason
from planning.window import Window


@dataclass(frozen=True)
class Season:
    """A quarter of a portfolio; what is asked of pools and segments is counted once for all stages."""

    portfolio: Portfolio
    quarter: str

    @cached_property
    def days(self) -> Window:
        """Its first and last day."""
        return days_of_quarter(self.quarter)

    @cached_property
    def live(self) -> tuple[Initiative, ...]:
        """The initiatives that do something in the quarter."""
        return tuple(one for one in self.portfolio.initiatives if any(map(self._meets, _windows(one))))

    @cached_property
    def stages(self) -> tuple[StageSeason, ...]:
        """Every stage in the order of the journey."""
        ordered = sorted(self.portfolio.journey.stages, key=lambda stage: (stage.position, stage.id))
        return tuple(map(self._stage, ordered))

    @property
    def shared(self) -> tuple[StageSeason, ...]:
        """The stages that more than one department shares."""
        return tuple(stage for stage in self.stages if stage.shared)

    def stage(self, id: int) -> StageSeason | None:
        """One of them; None when the journey has it no more."""
        return next((self._stage(stage) for stage in self.portfolio.journey.stages if stage.id == id), None)

    def _stage(self, stage: Stage) -> StageSeason:
        working = tuple(one for one in self.live if stage.id in one.draft.stages)
        departments = tuple(sorted({one.draft.department for one in working}))
        wanted = {request.pool for one in working for request in one.draft.requests}
        reached = {contact.segment for one in working for contact in one.draft.contacts if self._meets(contact.window)}
        here = frozenset(one.id for one in working)
        pools = [self._pool(pool, here) for pool in self.portfolio.pools if pool.id in wanted]
        return StageSeason(
            stage=stage.id,
            name=stage.name,
            quarter=self.quarter,
            departments=departments,
            initiatives=working,
            pools=tuple(sorted((one for one in pools if one.asks), key=_scarcity)),
            segments=tuple(sorted(self._contacted(reached), key=lambda one: (-len(one.crowded), -one.most, one.name))),
        )

    def _pool(self, pool: Pool, here: frozenset[int]) -> PoolAsks:
        """All that is asked of it, largest first, but what is asked for this stage before the rest."""
        asks = self._asks.get(pool.id, ())
        own = (replace(ask, here=True) for ask in asks if ask.initiative in here)
        return PoolAsks(pool.name, (*own, *(ask for ask in asks if ask.initiative not in here)), self._loads[pool.id])

    def _contacted(self, reached: Iterable[int]) -> Iterable[SegmentContacts]:
        """The segments reached, and those that they are part of."""
        lineages, known = self.portfolio.journey.lineages(), {one.id: one for one in self.portfolio.journey.segments}
        for id in sorted({outer for segment in reached for outer in lineages.get(segment, ())}):
            counts, senders = self._contacts[id]
            weeks = tuple((monday(n), counts[n]) for n in self._weeks)
            names = tuple(sorted({self.portfolio.department_names[one] for one in senders}))
            yield SegmentContacts(known[id].name, known[id].weekly_contacts, weeks, names)

    @cached_property
    def _weeks(self) -> range:
        """The numbers of the weeks of the quarter that are not over."""
        first = max(self.days.start, self.portfolio.today)
        return range(week(first.toordinal()), week(self.days.end.toordinal()) + 1)

    @cached_property
    def _requests(self) -> Mapping[int, list[tuple[Initiative, Request, Mapping[int, float]]]]:
        """Pool → what is asked of it in the quarter, by whom, and the number of a week → person-weeks."""
        asked: defaultdict[int, list[tuple[Initiative, Request, Mapping[int, float]]]] = defaultdict(list)
        for one in self.live:
            for request in one.draft.requests:
                if shares := self._shares(request):
                    asked[request.pool].append((one, request, shares))
        return asked

    @cached_property
    def _asks(self) -> Mapping[int, list[Ask]]:
        """Pool → what is asked of it, as of no stage, the largest first."""
        names = self.portfolio.department_names
        asks = {
            pool: [
                Ask(one.id, one.draft.title, names[one.draft.department], sum(shares.values()), request.window, False)
                for one, request, shares in requests
            ]
            for pool, requests in self._requests.items()
        }
        return {pool: sorted(some, key=lambda ask: (-ask.person_weeks, ask.initiative)) for pool, some in asks.items()}

    @cached_property
    def _loads(self) -> Mapping[int, tuple[PoolWeek, ...]]:
        """Pool → what is asked of it in each week against what there is."""
        return {pool.id: tuple(self._load(pool)) for pool in self.portfolio.pools}

    def _load(self, pool: Pool) -> Iterator[PoolWeek]:
        asked: defaultdict[int, float] = defaultdict(float)
        for number, wanted in (each for _, _, shares in self._requests.get(pool.id, ()) for each in shares.items()):
            asked[number] += wanted
        for number in self._weeks:
            day = monday(number)
            yield PoolWeek(monday=day, asked=asked[number], available=pool.available(day))

    @cached_property
    def _contacts(self) -> Mapping[int, tuple[Counter[int], set[int]]]:
        """Segment → how many contacts reach it or a part of it in each week, and from which departments."""
        lineages = self.portfolio.journey.lineages()
        told: defaultdict[int, tuple[Counter[int], set[int]]] = defaultdict(lambda: (Counter(), set()))
        for one in self.live:
            for contact in one.draft.contacts:
                for outer in lineages.get(contact.segment, ()) if self._meets(contact.window) else ():
                    told[outer][0].update(self._touched(contact.window))
                    told[outer][1].add(one.draft.department)
        return told

    def _shares(self, request: Request) -> dict[int, float]:
        """The number of a week → person-weeks that a request wants in it."""
        shares = {n: share(request, request.window, n) for n in self._touched(request.window)}
        return {n: wanted for n, wanted in shares.items() if wanted > 0}

    def _touched(self, window: Window) -> range:
        first, last = week(window.start.toordinal()), week(window.end.toordinal())
        return range(max(first, self._weeks.start), min(last + 1, self._weeks.stop))

    def _meets(self, window: Window) -> bool:
        return self.days.shared_with(window) is not None


def _windows(initiative: Initiative) -> list[Window]:
    """Its own days, or else those of what it plans."""
    if initiative.window is not None:
        return [initiative.window]
    draft = initiative.draft
    return [*(one.window for one in draft.contacts), *(one.window for one in draft.requests)]


def _scarcity(pool: PoolAsks) -> tuple[float, float, str]:
    """Where most is short first, then where least is left."""
    short = sum(one.asked - one.available for one in pool.over)
    return (-short, -pool.asked, pool.name)
