"""Findings: overlaps and gaps with an identity, the facts behind them and what people said of them."""

import hashlib
from collections.abc import Iterable
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
    SPLIT_PROBLEM = "split_problem"
    CONTACT_COLLISION = "contact_collision"
    CONTACT_CROWDING = "contact_crowding"
    RESOURCE_CONTENTION = "resource_contention"
    METRIC_CONFLICT = "metric_conflict"
    STAGE_WITHOUT_WORK = "stage_without_work"
    STAGE_WITHOUT_OWNER = "stage_without_owner"
    STAGE_WITHOUT_METRIC = "stage_without_metric"
    SINGLE_DEPARTMENT_STAGE = "single_department_stage"
    BARE_HAND_OFF = "bare_hand_off"
    SEGMENT_UNSERVED = "segment_unserved"
    METRIC_OFF_TARGET_UNMOVED = "metric_off_target_unmoved"
    METRIC_STALE = "metric_stale"
    SCORE_DISPUTED = "score_disputed"
    PROBLEM_FIX_INCOMPLETE = "problem_fix_incomplete"
    INITIATIVE_INCOMPLETE = "initiative_incomplete"

    @property
    def kind(self) -> Kind:
        """Whether the rule finds overlaps or gaps."""
        return Kind.OVERLAP if self in OVERLAP_RULES else Kind.GAP


OVERLAP_RULES = frozenset(
    (
        *(Rule.DUPLICATE_EFFORT, Rule.SPLIT_PROBLEM, Rule.CONTACT_COLLISION, Rule.CONTACT_CROWDING),
        *(Rule.RESOURCE_CONTENTION, Rule.METRIC_CONFLICT),
    )
)


class Subject(StrEnum):
    """What a finding can be about."""

    INITIATIVE = "initiative"
    STAGE = "stage"
    HAND_OFF = "hand_off"
    SEGMENT = "segment"
    METRIC = "metric"
    PROBLEM = "problem"
    POOL = "pool"


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One thing that a finding is about, by its id."""

    kind: Subject
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def members(initiatives: Iterable[int], *others: Member) -> tuple[Member, ...]:
    """The members of a finding in their order."""
    return tuple(sorted({*others, *(Member(Subject.INITIATIVE, id) for id in initiatives)}))


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
        return f"{self.rule}|{','.join(map(str, self.members))}"

    @property
    def thread(self) -> str:
        """What stays the same while initiatives join and leave: the rule and its members that are no initiatives."""
        lasting = [member for member in self.members if member.kind is not Subject.INITIATIVE] or self.members
        return f"{self.rule}|{','.join(map(str, lasting))}"

    @property
    def covers(self) -> frozenset[str]:
        """What a verdict given now would cover: its members and the essence of each fact, hashed to be short."""
        essences = (essence for fact in self.facts for essence in fact.essences)
        return frozenset(map(_hashed, (*map(str, self.members), *essences)))

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
        return tuple(member.id for member in self.members if member.kind is Subject.INITIATIVE)


_REASONS = dict.fromkeys(Rule, 1) | {Rule.DUPLICATE_EFFORT: 2}
"""How many facts carry a finding when it is told briefly."""


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Choice(StrEnum):
    """What a person said of a finding."""

    PLAN = "plan"
    COORDINATE = "coordinate"
    JOIN = "join"
    DIFFERENT = "different"
    SNOOZE = "snooze"
    LEAVE = "leave"
    """Executives leave it as it is."""


DISMISSING = frozenset({Choice.DIFFERENT, Choice.LEAVE})
"""The choices after which it is not reported again while its facts hold."""
SETTLING = frozenset({Choice.PLAN, Choice.COORDINATE, Choice.JOIN})
"""The choices by which leads take a finding on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A choice, who made it and when; `covers` says which members and facts it is about, `until` ends a snooze."""

    choice: Choice
    by: int
    at: datetime
    covers: frozenset[str]
    until: datetime | None = None

    def holds(self, found: Found) -> bool:
        """Whether it still says something about the finding.

        A dismissal holds while no member joins and no fact goes beyond those dismissed; members and facts may go.
        What was settled holds until a member joins that had no part in it.
        """
        if self.choice in DISMISSING:
            return found.covers <= self.covers
        return {_hashed(str(member)) for member in found.members} <= self.covers


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
