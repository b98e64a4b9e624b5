"""What a planning season shows of a stage: who shares it, and what they ask of the same people and customers."""

from dataclasses import dataclass
from datetime import date

from planning.findings.facts import PoolWeek
from planning.initiatives.values import Initiative
from planning.overlaps.contention import TOLERANCE
from planning.window import Window


@dataclass(frozen=True, slots=True)
class Ask:
    """What one initiative wants of a pool within the quarter; `here` when it works on the stage."""

    initiative: int
    title: str
    department: str
    person_weeks: float
    window: Window
    here: bool = True


@dataclass(frozen=True, slots=True)
class PoolAsks:
    """All that is asked of a pool in a quarter, the stage's own asks first, against what there is by week."""

    name: str
    asks: tuple[Ask, ...]
    weeks: tuple[PoolWeek, ...]

    @property
    def asked(self) -> float:
        """Person-weeks asked for in all."""
        return sum(week.asked for week in self.weeks)

    @property
    def available(self) -> float:
        """Person-weeks that there are in all."""
        return sum(week.available for week in self.weeks)

    @property
    def over(self) -> tuple[PoolWeek, ...]:
        """The weeks in which more is asked for than there is."""
        return tuple(week for week in self.weeks if week.asked > week.available + TOLERANCE)

    @property
    def worst(self) -> PoolWeek | None:
        """The week in which most is short."""
        return max(self.over, key=lambda week: week.asked - week.available, default=None)


@dataclass(frozen=True, slots=True)
class SegmentContacts:
    """How often the same customers are contacted in each week (its Monday), against what they bear."""

    name: str
    budget: int
    weeks: tuple[tuple[date, int], ...]
    senders: tuple[str, ...]
    """The departments that contact them."""

    @property
    def crowded(self) -> tuple[tuple[date, int], ...]:
        """The weeks in which it is too often."""
        return tuple((monday, count) for monday, count in self.weeks if count > self.budget)

    @property
    def most(self) -> int:
        """The contacts of the fullest week."""
        return max((count for _, count in self.weeks), default=0)


@dataclass(frozen=True, slots=True)
class StageSeason:
    """A stage in a quarter."""

    stage: int
    name: str
    quarter: str
    departments: tuple[int, ...]
    """Those with live initiatives on it in the quarter."""
    initiatives: tuple[Initiative, ...]
    pools: tuple[PoolAsks, ...] = ()
    """Those asked for on this stage, the scarcest first, with the asks of other stages too."""
    segments: tuple[SegmentContacts, ...] = ()
    """Those contacted from this stage, the most crowded first."""

    @property
    def shared(self) -> bool:
        """Whether it is more than one department's."""
        return len(self.departments) > 1
