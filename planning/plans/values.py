"""Plans: what leads have agreed to do together, who gives what, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planning.proposals.values import About


class PlanState(StrEnum):
    """How far a plan is."""

    OPEN = "open"
    """Its people talk; not all departments have accepted it."""
    ACCEPTED = "accepted"
    """All departments have accepted it, and the initiatives follow it."""
    CLOSED = "closed"
    """Its outcome is known."""
    OFF = "off"
    """Taken back."""


class Outcome(StrEnum):
    """What came of a plan."""

    KEPT = "kept"
    PARTLY = "partly"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a department gives: person-weeks of a pool from a day on; `delivered` once that is known."""

    department: int
    pool: int
    person_weeks: float
    starts_on: date
    delivered: float | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A lead accepts a revision of the plan for a department."""

    department: int
    by: int
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed; both leads accept it or change it, and a change asks the others anew."""

    goal: str = ""
    metric: int | None = None
    due_on: date | None = None
    """The one day on which the customer gets the whole of it."""
    session_at: datetime | None = None
    """When they sit together."""
    review_on: date | None = None
    decisions: str = ""
    """One in each line."""
    proposal: int | None = None
    """The proposal whose changes are part of it."""
    pledges: tuple[Pledge, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether they have all that it takes to be accepted."""
        return bool(self.goal) and self.due_on is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """A shared plan of departments; `people` are in its one conversation."""

    id: int
    about: About
    opened_at: datetime
    opened_by: int | None
    departments: tuple[int, ...]
    people: tuple[int, ...]
    initiatives: tuple[int, ...]
    """Those that it is about."""
    finding: int | None = None
    state: PlanState = PlanState.OPEN
    revision: int = 1
    changed_at: datetime | None = None
    terms: Terms = Terms()
    acceptances: tuple[Acceptance, ...] = ()
    accepted_at: datetime | None = None
    applied: int | None = None
    """The proposal whose changes the initiatives have taken over by now; it is never applied twice."""
    outcome: Outcome | None = None
    came_of_it: str = ""
    """In the words of who told the outcome."""
    closed_at: datetime | None = None
    closed_by: int | None = None
    next_at: datetime | None = None
    """When there is something to remind of or to ask next."""
    reminded: int = 0
    """How many of its reminders were sent."""
