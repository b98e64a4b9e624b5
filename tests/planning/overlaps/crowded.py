"""Random portfolios in which much collides: few stages, segments, pools and metrics, and days close together."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
from hypothesis import strategies as st

from planning.findings.values import Found
from planning.initiatives.values import Contact, Initiative, Request
from planning.journey.values import Segment
from planning.metrics.values import Direction, Metric, Tension
from planning.portfolio.holdings import Holdings
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.resources.values import Leave, Pool
from planning.window import Window
from tests.planning.portfolios import JOURNEY, portfolio
from tests.planning.random_portfolios import any_contact, any_effect, any_initiative, any_window, randoms

Rule = Callable[[Portfolio, Scope], Iterator[Found]]
Change = tuple[Portfolio, Portfolio, list[Initiative]]
"""A portfolio before and after, and the initiatives that changed, as they were and as they are."""

METRICS = (Metric(1, "Renewal rate"), Metric(2, "Calls per claim", direction=Direction.DOWN))
POOLS = (
    Pool(1, "Writers", 2.0, (Leave(Window(date(2027, 2, 10), date(2027, 2, 17)), 0.5),)),
    Pool(2, "Designers", 1.0),
    Pool(3, "Trainers", 1.0),
)
SEGMENTS = (*JOURNEY.segments, Segment(5, "Renters", parent=1))
BUDGETS = tuple(
    replace(segment, weekly_contacts=budget) for segment, budget in zip(SEGMENTS, (3, 2, 1, 1, 1), strict=True)
)
ENCODER = "test-encoder"
NO_TEXT = np.zeros(1, np.float32)


def changes() -> st.SearchStrategy[Change]:
    """Three to eight initiatives, of which one may be new or otherwise and one gone, on any day of their time."""
    return randoms.map(any_change)


def any_change(random: Random) -> Change:
    """One such change."""
    before = {id: clashing(id, random) for id in random.sample(range(1, 11), random.randint(3, 8))}
    news = {id: clashing(id, random) for id in random.sample(range(1, 13), random.randint(0, 1))}
    gone = set(random.sample(sorted(before), random.randint(0, 1))) - news.keys()
    old = portfolio(
        holdings=holding(before.values()),
        journey=replace(JOURNEY, segments=BUDGETS),
        metrics=METRICS,
        tensions=(Tension(1, 2, "Fewer calls sell less."),),
        pools=POOLS,
        today=date(2027, 2, 1) + timedelta(random.randint(0, 60)),
    )
    holdings = old.holdings.changed([(one, {ENCODER: NO_TEXT}) for one in news.values()], gone)
    touched = [before[id] for id in before if id in news or id in gone]
    return old, replace(old, holdings=holdings), [*touched, *news.values()]


def clashing(id: int, random: Random) -> Initiative:
    """An initiative that plans, wants and moves a good deal."""
    one = any_initiative(id, random)
    wanted = replace(
        one.draft,
        stages=random.choice([(1,), (2,), (1, 2), (2, 3), ()]),
        contacts=tuple(sent(random) for _ in range(random.randint(1, 3))),
        requests=tuple(any_want(random) for _ in range(random.randint(0, 2))),
        effects=tuple(any_effect(random) for _ in range(random.randint(1, 2))),
    )
    return replace(one, draft=wanted)


def sent(random: Random) -> Contact:
    """A contact to any of the segments."""
    return replace(any_contact(random), segment=random.choice(SEGMENTS).id)


def any_want(random: Random) -> Request:
    """A request that is large beside what the pools can give."""
    return Request(random.randint(1, 3), random.uniform(0.5, 8), any_window(random))


def afresh(company: Portfolio) -> Portfolio:
    """The same with holdings that have no history."""
    return replace(company, holdings=holding(company.initiatives))


def holding(listed: Collection[Initiative]) -> Holdings:
    """Holdings of initiatives whose texts say nothing."""
    return Holdings.of(listed, np.zeros((len(listed), 1), np.float32), ENCODER)


def part_equals_whole(rule: Rule, change: Change) -> None:
    """Looking around a change finds what the scope covers of a pass over everything; the rest is as it was before."""
    before, after, changed = change
    scope = Scope.around(changed, after)
    whole = list(rule(afresh(after), Scope.everything(after)))
    assert list(rule(after, scope)) == [found for found in whole if scope.covers(found)]
    kept = [found for found in rule(before, Scope.everything(before)) if not scope.covers(found)]
    assert kept == [found for found in whole if not scope.covers(found)]
