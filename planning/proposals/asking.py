"""A proposal that was asked for: on record from the first moment, computed in the background."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.proposals.values import About, Proposed, Wishes

NO_WISHES = Wishes()


class Progress(StrEnum):
    """How far the computing is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Asked for by a person (None: by Concord itself); `best` is the best found so far.

    Whoever computes it holds it until `leased_until`; when that ends without an answer, another one takes over.
    """

    id: int
    about: About
    asked_at: datetime
    asked_by: int | None = None
    plan: int | None = None
    """The plan for which it was asked."""
    wishes: Wishes = NO_WISHES
    progress: Progress = Progress.WAITING
    best: Proposed | None = None
    stop: bool = False
    """Somebody has had enough of waiting."""
    leased_until: datetime | None = None
    attempts: int = 0
    done_at: datetime | None = None
    failure: str = ""
    """Why nothing was computed, in a sentence for people."""
