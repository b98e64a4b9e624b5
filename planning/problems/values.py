"""Customer problems: what hurts customers, in their words, and the parts that a complete fix needs."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a complete fix."""

    POLICY = "policy"
    PROCESS = "process"
    SYSTEM = "system"
    PEOPLE = "people"
    MESSAGE = "message"
    MEASURE = "measure"
    HAND_OFF = "hand-off"


@dataclass(frozen=True, slots=True)
class Problem:
    """A customer problem; `needs` are the parts of a complete fix, in the order in which they were named."""

    id: int
    name: str
    statement: str = ""
    needs: tuple[Part, ...] = ()
    owner: int | None = None
    """The id of the person who raised a hand for it."""
