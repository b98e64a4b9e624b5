"""Initiatives: the "customer" projects that departments register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.window import Window


class Status(StrEnum):
    """How far an initiative is."""

    IDEA = "idea"
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


LIVE = frozenset({Status.IDEA, Status.PLANNED, Status.ACTIVE, Status.PAUSED})
"""Only live initiatives take part in overlaps."""


class Intent(StrEnum):
    """What a planned contact wants of the customer."""

    INFORM = "inform"
    SURVEY = "survey"
    WIN = "win"
    CROSS_SELL = "cross-sell"
    ONBOARD = "onboard"
    RENEW = "renew"
    WIN_BACK = "win-back"
    BILL = "bill"
    COLLECT = "collect"
    RESTRICT = "restrict"
    CANCEL = "cancel"
    APOLOGISE = "apologise"


@dataclass(frozen=True, slots=True)
class Contact:
    """A planned communication to a segment by a touchpoint (ids of the journey)."""

    segment: int
    touchpoint: int
    intent: Intent
    window: Window


@dataclass(frozen=True, slots=True)
class Effect:
    """What an initiative is meant to do to a metric (its id)."""

    metric: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class Request:
    """What an initiative wants of a resource pool (its id): person-weeks, spread over its working days."""

    pool: int
    person_weeks: float
    window: Window


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says of an initiative, before it has a number."""

    title: str
    problem: str
    department: int
    owner: int | None = None
    status: Status = Status.PLANNED
    starts_on: date | None = None
    ends_on: date | None = None
    stages: tuple[int, ...] = ()
    segments: tuple[int, ...] = ()
    touchpoints: tuple[int, ...] = ()
    contacts: tuple[Contact, ...] = ()
    effects: tuple[Effect, ...] = ()
    requests: tuple[Request, ...] = ()
    links: tuple[str, ...] = ()
    serves: int | None = None
    """The id of the customer problem that it serves, when it names one."""
    supplies: tuple[Part, ...] = ()
    """The parts of that problem's complete fix that it brings."""
    movable: Window | None = None
    """The days within which it may be moved as a whole; None where nobody said."""
    extras: Mapping[str, str] = field(default_factory=dict)
    """Columns of an import that Concord keeps and gives back but does not use yet."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """A registered initiative; `id` counts from 1 in each workspace and is shown as CX-1, CX-2, …"""

    id: int
    draft: Draft
    registered_at: datetime
    changed_at: datetime
    registered_by: int | None = None
    joined: int | None = None
    """The initiative that this one was given up for; a joined one is no longer live."""
    source: str = ""
    source_id: str = ""
    """Where it comes from, unique together: an import and the row's id in it, or `slack` and the id of the form."""

    @property
    def reference(self) -> str:
        """The name that people use in commands, such as CX-12."""
        return f"CX-{self.id}"

    @property
    def live(self) -> bool:
        """Whether it takes part in overlaps and coverage."""
        return self.draft.status in LIVE and self.joined is None

    @property
    def window(self) -> Window | None:
        """Its days, when both ends are known and in order."""
        start, end = self.draft.starts_on, self.draft.ends_on
        return Window(start, end) if start and end and start <= end else None
