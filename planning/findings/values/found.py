"""What a rule says should exist: what it is about, how strong it is, and the facts behind it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from planning.findings.facts import Fact
from planning.findings.values.rules import Rule


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
        return frozenset(map(hashed, (*map(str, self.members), *essences)))

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


def hashed(text: str) -> str:
    """A text as verdicts remember it: short, and the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
