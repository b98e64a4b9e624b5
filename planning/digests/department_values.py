"""What the digest of one department says."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from planning.checkins.values import Standing
from planning.digests.values import Changes, OpenGap


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class WaitingOverlap(_Value):
    """An open overlap of the department: with whom, since when, and why in a sentence."""

    finding: int
    references: tuple[str, ...]
    others: tuple[str, ...]
    """The other departments."""
    since: date
    days: int
    sentence: str


class PlanLine(_Value):
    """A shared plan of the department: what it is about, what is to come of it next, and the day of that."""

    plan: int
    what: str
    next: str
    on: date | None = None
    waits: bool = False
    """Whether it waits for this department."""


class MetricOff(_Value):
    """A metric that is not where it should be, with what to do about it."""

    metric: int
    sentence: str


class Trouble(_Value):
    """An initiative of which its owner said that it is at risk or stuck."""

    initiative: int
    title: str
    standing: Standing
    who: str
    on: date
    note: str = ""


class CheckedIn(_Value):
    """What owners said when they were asked last, the stuck ones first."""

    troubles: tuple[Trouble, ...] = ()
    troubles_total: int = 0
    on_track: int = 0
    unanswered: int = 0


class BusyPool(_Value):
    """The busiest of the coming weeks of a pool that the department asks for, in person-weeks."""

    pool: int
    name: str
    monday: date
    asked: float
    available: float


class Turn(_Value):
    """An initiative that begins or ends soon."""

    initiative: int
    title: str
    begins: bool
    on: date
    owner: str = ""


class DepartmentDigest(_Value):
    """The digest of a department as it was at `at`, for the time since `since`; days are those of its zone."""

    company: str
    department: str
    at: datetime
    since: date
    day: date
    schedule: str
    live: int
    changes: Changes
    overlaps: tuple[WaitingOverlap, ...] = ()
    overlaps_total: int = 0
    plans: tuple[PlanLine, ...] = ()
    plans_total: int = 0
    gaps: tuple[OpenGap, ...] = ()
    """What its stages, hand-offs, metrics and problems lack."""
    gaps_total: int = 0
    quality: tuple[OpenGap, ...] = ()
    """What its initiatives lack."""
    quality_total: int = 0
    metrics: tuple[MetricOff, ...] = ()
    metrics_total: int = 0
    check_ins: CheckedIn | None = None
    """None while its owners were not asked lately."""
    pools: tuple[BusyPool, ...] = ()
    pools_total: int = 0
    turns: tuple[Turn, ...] = ()
    turns_total: int = 0

    @property
    def quiet(self) -> bool:
        """Whether nothing changed and nothing waits for the department."""
        asked = self.check_ins is not None and (self.check_ins.troubles_total or self.check_ins.unanswered)
        totals = (self.overlaps_total, self.plans_total, self.gaps_total, self.quality_total, self.metrics_total)
        return not (any(totals) or self.turns_total or asked or any(dict(self.changes).values()))
