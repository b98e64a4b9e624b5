"""A change whose findings are brought up to date behind the acknowledgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planning.findings.values import Choice
from planning.initiatives.values import Initiative


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed; kept until everything that depends on it has been found anew.

    `changed` are initiatives as they were before and as they are now; None means that anything may have changed.
    """

    changed: tuple[Initiative, ...] | None
    actor: int | None = None
    """The person who did it, who is not told of it."""
    confirmed: tuple[tuple[int, int], ...] = ()
    """Pairs that a registrant has just said to be worth coordinating."""
    answers: Mapping[int, Choice] = field(default_factory=dict)
    """What a registrant said on saving, by the other initiative's id: of the first one that was changed."""
    nightly: bool = False
    """Whether the portfolio is measured afterwards, as after a night."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A change that waits; `attempts` counts who took it on: only the last one may settle it."""

    id: int
    change: Change
    attempts: int = 0
    taken_over: bool = False
    """Whether it was claimed from somebody whose lease had ended."""
