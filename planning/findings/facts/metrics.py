"""Why two initiatives work against each other on what they measure."""

from typing import Literal

from planning.findings.facts.base import FactValue, Who, quoted


class OpposedEffects(FactValue):
    """One initiative is meant to raise a metric that another is expected to lower, on the same stages."""

    kind: Literal["opposed_effects"] = "opposed_effects"
    metric: str
    metric_id: int
    stages: tuple[str, ...]
    raises: Who
    lowers: Who

    @property
    def essences(self) -> tuple[str, ...]:
        """Which of the two does what to which metric; the stages and the name may change."""
        return (f"{self.kind}:{self.metric_id}:{self.raises.initiative}:{self.lowers.initiative}",)

    @property
    def sentence(self) -> str:
        """Who moves the metric which way."""
        return (
            f"On {quoted(self.stages)} {self.raises.department} would raise “{self.metric}” ({self.raises.reference}) "
            f"and {self.lowers.department} would lower it ({self.lowers.reference})."
        )


class TenseEffects(FactValue):
    """Each improves one of two metrics that are known to pull against each other, on the same stages."""

    kind: Literal["tense_effects"] = "tense_effects"
    first_metric: str
    first_metric_id: int
    second_metric: str
    second_metric_id: int
    why: str
    stages: tuple[str, ...]
    first: Who
    second: Who

    @property
    def essences(self) -> tuple[str, ...]:
        """Which of the two improves which metric; the stages and the wording may change."""
        pairs = f"{self.first_metric_id}:{self.first.initiative}:{self.second_metric_id}:{self.second.initiative}"
        return (f"{self.kind}:{pairs}",)

    @property
    def sentence(self) -> str:
        """Who improves which metric, and why that is a tension."""
        told = (
            f"On {quoted(self.stages)} {self.first.department} would improve “{self.first_metric}” "
            f"({self.first.reference}) and {self.second.department} “{self.second_metric}” ({self.second.reference}), "
            "which pull against each other"
        )
        return f"{told}: {self.why.rstrip('.')}." if self.why else f"{told}."
