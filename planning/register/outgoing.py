"""Stores of what goes out, when, and of what was done."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from planning.audit.values import Entry, Sought
from planning.outbox.values import Delivery, Message, MessageKind, Posting
from planning.register.pages import Page
from planning.schedules.values import Occurrence, Schedule, ScheduleKind


class Postings(Protocol):
    """The side of the outbox that planning writes."""

    def add(self, posting: Posting, now: datetime) -> bool:
        """Queue it; False, and nothing changed, when its delivery key is known already."""
        ...

    def known(self, keys: Collection[str]) -> list[Posting]:
        """What was queued with these delivery keys."""
        ...

    def arrivals(self, kinds: Collection[MessageKind], subjects: Collection[int]) -> dict[int, Delivery]:
        """How far what was queued about these subjects has come; what Slack showed once was sent."""
        ...

    def revise(self, kind: MessageKind, *subjects: int) -> int:
        """Have every message of the kind about these subjects drawn again; the number of them."""
        ...

    def hasten(self, kind: MessageKind, subject: int) -> None:
        """Have what waits of the kind about this subject sent now."""
        ...

    def stuck(self, since: datetime, doubted_before: datetime, limit: int) -> Page[Message]:
        """Those queued since then that failed, or are in doubt and cannot be looked up; the newest first.

        Of one that is older than `doubted_before` it is not waited for whether it can be.
        """
        ...

    def resend(self, id: int) -> Posting | None:
        """Queue an uncertain or failed message again; None when it is neither."""
        ...

    def leave(self, id: int, *, waiting: bool = False) -> bool:
        """Never send one that failed or is in doubt (`waiting`: or that waits); False when it is something else."""
        ...

    def fail(self, message: Message, reason: str) -> bool:
        """A claimed message cannot be sent; False when it is no longer ours."""
        ...

    def unreadable(self, message: Message, not_before: datetime) -> bool:
        """A message in doubt cannot be looked up: its conversation goes on without it; whether that is news."""
        ...


class Schedules(Protocol):
    def all(self, kinds: Collection[ScheduleKind] = ()) -> list[Schedule]:
        """Every schedule, paused ones too; with kinds, only those."""
        ...

    def running(self, kind: ScheduleKind) -> int:
        """How many of a kind are not paused."""
        ...

    def by_id(self, id: int, *, lock: bool = False) -> Schedule: ...
    def of(self, kind: ScheduleKind, subject: int = 0) -> Schedule | None:
        """The one of a kind: the workspace's, or that of a department or person."""
        ...

    def due(self, now: datetime, limit: int) -> list[Schedule]:
        """Those due and not paused, the oldest first, locked; what another process has locked is left out."""
        ...

    def due_after(self, moment: datetime) -> list[Schedule]:
        """Those that are due later than a moment and not paused."""
        ...

    def add(self, schedule: Schedule) -> Schedule:
        """Store one (its `id` is ignored and assigned)."""
        ...

    def save(self, schedule: Schedule) -> None: ...
    def occur(self, occurrence: Occurrence) -> Occurrence | None:
        """Write a due time (its `id` is ignored and assigned); None when it is known already."""
        ...

    def claim(self, now: datetime, lease: timedelta) -> Occurrence | None:
        """Take on the oldest that waits or whose doer has not come back; it is ours until the lease ends."""
        ...

    def hold(self, occurrence: Occurrence) -> bool:
        """Whether it is still ours; if so, nobody claims it before this unit ends, whatever their clock says."""
        ...

    def settle(self, occurrence: Occurrence) -> bool:
        """Write what became of it; False, and nothing is written, when somebody has claimed it since."""
        ...

    def leave_out(self, schedule: int, now: datetime, reason: str) -> None:
        """Skip what waits of a schedule and is not being done."""
        ...

    def occurrence(self, id: int) -> Occurrence: ...
    def history(self, schedule: int, limit: int) -> Page[Occurrence]:
        """What became of its due times, the newest first."""
        ...

    def latest(self, schedules: Sequence[int]) -> dict[int, Occurrence]:
        """Schedule id → what became of its newest due time."""
        ...

    def last_done_at(self, schedule: int) -> datetime | None: ...
    def made_since(self, since: datetime) -> list[int]:
        """The ids of the occurrences that were done since then."""
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

    def page(self, sought: Sought, limit: int, offset: int = 0) -> Page[Entry]:
        """Those that are looked for, the newest first."""
        ...
