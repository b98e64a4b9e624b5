"""The changes that a proposal can make, each naming what it changes and how that was before."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from planning.findings.facts import Who


class Days(BaseModel):
    """Days from `start` to `end`, both included."""

    model_config = ConfigDict(frozen=True)

    start: date
    end: date


class Moved(Who):
    """An initiative begins earlier or later, with all that it plans; `weeks` below 0 is earlier."""

    kind: Literal["moved"] = "moved"
    weeks: int
    before: Days
    after: Days


class ContactMoved(Who):
    """One planned contact goes out in other days; it is named by its ids and its days before."""

    kind: Literal["contact_moved"] = "contact_moved"
    segment: int
    touchpoint: int
    intent: str
    segment_name: str
    touchpoint_name: str
    before: Days
    after: Days


class RequestMoved(Who):
    """The people are wanted in other weeks; with more days than before, the pool is shared at a lower pace."""

    kind: Literal["request_moved"] = "request_moved"
    pool: int
    pool_name: str
    person_weeks: float
    before: Days
    after: Days

    @property
    def shared(self) -> bool:
        """Whether it is spread over more time, so that others can work with the pool at once."""
        return (self.after.end - self.after.start) > (self.before.end - self.before.start)


class Asked(BaseModel):
    """What an initiative asks of a pool."""

    model_config = ConfigDict(frozen=True)

    pool: int
    person_weeks: float
    days: Days


class Merged(Who):
    """An initiative is given up for another one that does the same."""

    kind: Literal["merged"] = "merged"
    into: int
    into_title: str
    into_department: str
    asked: tuple[Asked, ...] = ()
    """What the other one asks for itself: it takes over what is larger."""


Change = Annotated[Moved | ContactMoved | RequestMoved | Merged, Field(discriminator="kind")]


class ChangeKind(StrEnum):
    """The kinds of change, for wishes."""

    MOVED = "moved"
    CONTACT_MOVED = "contact_moved"
    REQUEST_MOVED = "request_moved"
    MERGED = "merged"
