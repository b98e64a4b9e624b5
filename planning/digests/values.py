"""The weekly digest: when it is due and what it says."""

from datetime import date, datetime
from functools import cached_property

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from planning.scoreboard.values import Scoreboard


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Cell(_Value):
    """How many live initiatives a department has on a stage."""

    stage: int
    department: int
    count: int


class Coverage(_Value):
    """Live initiatives by stage and department; a department that registered nothing is unknown, not empty."""

    stages: tuple[tuple[int, str], ...]
    departments: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]
    silent: tuple[int, ...]
    unplaced: int = 0
    """Live initiatives without any stage."""

    def count(self, stage: int, department: int) -> int | None:
        """The number in a cell; None where the department is silent."""
        if department in self.silent:
            return None
        return self.counts.get((stage, department), 0)

    @cached_property
    def counts(self) -> dict[tuple[int, int], int]:
        """(stage, department) → the number; empty cells are left out."""
        return {(cell.stage, cell.department): cell.count for cell in self.cells}


class Changes(_Value):
    """What happened since the last digest."""

    registered: int
    started: int
    finished: int
    withdrawn: int
    overlaps_found: int
    overlaps_settled: int
    gaps_closed: int


class AskedDecision(_Value):
    """An overlap that its leads have not settled, as the executives are asked to decide it."""

    decision: int | None = None
    """None in digests from before decisions were asked for: they told which overlaps waited longest."""
    finding: int
    rule: str
    references: tuple[str, ...]
    titles: tuple[str, ...]
    departments: tuple[str, ...]
    days: int
    sentence: str
    cost: str = ""
    """What waiting costs."""


class PlansKept(_Value):
    """Shared plans of the last quarter: agreed on, and what came of those that ended; person-weeks of the latter."""

    agreed: int = 0
    kept: int = 0
    partly: int = 0
    missed: int = 0
    pledged: float = 0.0
    delivered: float = 0.0
    untold: tuple[str, ...] = ()
    """Some of those of which nobody has told what came of them, long after their day."""
    untold_total: int = 0


class OpenGap(_Value):
    """A gap, told in its sentence."""

    finding: int
    rule: str
    sentence: str


class Ask(_Value):
    """What is asked of one lead this week; `slack_ids` of those who must act."""

    department: str
    leads: tuple[str, ...]
    slack_ids: tuple[str, ...]
    what: str


class Digest(_Value):
    """One digest as it was at `at`, for the time since `since` (None for the first), told in the schedule's zone."""

    company: str
    at: datetime
    since: datetime | None
    day: date
    """The local day of the schedule's zone."""
    schedule: str
    live: int
    departments: int
    changes: Changes
    coverage: Coverage
    decisions: tuple[AskedDecision, ...] = Field(default=(), validation_alias=AliasChoices("decisions", "waiting"))
    """Those asked of the executives, at most three."""
    decisions_total: int = 0
    """All that they will be asked for, those of the next digests too."""
    decided: tuple[str, ...] = ()
    """What became of the decisions asked for before."""
    waiting_total: int
    """All open overlaps."""
    gaps: tuple[OpenGap, ...]
    gaps_total: int
    asks: tuple[Ask, ...]
    quality: tuple[OpenGap, ...] = ()
    """Initiatives that lack something, kept apart from the gaps of the journey."""
    quality_total: int = 0
    silence: tuple[str, ...] = ()
    """What can be said of how much is registered at all, by departments that have registered something."""
    scores: Scoreboard | None = None
    """None in digests from before there were any."""
    plans: PlansKept | None = None
    """None while there are no plans."""
    thanks: tuple[str, ...] = ()
    """One line for each person who raised a hand and still looks after it, then how many more there are."""
