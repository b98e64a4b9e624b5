"""Decisions that executives are asked for, because the leads have not answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ruling(StrEnum):
    """What executives say."""

    APPROVE = "approve"
    """The computed proposal is done, or the leads plan it together."""
    DELEGATE = "delegate"
    """One person decides it for them."""
    DECLINE = "decline"
    """It stays as it is."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One finding that waits too long; asked for once, told in digests until it is answered or no longer needed."""

    id: int
    finding: int
    asked_at: datetime
    proposal: int | None = None
    """What Concord proposes to do."""
    ruling: Ruling | None = None
    by: int | None = None
    at: datetime | None = None
    delegate: int | None = None
    """The person who decides in their place."""
    plan: int | None = None
    """The one on which its people do not agree, or which an approval has begun."""
    told_at: datetime | None = None
    """When a digest told what became of it."""
