"""Polls: what a sample of people is asked blind, each by themselves, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.agreement.answers import Answer
from planning.agreement.results import Result


class PollKind(StrEnum):
    """What is asked."""

    NAMING = "naming"
    """To name the stages of the customer's journey, in order."""
    PULSE = "pulse"
    """To say on which stage each of the same few initiatives works."""
    SCORE = "score"
    """To name a stage's measure and its target; asked of the leads who share it."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One round of asking.

    At most `size` people of each department are drawn with `seed`, so that anybody can draw them again.
    `about` holds the ids of the initiatives of a pulse, of the one stage of a score test, of nothing in a naming round.
    """

    id: int
    kind: PollKind
    opened_at: datetime
    closes_at: datetime
    opened_by: int | None
    """A person's id; None when it began by itself."""
    size: int
    seed: int
    about: tuple[int, ...] = ()
    next_at: datetime | None = None
    """When it has to be looked at next, to remind or to close; None once it is closed."""
    closed_at: datetime | None = None
    result: Result | None = None
    """What came of it; None while it is open, and when it was called off."""

    @property
    def open(self) -> bool:
        """Whether answers are still taken."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person asked in a poll, with their answer; nobody else ever sees it."""

    id: int
    poll: int
    person: int
    department: int
    reminded_at: datetime | None = None
    answered_at: datetime | None = None
    answer: Answer | None = None
