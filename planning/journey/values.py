"""The customer's journey: ordered stages, segments of customers, and touchpoints."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the journey; `weight` is its importance, 1 to 5."""

    id: int
    name: str
    position: int
    definition: str = ""
    customer_goal: str = ""
    intent: str = ""
    """What the customer should think, feel and be able to do."""
    weight: int = 3
    owner: int | None = None
    """The accountable person's id."""
    brand_value: str = ""
    """What of the brand the stage is to bring to life."""


WEEKLY_CONTACTS = 3
"""As many contacts in a week as a segment bears, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers, perhaps part of a larger one (`parent`, a segment's id).

    `weight` is its importance, 1 to 5; more contacts than `weekly_contacts` in one Monday-to-Sunday week are too many.
    """

    id: int
    name: str
    parent: int | None = None
    weight: int = 3
    weekly_contacts: int = WEEKLY_CONTACTS


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A way in which customers meet the company."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class HandOff:
    """The edge from one stage to another (ids), with the departments that give and receive and its metric."""

    id: int
    before: int
    after: int
    giver: int | None = None
    receiver: int | None = None
    metric: int | None = None
    owner: int | None = None
    """The id of the person who raised a hand for it."""


@dataclass(frozen=True)
class Journey:
    """The stages in order, with the segments, touchpoints and hand-offs that go with them."""

    version: int
    stages: tuple[Stage, ...] = ()
    segments: tuple[Segment, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    hand_offs: tuple[HandOff, ...] = ()

    def stage_names(self) -> dict[int, str]:
        """Stage id → name."""
        return {stage.id: stage.name for stage in self.stages}

    def segment_names(self) -> dict[int, str]:
        """Segment id → name."""
        return {segment.id: segment.name for segment in self.segments}

    def touchpoint_names(self) -> dict[int, str]:
        """Touchpoint id → name."""
        return {touchpoint.id: touchpoint.name for touchpoint in self.touchpoints}

    def lineages(self) -> dict[int, tuple[int, ...]]:
        """Segment id → that segment and all that it is part of, the largest last."""
        return self._lineages

    @cached_property
    def _lineages(self) -> dict[int, tuple[int, ...]]:
        parents = {segment.id: segment.parent for segment in self.segments}
        return {id: _upwards(id, parents) for id in parents}


def _upwards(id: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    line: list[int] = []
    current: int | None = id
    while current is not None and current not in line:
        line.append(current)
        current = parents.get(current)
    return tuple(line)
