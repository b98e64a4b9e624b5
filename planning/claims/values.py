"""Raising a hand: what a person can take on, so that somebody looks after it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Claimable(StrEnum):
    """The kinds of things of which somebody can say: this one is mine."""

    STAGE = "stage"
    HAND_OFF = "hand_off"
    PROBLEM = "problem"
    GAP = "gap"
    """A finding that says that something is missing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One of them, by its id."""

    kind: Claimable
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """What `str` made of one."""
        kind, _, id = text.partition(":")
        return cls(Claimable(kind), int(id))


@dataclass(frozen=True, slots=True)
class Held:
    """What can be looked after, by its name, and the id of the person who does."""

    claim: Claim
    name: str
    owner: int | None

    @property
    def words(self) -> str:
        """What it is, within a sentence."""
        return _WORDS[self.claim.kind].format(self.name.removesuffix("."))


_WORDS = {
    Claimable.STAGE: "the stage “{}”",
    Claimable.HAND_OFF: "the hand-off “{}”",
    Claimable.PROBLEM: "the customer problem “{}”",
    Claimable.GAP: "the gap “{}”",
}
