"""Portfolios of any size that resemble real ones, made up from a fixed seed.

What an initiative names is drawn as often as in the invented companies; departments, segments, metrics, pools and
problems grow with the portfolio. Its vector is drawn from the normal distribution that the vectors of one real
portfolio have, half of it shared with the four or so other initiatives of its theme, so that about as many pairs are
alike as in reality. Its text is two halves of real ones.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from planning.initiatives.values import Contact, Draft, Effect, Initiative, Intent, Request, Status
from planning.journey.values import HandOff, Journey, Segment, Stage, Touchpoint
from planning.metrics.values import Direction, Metric, Tension
from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem
from planning.resources.values import Pool
from planning.similarity import Floats, settled
from planning.window import Window
from planning.workspace.values import Department, Person

TODAY = date(2026, 11, 21)
ENCODER = "synthetic"
_THEME = 5
_STAGES, _TOUCHPOINTS = 9, 14
_SEEN_AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each a portfolio of so many initiatives has."""

    initiatives: int

    @property
    def departments(self) -> int:
        """Ten at a thousand initiatives; eight times as many initiatives have twice the departments."""
        return round(math.cbrt(self.initiatives))

    @property
    def segments(self) -> int:
        """One for each fifty initiatives, in families of five."""
        return max(10, self.initiatives // 50)

    @property
    def metrics(self) -> int:
        """One for each ten initiatives."""
        return max(16, self.initiatives // 10)

    @property
    def pools(self) -> int:
        """One for each 25 initiatives."""
        return max(7, self.initiatives // 25)

    @property
    def problems(self) -> int:
        """One for each twenty initiatives."""
        return max(9, self.initiatives // 20)


def synthetic(size: int, real: Sequence[Floats], seed: int = 1) -> Portfolio:
    """A portfolio of that size; `real` are the vectors of real portfolios, a matrix for each."""
    rng, sizes = np.random.default_rng(seed), Sizes(size)
    initiatives = [_initiative(id, sizes, rng) for id in range(1, size + 1)]
    return Portfolio(
        TODAY,
        tuple(Department(id, f"Department {id}") for id in _ids(sizes.departments)),
        tuple(Person(id, f"Person {id}", department=id) for id in _ids(sizes.departments)),
        _journey(sizes),
        Holdings.of(initiatives, vectors(size, real, rng), ENCODER),
        tuple(_metric(id) for id in _ids(sizes.metrics)),
        tuple(Tension(id, id + 1, "one costs the other") for id in range(1, sizes.metrics, 5)),
        tuple(Pool(id, f"Pool {id}", 2.0 + id % 6) for id in _ids(sizes.pools)),
        tuple(Problem(id, f"Problem {id}", needs=tuple(Part)[: 2 + id % 4]) for id in _ids(sizes.problems)),
    )


def newcomer(size: int, real: Sequence[Floats], seed: int) -> tuple[Initiative, Floats]:
    """One more initiative of a portfolio of that size, with its vector."""
    rng = np.random.default_rng(seed)
    return _initiative(size + 1, Sizes(size), rng), vectors(1, real, rng)[0]


def vectors(count: int, real: Sequence[Floats], rng: np.random.Generator) -> Floats:
    """Unit vectors as they are stored, each like those of one of the real portfolios."""
    likely = np.array([len(matrix) for matrix in real]) / sum(map(len, real))
    themes = 1 + count // _THEME
    homes, of = rng.choice(len(real), themes, p=likely), rng.integers(0, themes, count)
    made = np.zeros((count, real[0].shape[1]), np.float32)
    for home, matrix in enumerate(real):
        centres = np.flatnonzero(homes == home)
        rows = np.flatnonzero(homes[of] == home)
        common = _drawn(matrix, len(centres), rng)[np.searchsorted(centres, of[rows])]
        made[rows] = matrix.mean(axis=0) + np.sqrt(0.5) * (common + _drawn(matrix, len(rows), rng))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return settled(made)


def texts(count: int, real: Sequence[Sequence[str]], rng: np.random.Generator) -> list[str]:
    """Texts of two halves of real ones of one portfolio."""
    homes = [real[int(home)] for home in rng.integers(0, len(real), count)]
    return [f"{_half(home, rng, 0)} {_half(home, rng, 1)}" for home in homes]


def _half(texts: Sequence[str], rng: np.random.Generator, which: int) -> str:
    words = texts[int(rng.integers(len(texts)))].split()
    middle = len(words) // 2
    return " ".join(words[middle:] if which else words[:middle])


def _drawn(matrix: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Deviations from the mean with the covariance of the matrix."""
    spread: Floats = (matrix - matrix.mean(axis=0)) / np.sqrt(np.float32(len(matrix)))
    return rng.standard_normal((count, len(matrix)), np.float32) @ spread


def _initiative(id: int, sizes: Sizes, rng: np.random.Generator) -> Initiative:
    window = _window(rng, 480, 184) if rng.random() < 0.86 else None
    draft = Draft(
        title=f"Initiative {id}",
        problem="Customers do not get what they need.",
        department=1 + int(rng.integers(sizes.departments)),
        owner=1 + int(rng.integers(sizes.departments)) if rng.random() < 0.98 else None,
        status=Status.ACTIVE,
        starts_on=window.start if window else None,
        ends_on=window.end if window else None,
        stages=_some(rng, _STAGES, (0.04, 0.73, 0.23)),
        segments=_some(rng, sizes.segments, (0.06, 0.67, 0.27)),
        touchpoints=_some(rng, _TOUCHPOINTS, (0.07, 0.51, 0.39, 0.03)),
        contacts=tuple(_contact(segment, rng) for segment in _some(rng, sizes.segments, (0.6, 0.4))),
        effects=tuple(_effect(metric, rng) for metric in _some(rng, sizes.metrics, (0.28, 0.69, 0.03))),
        requests=tuple(_request(pool, rng) for pool in _some(rng, sizes.pools, (0.54, 0.43, 0.03))),
        serves=1 + int(rng.integers(sizes.problems)) if rng.random() < 0.22 else None,
        supplies=(tuple(Part)[int(rng.integers(len(Part)))],),
    )
    return Initiative(id, draft, _SEEN_AT, _SEEN_AT)


def _some(rng: np.random.Generator, among: int, shares: Sequence[float]) -> tuple[int, ...]:
    """Ids of none, one, two or more things, as often as the shares say."""
    count = int(np.searchsorted(np.cumsum(shares), rng.random()))
    return tuple(sorted({1 + int(id) for id in rng.integers(0, among, count)}))


def _window(rng: np.random.Generator, within: int, days: int) -> Window:
    start = date(2026, 10, 1) + timedelta(int(rng.integers(within)))
    return Window(start, start + timedelta(int(rng.integers(1, 2 * days))))


def _contact(segment: int, rng: np.random.Generator) -> Contact:
    intents = tuple(Intent)
    shares = np.array([59, 19, 14, 22, 12, 7, 4, 5, 5, 8, 9, 7])
    intent = intents[int(rng.choice(len(intents), p=shares / shares.sum()))]
    return Contact(segment, 1 + int(rng.integers(_TOUCHPOINTS)), intent, _window(rng, 480, 22))


def _effect(metric: int, rng: np.random.Generator) -> Effect:
    return Effect(metric, Direction.UP if rng.random() < 0.8 else Direction.DOWN)


def _request(pool: int, rng: np.random.Generator) -> Request:
    return Request(pool, round(float(rng.uniform(1, 13)), 1), _window(rng, 480, 31))


def _metric(id: int) -> Metric:
    return Metric(id, f"Metric {id}", stage=1 + id % _STAGES, baseline=50, target=60 - id % 20)


def _journey(sizes: Sizes) -> Journey:
    return Journey(
        1,
        tuple(Stage(id, f"Stage {id}", id, weight=1 + id % 5, owner=1) for id in _ids(_STAGES)),
        tuple(_segment(id) for id in _ids(sizes.segments)),
        tuple(Touchpoint(id, f"Touchpoint {id}") for id in _ids(_TOUCHPOINTS)),
        tuple(HandOff(id, id, id + 1, 1, 2, id) for id in range(1, _STAGES)),
    )


def _segment(id: int) -> Segment:
    """The first of each family of five is what the others are part of, and bears more."""
    head = id - (id - 1) % 5
    return Segment(id, f"Segment {id}", None if id == head else head, weekly_contacts=10 if id == head else 3)


def _ids(count: int) -> range:
    return range(1, count + 1)
