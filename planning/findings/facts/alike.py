"""Why two initiatives look like the same work."""

from datetime import date
from typing import Literal

from planning.findings.facts.base import FactValue, quoted
from planning.window import said_between


class AlikeTexts(FactValue):
    """The texts of two initiatives mean something similar."""

    kind: Literal["alike_texts"] = "alike_texts"
    cosine: float

    @property
    def essences(self) -> tuple[str, ...]:
        """The wording may move as long as the two stay alike."""
        return (self.kind,)

    @property
    def sentence(self) -> str:
        """How alike the texts are."""
        return f"They describe similar work (texts {self.cosine:.0%} alike)."


class SharedThings(FactValue):
    """Two initiatives name the same customer problem, stages, segments, touchpoints or metrics."""

    kind: Literal["shared"] = "shared"
    what: Literal["problem", "stage", "segment", "touchpoint", "metric"]
    names: tuple[str, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each thing, so that naming fewer things in common is covered.

        Problems and metrics can be renamed, which makes no pair a different one, and say little: one for all of them.
        """
        if self.what in ("problem", "metric"):
            return (f"{self.kind}:{self.what}",)
        return tuple(f"{self.kind}:{self.what}:{name}" for name in self.names)

    @property
    def sentence(self) -> str:
        """What both name."""
        return f"{_SHARED[self.what]} {quoted(self.names)}."


_SHARED = {
    "problem": "Both serve the customer problem",
    "stage": "Both work on the stage",
    "segment": "Both are for",
    "touchpoint": "Both use",
    "metric": "Both are meant to move",
}


class SharedDays(FactValue):
    """Two initiatives run in the same days."""

    kind: Literal["shared_days"] = "shared_days"
    start: date
    end: date

    @property
    def essences(self) -> tuple[str, ...]:
        """A date that moves does not make the same work a different one."""
        return (self.kind,)

    @property
    def sentence(self) -> str:
        """When both run."""
        return f"Both run {said_between(self.start, self.end)}."
