"""Raising a hand: what a person can take on, so that somebody looks after it."""

from dataclasses import dataclass
from enum import StrEnum


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
