"""Gathering a quarter from the portfolio: who works on which stage, and what all ask of pools and segments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
        return next((stage for stage in self.stages if stage.stage == id), None)

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
        asks = [self._ask(one, request, here) for one, request in self._requests.get(pool.id, ())]
        weeks = tuple(self._week(pool, number) for number in self._weeks)
        return PoolAsks(
            pool.name, tuple(sorted(asks, key=lambda ask: (not ask.here, -ask.person_weeks, ask.initiative))), weeks
        )

    def _week(self, pool: Pool, number: int) -> PoolWeek:
        asked = self._asked[pool.id].get(number, 0.0) if pool.id in self._asked else 0.0
        return PoolWeek(monday=monday(number), asked=asked, available=pool.available(monday(number)))

    def _ask(self, initiative: Initiative, request: Request, here: frozenset[int]) -> Ask:
        department = self.portfolio.department_names[initiative.draft.department]
        wanted = sum(self._shares(request).values())
        return Ask(
            initiative.id, initiative.draft.title, department, wanted, request.window, here=initiative.id in here
        )

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
    def _requests(self) -> Mapping[int, list[tuple[Initiative, Request]]]:
        """Pool → what is asked of it in the quarter, and by whom."""
        asked: defaultdict[int, list[tuple[Initiative, Request]]] = defaultdict(list)
        for one in self.live:
            for request in one.draft.requests:
                if self._shares(request):
                    asked[request.pool].append((one, request))
        return asked

    @cached_property
    def _asked(self) -> Mapping[int, Mapping[int, float]]:
        """Pool → the number of a week → person-weeks asked for."""
        asked: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
        for pool, requests in self._requests.items():
            for number, wanted in (each for _, request in requests for each in self._shares(request).items()):
                asked[pool][number] += wanted
        return asked

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
