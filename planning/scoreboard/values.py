"""The scoreboard: how the company stands on the journey it has agreed on, each part with what to do about it."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from planning.agreement.results import Confusion, Index
from planning.metrics.standing import Status
from planning.metrics.values import Direction

POINTS = 12
"""As many readings of a metric are drawn, the last ones."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Point(_Value):
    """A value on a day; `noise` is how far the truth may lie from it, with 95 %, where known."""

    on: date
    value: float
    noise: float | None = None


class Told(_Value):
    """A part of the scoreboard; its sentence says what to do about it."""

    sentence: str


class MetricLine(Told):
    """A metric as it stands; `better` is the way in which it should move, `way` the one in which it does."""

    metric: int
    name: str
    unit: str
    better: Direction
    status: Status
    advice: str
    """What to do, without saying how it stands."""
    target: float | None = None
    target_on: date | None = None
    way: Direction | None = None
    """None while it may be level, or with too few readings to tell."""
    improving: bool | None = None
    stale_since: date | None = None
    points: tuple[Point, ...] = ()
    """The last readings, ascending."""
    path: tuple[Point, ...] = ()
    """What is expected over these days and up to the target; empty without a target."""

    @property
    def calm(self) -> bool:
        """Whether nothing has to be done about it."""
        return self.status is Status.ON_TRACK and self.stale_since is None and self.improving is not False

    @property
    def last(self) -> Point | None:
        """The last reading."""
        return self.points[-1] if self.points else None


class MetricTable(_Value):
    """Some metrics, the worst first, and how many there are in all and with each status."""

    lines: tuple[MetricLine, ...]
    total: int
    counts: tuple[tuple[Status, int], ...] = ()


class Agreement(Told):
    """How far people name the same stages (None before the first round), and whether all departments agreed to them."""

    index: Index | None = None
    asked_on: date | None = None
    ratified_on: date | None = None
    over: int = 0
    """How many objections stood when the stages were ratified."""


class Pulse(Told):
    """How far people put the same work on the same stages; `before` are the earlier alphas, the oldest first."""

    alpha: Index
    asked_on: date
    before: tuple[float, ...] = ()
    confused: Confusion | None = None


class ScoreTests(Told):
    """On how many of the stages that were tested the leads agree on the measure and the target."""

    agreed: int
    tested: int
    stages: int
    """How many stages there are."""


class Completeness(Told):
    """The share of the problems whose fix is complete."""

    share: float
    complete: int
    problems: int


class Dabbling(Told):
    """The share of the live initiatives with a problem whose fix still lacks a part; `unsaid` name no problem."""

    ratio: float
    count: int
    unsaid: int


class Mirror(Told):
    """How strongly the portfolio splits along departments: 0 as by chance, 1 each stage is one department's own."""

    value: float
    low: float | None = None
    high: float | None = None
    quarters: tuple[tuple[date, float], ...] = ()
    """The last quarters by their first day, the oldest first, the running one at the end."""
    bridges: tuple[str, ...] = ()
    """The references of live initiatives that bring departments together on a stage."""


class Scoreboard(_Value):
    """All of it; a part is None while there is nothing to say."""

    metrics: MetricTable | None = None
    agreement: Agreement | None = None
    pulse: Pulse | None = None
    scores: ScoreTests | None = None
    completeness: Completeness | None = None
    dabbling: Dabbling | None = None
    mirror: Mirror | None = None

    @property
    def told(self) -> tuple[Told, ...]:
        """The parts beside the metrics that have something to say."""
        parts = (self.agreement, self.pulse, self.scores, self.completeness, self.dabbling, self.mirror)
        return tuple(part for part in parts if part is not None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known yet, each with what would make it known."""
        return tuple(hint for name, hint in _HINTS if getattr(self, name) is None)


_HINTS = (
    ("metrics", "Metrics: add what each stage is measured by with “/cx setup”."),
    ("agreement", "Agreement on the journey: open a naming round with “/cx agree”."),
    ("pulse", "Pulse: once the journey is ratified, a few people are asked each quarter; “/cx agree” starts it now."),
    ("scores", "Score tests: ask the leads of a stage what it is measured by, with “/cx agree”."),
    ("completeness", "Complete fixes: say which parts the fix of a customer problem needs, with “/cx setup”."),
    ("mirror", "Mirror index: it takes two departments with work on the same stages, and one night."),
)
