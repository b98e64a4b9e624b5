"""A finding on record, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.findings.values.found import Found
from planning.findings.values.verdicts import DISMISSING, Choice, Verdict


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    SNOOZED = "snoozed"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Handed:
    """A person whom it concerns has asked a colleague (`to`) to decide it."""

    to: int
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on record.

    `closed_at` is set while its cause is gone; `answer` is what the registrant said of it on saving.
    """

    id: int
    found: Found
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None = None
    verdict: Verdict | None = None
    answer: Verdict | None = None
    owner: int | None = None
    """The id of the person who raised a hand for it."""
    handed: Handed | None = None

    def state(self, now: datetime) -> State:
        """Where it stands at a moment: a verdict lasts while it holds, a snooze ends."""
        if self.closed_at is not None:
            return State.CLOSED
        if self.verdict is None or not self.verdict.holds(self.found):
            return State.OPEN
        if self.verdict.choice is Choice.SNOOZE:
            return State.SNOOZED if self.verdict.until is not None and now < self.verdict.until else State.OPEN
        return State.DISMISSED if self.verdict.choice in DISMISSING else State.SETTLED
