"""Initiatives as files speak of them: by names instead of the register's ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planning.initiatives.values import Intent, Status
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.window import Window


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A planned contact."""

    segment: str
    touchpoint: str
    intent: Intent
    window: Window


@dataclass(frozen=True, slots=True)
class NamedEffect:
    """What an initiative is meant to do to a metric."""

    metric: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class NamedRequest:
    """What an initiative wants of a resource pool."""

    pool: str
    person_weeks: float
    window: Window


@dataclass(frozen=True, slots=True)
class NamedDraft:
    """What is said of an initiative."""

    title: str = ""
    problem: str = ""
    department: str = ""
    owner: str = ""
    status: Status = Status.PLANNED
    starts_on: date | None = None
    ends_on: date | None = None
    stages: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    contacts: tuple[NamedContact, ...] = ()
    effects: tuple[NamedEffect, ...] = ()
    requests: tuple[NamedRequest, ...] = ()
    links: tuple[str, ...] = ()
    serves: str = ""
    supplies: tuple[Part, ...] = ()
    movable: Window | None = None
    extras: Mapping[str, str] = field(default_factory=dict)
