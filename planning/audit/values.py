"""The append-only record of who did what."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: verb (such as `initiative.registered`), subject (such as `initiative:12`), by whom, when."""

    at: datetime
    verb: str
    subject: str
    actor: int | None = None
    details: dict[str, object] = field(default_factory=dict)
    """JSON values; never tokens."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the log; everything where nothing is said."""

    verb: str = ""
    """Or what verbs begin with, up to the dot."""
    subject: str = ""
    person: int | None = None
    """Who did it, or to whom it was done."""
