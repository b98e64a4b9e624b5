"""Stores of what goes out, when, and of what was done."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from planning.audit.values import Entry
from planning.digests.values import Digest, Occurrence, Schedule
from planning.outbox.values import Message, MessageKind, Posting
from planning.register.pages import Page


class Postings(Protocol):
    """The side of the outbox that planning writes."""

    def add(self, posting: Posting, now: datetime) -> bool:
        """Queue it; False, and nothing changed, when its delivery key is known already."""
        ...

    def known(self, keys: Collection[str]) -> list[Posting]:
        """What was queued with these delivery keys."""
        ...

    def revise(self, kind: MessageKind, *subjects: int) -> int:
        """Have every message of the kind about these subjects drawn again; the number of them."""
        ...

    def hasten(self, kind: MessageKind, subject: int) -> None:
        """Have what waits of the kind about this subject sent now."""
        ...

    def stuck(self, since: datetime, doubted_before: datetime, limit: int) -> Page[Message]:
        """Those queued since then that failed, or are in doubt and older than `doubted_before`; the newest first."""
        ...

    def resend(self, id: int) -> Posting | None:
        """Queue an uncertain or failed message again; None when it is neither."""
        ...


class Schedules(Protocol):
    def all(self) -> list[Schedule]: ...
    def by_id(self, id: int) -> Schedule: ...
    def due(self, now: datetime) -> list[Schedule]:
        """Those due and not paused, locked; what another process has locked is left out."""
        ...

    def add(self, schedule: Schedule) -> Schedule: ...
    def save(self, schedule: Schedule) -> None: ...
    def claim(self, schedule: int, due_at: datetime, now: datetime, digest: Digest) -> Occurrence | None:
        """Write the occurrence; None when that due time is taken already."""
        ...

    def skip(self, schedule: int, due_at: datetime, now: datetime, reason: str) -> None: ...
    def occurrence(self, id: int) -> Occurrence: ...
    def last_digest_at(self, schedule: int) -> datetime | None: ...
    def made_since(self, since: datetime) -> list[int]:
        """The ids of the occurrences of which a digest was made since then."""
        ...


class Audit(Protocol):
    def add(self, entry: Entry) -> None: ...
    def add_all(self, entries: Sequence[Entry]) -> None:
        """Many at once, in this order."""
        ...

    def last(self, names: Sequence[str]) -> Entry | None:
        """The newest one whose verb or subject is one of these."""
        ...

    def since(self, since: datetime | None) -> Iterator[Entry]:
        """In order of time, oldest first."""
        ...
