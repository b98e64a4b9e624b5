"""How bad a gap is: 0 to 1, the worst first.

The score is importance × severity. Importance is the weight of the stage or segment that it is about (1 to 5) over 5;
3 where nobody has said it. Severity, 0 to 1, says how much is missing: all of it for a stage without work, a part for
what lacks a part; each rule states its own. So what matters most to customers leads, and what is only missing on
paper comes after what is missing in deed.
"""

from collections.abc import Iterable, Mapping

from planning.journey.values import Journey
from planning.metrics.values import Metric

HEAVIEST = 5
UNSAID = 3
"""The weight of what nobody has weighed: the middle."""


def importance(weight: int) -> float:
    """A weight of 1 to 5 as a share of the heaviest."""
    return weight / HEAVIEST


def weights(journey: Journey) -> dict[int, int]:
    """Stage id → weight."""
    return {stage.id: stage.weight for stage in journey.stages}


def heaviest(stages: Iterable[int], weights: Mapping[int, int]) -> int:
    """The largest weight of some stages (ids); that of the unsaid when none of them is in the journey."""
    return max((weights[stage] for stage in stages if stage in weights), default=UNSAID)


def weight_of(metric: Metric, journey: Journey) -> int:
    """The weight of the stage or the segment that a metric measures; that of the unsaid when it names none."""
    measured = [stage.weight for stage in journey.stages if stage.id == metric.stage]
    measured += [segment.weight for segment in journey.segments if segment.id == metric.segment]
    return max(measured, default=UNSAID)
