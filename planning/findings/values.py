"""Findings: overlaps and gaps with an identity, the facts behind them and what people said of them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.findings.facts import Fact


class Kind(StrEnum):
    """A finding either ties initiatives together or says that something is missing."""

    OVERLAP = "overlap"
    GAP = "gap"


class Rule(StrEnum):
    """Which rule found it."""

    DUPLICATE_EFFORT = "duplicate_effort"
    CONTACT_COLLISION = "contact_collision"
    STAGE_WITHOUT_WORK = "stage_without_work"
    SINGLE_DEPARTMENT_STAGE = "single_department_stage"
    INITIATIVE_INCOMPLETE = "initiative_incomplete"

    @property
    def kind(self) -> Kind:
        """Whether the rule finds overlaps or gaps."""
        return Kind.OVERLAP if self in (Rule.DUPLICATE_EFFORT, Rule.CONTACT_COLLISION) else Kind.GAP


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """What a finding is about: an initiative or a stage."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def initiative_member(id: int) -> Member:
    """The member for an initiative."""
    return Member("initiative", id)


def stage_member(id: int) -> Member:
    """The member for a stage."""
    return Member("stage", id)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says should exist: `score` is 0 to 1, members are sorted."""

    rule: Rule
    members: tuple[Member, ...]
    score: float
    facts: tuple[Fact, ...]

    @property
    def key(self) -> str:
        """The identity: the rule and its sorted members."""
        return f"{self.rule}|{','.join(str(member) for member in self.members)}"

    @property
    def fingerprint(self) -> str:
        """Changes exactly when the essence of the facts changes."""
        return hashlib.sha256("\n".join(fact.essence for fact in self.facts).encode()).hexdigest()[:32]

    @property
    def why(self) -> str:
        """The strongest reasons, in at most two sentences."""
        return " ".join(fact.sentence for fact in self.facts[: _REASONS[self.rule]])

    @property
    def pair(self) -> tuple[int, int] | None:
        """The ids of its two initiatives, smaller first; None when it is not about two."""
        ids = self.initiatives()
        return (ids[0], ids[1]) if len(ids) == 2 else None

    def initiatives(self) -> tuple[int, ...]:
        """The ids of the initiatives among the members."""
        return tuple(member.id for member in self.members if member.kind == "initiative")


_REASONS = dict.fromkeys(Rule, 1) | {Rule.DUPLICATE_EFFORT: 2}
"""How many facts carry a finding when it is told briefly."""


class Choice(StrEnum):
    """What a person said of a finding."""

    PLAN = "plan"
    COORDINATE = "coordinate"
    JOIN = "join"
    DIFFERENT = "different"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A choice, who made it and when; `fingerprint` says which facts it covers, `until` ends a snooze."""

    choice: Choice
    by: int
    at: datetime
    fingerprint: str
    until: datetime | None = None


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    SNOOZED = "snoozed"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    CLOSED = "closed"


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

    def state(self, now: datetime) -> State:
        """Where it stands at a moment: a dismissal covers its facts only, a snooze ends."""
        if self.closed_at is not None:
            return State.CLOSED
        if self.verdict is None:
            return State.OPEN
        return _STANDS[self.verdict.choice](self.verdict, self.found.fingerprint, now)


def _dismissed(verdict: Verdict, fingerprint: str, _now: datetime) -> State:
    return State.DISMISSED if verdict.fingerprint == fingerprint else State.OPEN


def _snoozed(verdict: Verdict, _fingerprint: str, now: datetime) -> State:
    return State.SNOOZED if verdict.until is not None and now < verdict.until else State.OPEN


def _settled(_verdict: Verdict, _fingerprint: str, _now: datetime) -> State:
    return State.SETTLED


_STANDS = {
    Choice.PLAN: _settled,
    Choice.COORDINATE: _settled,
    Choice.JOIN: _settled,
    Choice.DIFFERENT: _dismissed,
    Choice.SNOOZE: _snoozed,
}
