"""What is missing, and how much it matters."""

from datetime import date
from typing import Literal

from planning.findings.facts.base import FactValue, Who, amount, apart, listed, with_unit
from planning.window import said


class StageWithoutWork(FactValue):
    """Nobody works on a stage."""

    kind: Literal["stage_without_work"] = "stage_without_work"
    stage: str
    weight: int

    @property
    def essences(self) -> tuple[str, ...]:
        """The member says which stage; how much it matters may move."""
        return (self.kind,)

    @property
    def sentence(self) -> str:
        """The stage and its importance."""
        return f"No live initiative works on “{self.stage}” ({_matters(self.weight)})."


class SingleDepartmentStage(FactValue):
    """Only one department works on a stage."""

    kind: Literal["single_department_stage"] = "single_department_stage"
    stage: str
    weight: int
    department: str
    initiatives: int

    @property
    def essences(self) -> tuple[str, ...]:
        """Who is alone there; how much it does may move."""
        return (f"{self.kind}:{self.department}",)

    @property
    def sentence(self) -> str:
        """Who works there alone."""
        count = "one initiative" if self.initiatives == 1 else f"{self.initiatives} initiatives"
        return f"Only {self.department} works on “{self.stage}” ({count}, {_matters(self.weight)})."


class StageLacks(FactValue):
    """A stage has no owner or no metric."""

    kind: Literal["stage_lacks"] = "stage_lacks"
    what: Literal["owner", "metric"]
    stage: str
    weight: int

    @property
    def essences(self) -> tuple[str, ...]:
        """What is lacking; how much it matters may move."""
        return (f"{self.kind}:{self.what}",)

    @property
    def sentence(self) -> str:
        """What the stage lacks."""
        lack = "Nobody is accountable for" if self.what == "owner" else "No metric measures"
        return f"{lack} “{self.stage}” ({_matters(self.weight)})."


class BareHandOff(FactValue):
    """A hand-off that nobody works on, or that lacks a giver, a receiver or a metric."""

    kind: Literal["bare_hand_off"] = "bare_hand_off"
    before: str
    after: str
    weight: int
    missing: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each thing that is missing, so that fewer are covered."""
        return tuple(f"{self.kind}:{name}" for name in self.missing)

    @property
    def sentence(self) -> str:
        """What the hand-off lacks."""
        lacks = listed([f"no {name}" for name in self.missing])
        return f"The hand-off from “{self.before}” to “{self.after}” has {lacks} ({_matters(self.weight)})."


class SegmentUnserved(FactValue):
    """No live initiative is for a segment, nor for one that it is part of or that is part of it."""

    kind: Literal["segment_unserved"] = "segment_unserved"
    segment: str
    weight: int

    @property
    def essences(self) -> tuple[str, ...]:
        """The member says which segment; how much it matters may move."""
        return (self.kind,)

    @property
    def sentence(self) -> str:
        """The segment and its importance."""
        return f"No live initiative is for {self.segment} or contacts them ({_matters(self.weight)})."


class MetricUnmoved(FactValue):
    """A metric is off its target and no live initiative is meant to improve it or one that feeds it."""

    kind: Literal["metric_unmoved"] = "metric_unmoved"
    metric: str
    unit: str
    stands: float
    read_on: date | None = None
    """The day on which it stood there; None for its baseline."""
    target: float
    target_on: date | None
    weight: int

    @property
    def essences(self) -> tuple[str, ...]:
        """The target; where the metric stands may move."""
        return (f"{self.kind}:{self.target}:{self.target_on}",)

    @property
    def sentence(self) -> str:
        """Where it stands and where it should be."""
        due = f" by {said(self.target_on)}" if self.target_on else ""
        when = f" ({said(self.read_on)})" if self.read_on else ""
        digits = apart(self.stands, self.target)
        stands, target = with_unit(amount(self.stands, digits), self.unit), amount(self.target, digits)
        return (
            f"“{self.metric}” stands at {stands}{when} against a target of {target}{due}, "
            f"and no live initiative is meant to improve it ({_matters(self.weight)})."
        )


class MetricStale(FactValue):
    """A metric whose reading was promised and has not come."""

    kind: Literal["metric_stale"] = "metric_stale"
    metric: str
    every: str
    """How often it is to be read."""
    due: date
    """The day on which the reading was due."""
    read_on: date | None
    weight: int

    @property
    def essences(self) -> tuple[str, ...]:
        """Which reading did not come; when the next one does not come either, it is told again."""
        return (f"{self.kind}:{self.due}",)

    @property
    def sentence(self) -> str:
        """Since when it is late; the day does not change while it is."""
        last = f"was last read on {said(self.read_on)}" if self.read_on else "has never been read"
        told = f"“{self.metric}” {last}, though it is to be read {self.every}"
        return f"{told}: a reading was due on {said(self.due)} ({_matters(self.weight)})."


class IncompleteInitiative(FactValue, Who):
    """An initiative lacks what the others need to plan with it."""

    kind: Literal["incomplete_initiative"] = "incomplete_initiative"
    missing: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each thing that is missing, so that fewer are covered."""
        return tuple(f"{self.kind}:{name}" for name in self.missing)

    @property
    def sentence(self) -> str:
        """What the initiative lacks."""
        lacks = listed([f"no {name}" for name in _brief(self.missing)])
        return f"{self.reference} “{self.title}” ({self.department}) has {lacks} yet."


def _brief(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Both dates in one word."""
    dates = ("start date", "end date")
    return (*(one for one in missing if one not in dates), "dates") if set(dates) <= set(missing) else missing


def _matters(weight: int) -> str:
    return f"importance {weight} of 5"
