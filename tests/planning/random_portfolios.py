"""Portfolios of any shape for property tests: small, with few things to name, so that much is shared.

Each is made from one number that hypothesis draws, which is far quicker than drawing every field.
"""

from datetime import date, timedelta
from functools import partial
from random import Random

import numpy as np
from hypothesis import strategies as st

from planning.initiatives.values import Contact, Effect, Initiative, Intent, Request
from planning.metrics.values import Direction, Metric
from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from planning.resources.values import Pool
from planning.similarity import Floats, settled
from planning.window import Window
from tests.planning.portfolios import initiative, portfolio

METRICS = (Metric(1, "Renewal rate"), Metric(2, "Calls per claim", feeds=1))
POOLS = (Pool(1, "Writers", 2.0), Pool(2, "Designers", 1.0))
PROBLEMS = (Problem(1, "Renewal shock", needs=(Part.POLICY, Part.MESSAGE)), Problem(2, "Told it three times"))
DIMENSION = 4
_IDS = (1, 2, 3, 67)
"""3 and 67 share a bit of the columns."""
_FIRST = date(2027, 2, 1)

randoms = st.integers(0, 2**31).map(Random)


def any_vector(random: Random) -> Floats:
    """A vector of length one, as it is stored, or zeros."""
    values = np.array([random.randint(-9, 9) for _ in range(DIMENSION)], np.float32)
    return settled(values / max(float(np.linalg.norm(values)), 1e-6)) * np.float32(random.random() > 0.1)


def any_initiative(id: int, random: Random) -> Initiative:
    """An initiative that names anything or nothing."""
    window = random.choice([None, any_window(random), any_window(random)])
    return initiative(
        id,
        department=random.randint(1, 3),
        starts_on=window.start if window else None,
        ends_on=window.end if window else None,
        stages=_some(random),
        segments=_some(random),
        touchpoints=_some(random),
        contacts=tuple(any_contact(random) for _ in range(random.randint(0, 2))),
        requests=tuple(any_request(random) for _ in range(random.randint(0, 2))),
        effects=tuple(any_effect(random) for _ in range(random.randint(0, 2))),
        serves=random.choice([None, 1, 2]),
        supplies=tuple(random.sample([Part.POLICY, Part.MESSAGE], random.randint(0, 2))),
    )


def any_portfolio(random: Random) -> Portfolio:
    """Up to eight initiatives with ids up to 12."""
    listed = [any_initiative(id, random) for id in random.sample(range(1, 13), random.randint(0, 8))]
    vectors = np.array([any_vector(random) for _ in listed], np.float32).reshape(len(listed), DIMENSION)
    holdings = Holdings.of(listed, vectors, "test-encoder")
    return portfolio(holdings=holdings, metrics=METRICS, pools=POOLS, problems=PROBLEMS)


def initiatives(id: int) -> st.SearchStrategy[Initiative]:
    """Any such initiative."""
    return randoms.map(partial(any_initiative, id))


def portfolios() -> st.SearchStrategy[Portfolio]:
    """Any such portfolio."""
    return randoms.map(any_portfolio)


def _some(random: Random) -> tuple[int, ...]:
    return tuple(sorted(random.sample(_IDS, random.randint(0, 2))))


def any_window(random: Random) -> Window:
    """Days of early 2027."""
    start = _FIRST + timedelta(random.randint(0, 60))
    return Window(start, start + timedelta(random.randint(0, 40)))


def any_contact(random: Random) -> Contact:
    """A contact of any intent."""
    return Contact(random.randint(1, 4), random.randint(1, 2), random.choice(list(Intent)), any_window(random))


def any_request(random: Random) -> Request:
    """A request of either pool."""
    return Request(random.randint(1, 2), random.uniform(0.1, 20), any_window(random))


def any_effect(random: Random) -> Effect:
    """An effect on either metric."""
    return Effect(random.randint(1, 2), random.choice(list(Direction)))


windows, contacts, effects = randoms.map(any_window), randoms.map(any_contact), randoms.map(any_effect)
