"""What is kept and for how long, how far forgetting has come, and where somebody has left traces."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

GONE = "Somebody who left"
"""The name under which stays what somebody whose data was deleted did together with others."""


class Kept(StrEnum):
    """What is forgotten when it is over and old."""

    MESSAGES = "messages"
    """What delivery has to know of a message to edit it and to answer in its thread."""
    DUE_TIMES = "due_times"
    """What became of each due time, with the digest as it was then."""
    CHECK_INS = "check_ins"
    """What owners answered, but for the last word on each initiative."""


@dataclass(frozen=True, slots=True)
class Term:
    """Days: as usual, and the fewest and most that a steward may choose."""

    usual: int
    least: int
    most: int = 3650


TERMS: Mapping[Kept, Term] = {
    Kept.MESSAGES: Term(180, 120),
    Kept.DUE_TIMES: Term(400, 120),
    Kept.CHECK_INS: Term(400, 120),
}
"""The fewest outlast a quarter where something is asked for, or compared with, once a quarter."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the forgetting of a workspace has come."""

    night: int = 0
    """The day of the last night that is over, as an ordinal."""
    place: int = 0
    """Which sort of thing is gone through."""
    looked: int = 0
    """The number of the last one looked at."""
    done: int = 0
    """Portions of this night."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What came of one portion: looked at as far as that number, and nothing old is left behind it when `whole`."""

    kept: Kept
    looked: int
    forgotten: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A row that is about somebody, as JSON values: tied to them, or only naming them in a text."""

    table: str
    row: Mapping[str, object]
    tied: bool = True
