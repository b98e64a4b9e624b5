"""What Concord does at set times: when it is due, and what became of each due time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from planning.schedules.cron import Cron


class ScheduleKind(StrEnum):
    """What is done when it is due."""

    EXECUTIVE = "executive"
    """The digest of the executives, in the channel that a steward chose."""
    DEPARTMENT = "department"
    """The digest of one department (`subject`), in its channel."""
    PERSONAL = "personal"
    """The list of what needs one person (`subject`), in the person's own zone."""
    CHECK_IN = "check_in"
    """Owners are asked how their initiatives stand."""
    PULSE = "pulse"
    """A few people tag the same initiatives to stages."""
    SEASON = "season"
    """The planning season of the coming quarter is opened."""
    NIGHTLY = "nightly"
    """Everything is found anew."""
    ESCALATION = "escalation"
    """What leads left unanswered is put before the executives."""


class OccurrenceState(StrEnum):
    """What became of a due time."""

    DUE = "due"
    """It waits to be done, from `not_before` on."""
    RUNNING = "running"
    """Somebody does it, until the lease ends."""
    DONE = "claimed"
    """Done; the word is that of the first release, whose replicas may still draw what was made of it."""
    SKIPPED = "skipped"
    """Left out, and `reason` says why."""
    FAILED = "failed"
    """Given up after several attempts."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something is due: at the local times of a cron in an IANA zone; never more than once a day."""

    id: int
    kind: ScheduleKind
    cron: Cron
    zone: str
    next_due_at: datetime
    subject: int = 0
    """The department or person whose own it is; 0 where it is the workspace's."""
    channel: str = ""
    paused: bool = False
    skips_at: datetime | None = None
    """The one due time that somebody wants left out."""

    def __str__(self) -> str:
        return f"{self.cron.said} ({self.zone})"


ASKED_BY = "asked_by"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due time of a schedule. `attempts` counts who took it on: only the last one may say what became of it."""

    id: int
    schedule: int
    due_at: datetime
    state: OccurrenceState
    claimed_at: datetime
    """When it was noticed, taken on or done, whichever came last."""
    content: dict[str, object] | None = None
    """What was made, as JSON: the digest as it was then. Until it is done, who wanted it out of turn."""
    reason: str = ""
    attempts: int = 0
    failures: int = 0
    leased_until: datetime | None = None
    not_before: datetime | None = None
    taken_over: bool = field(default=False, compare=False)
    """Whether it was claimed from somebody whose lease had ended."""

    @property
    def asked_by(self) -> int | None:
        """Who wants it out of turn; None where it was simply due, or is done."""
        by = (self.content or {}).get(ASKED_BY)
        return by if isinstance(by, int) else None


NextDue = Callable[[Schedule, datetime], datetime]
"""The first moment after the given one at which the schedule is due."""

LEASE = timedelta(minutes=5)
"""How long an occurrence belongs to whoever took it on; the longest of them, the nightly pass, takes seconds."""

LONGEST_WAIT = timedelta(days=1)
"""After which what has to wait is looked at again at the latest."""

GRACE: dict[ScheduleKind, timedelta] = {
    ScheduleKind.EXECUTIVE: timedelta(days=6, hours=23),
    ScheduleKind.DEPARTMENT: timedelta(days=6, hours=23),
    ScheduleKind.PERSONAL: timedelta(hours=3),
    ScheduleKind.CHECK_IN: timedelta(days=5),
    ScheduleKind.PULSE: timedelta(days=45),
    ScheduleKind.SEASON: timedelta(days=45),
    ScheduleKind.NIGHTLY: timedelta(hours=23),
    ScheduleKind.ESCALATION: timedelta(hours=23),
}
"""How late each may still be done; later it is recorded as skipped."""
