"""Ratification: every department's lead agrees to each stage of the journey, or objects and says why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskedStage:
    """A stage as it was put to the leads."""

    id: int
    name: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Ratification:
    """One asking of all departments; open until a steward ratifies or puts another one in its place."""

    id: int
    stages: tuple[AskedStage, ...]
    opened_at: datetime
    opened_by: int
    closed_at: datetime | None = None
    ratified_by: int | None = None
    """The steward who ratified it; None while it is open, and when another one took its place."""
    over: int = 0
    """How many objections stood when it was ratified."""
    asked: tuple[tuple[int, int], ...] = ()
    """Department and person, by their ids: who was asked for which."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a department says of a stage, by one of its leads; the last word counts."""

    department: int
    stage: int
    by: int
    agrees: bool
    reason: str
    at: datetime
