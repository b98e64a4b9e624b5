"""What the leads who share a stage, asked blind, do not agree on."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from planning.findings.facts.base import FactValue, amount, listed, with_unit


class AimedAt(BaseModel):
    """A measure that leads named, and the targets that they gave for it, ascending."""

    model_config = ConfigDict(frozen=True)

    measure: str
    targets: tuple[float, ...]
    unit: str = ""

    @property
    def words(self) -> str:
        """The measure with its targets: “NPS” at 40 or 55 points."""
        targets = listed([*dict.fromkeys(map(_exact, self.targets))], "or")
        return f"“{self.measure}” at {with_unit(targets, self.unit)}"


class ScoreDisputed(FactValue):
    """The leads of a stage measure it by different things, or aim at different targets."""

    kind: Literal["score_disputed"] = "score_disputed"
    stage: str
    weight: int
    aims: tuple[AimedAt, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each measure with each of its targets, so that fewer are covered."""
        aims = ((aim.measure, target) for aim in self.aims for target in aim.targets)
        return tuple(dict.fromkeys(f"{self.kind}:{measure}:{target}" for measure, target in aims))

    @property
    def sentence(self) -> str:
        """What they named."""
        named = "; ".join(aim.words for aim in self.aims[:_SHOWN])
        more = f"; and {len(self.aims) - _SHOWN} more" if len(self.aims) > _SHOWN else ""
        opening = f"Asked alone, the leads of “{self.stage}” do not aim at one score"
        return f"{opening}: {named}{more} (importance {self.weight} of 5)."


_SHOWN = 4
_DIGITS = 6


def _exact(target: float) -> str:
    """Targets that differ are never told as the same."""
    return amount(target, _DIGITS)
