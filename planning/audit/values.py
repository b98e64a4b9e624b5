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
