"""Stores of what is kept, for how long, and about whom."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from planning.data.values import Kept, Portion, Progress, Trace
from planning.workspace.values import Person


class Keeping(Protocol):
    """Forgets what is over and old."""

    def progress(self) -> Progress: ...
    def save(self, progress: Progress) -> None: ...
    def forget(self, kept: Kept, before: datetime, after: int, limit: int) -> Portion:
        """Go through at most so many from a number on, and forget those older than that which nothing needs."""
        ...


class Personal(Protocol):
    """What is kept about one person."""

    def traces(self, person: Person, *, texts: bool = False) -> Iterator[Trace]:
        """Each row that is tied to them; with `texts`, then those that only name them."""
        ...

    def own(self, person: Person) -> Mapping[str, int]:
        """How many rows are only theirs and would go, by what they are."""
        ...

    def erase(self, person: Person, *, named: bool = True) -> None:
        """Delete what is only theirs, and take their Slack id, and where `named` their name, out of all copies."""
        ...
