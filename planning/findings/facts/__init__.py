"""The facts behind a finding, as values, each told in one plain sentence."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from planning.findings.facts.alike import AlikeTexts, SharedDays, SharedThings
from planning.findings.facts.base import Who
from planning.findings.facts.contacts import CrowdedWeeks, OpposedContacts, PlannedContact
from planning.findings.facts.gaps import (
    BareHandOff,
    IncompleteInitiative,
    MetricStale,
    MetricUnmoved,
    SegmentUnserved,
    SingleDepartmentStage,
    StageLacks,
    StageWithoutWork,
)
from planning.findings.facts.metrics import OpposedEffects, TenseEffects
from planning.findings.facts.problems import MissingParts, ServingPart, SplitParts
from planning.findings.facts.resources import OverloadedPool, PoolRequest, PoolWeek
from planning.findings.facts.scores import AimedAt, ScoreDisputed

__all__ = [
    "FACTS",
    "AimedAt",
    "AlikeTexts",
    "BareHandOff",
    "CrowdedWeeks",
    "Fact",
    "IncompleteInitiative",
    "MetricStale",
    "MetricUnmoved",
    "MissingParts",
    "OpposedContacts",
    "OpposedEffects",
    "OverloadedPool",
    "PlannedContact",
    "PoolRequest",
    "PoolWeek",
    "ScoreDisputed",
    "SegmentUnserved",
    "ServingPart",
    "SharedDays",
    "SharedThings",
    "SingleDepartmentStage",
    "SplitParts",
    "StageLacks",
    "StageWithoutWork",
    "TenseEffects",
    "Who",
]

Fact = Annotated[
    AlikeTexts
    | SharedThings
    | SharedDays
    | OpposedContacts
    | CrowdedWeeks
    | OverloadedPool
    | PoolRequest
    | OpposedEffects
    | TenseEffects
    | SplitParts
    | ServingPart
    | MissingParts
    | StageWithoutWork
    | SingleDepartmentStage
    | StageLacks
    | BareHandOff
    | SegmentUnserved
    | MetricUnmoved
    | MetricStale
    | ScoreDisputed
    | IncompleteInitiative,
    Field(discriminator="kind"),
]
FACTS: TypeAdapter[tuple[Fact, ...]] = TypeAdapter(tuple[Fact, ...])
