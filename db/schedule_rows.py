"""The tables of schedules and of what became of each due time."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Index, Select, UniqueConstraint, and_, exists, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Numbered, Row, within
from planning.schedules.cron import Cron
from planning.schedules.values import LEASE, LONGEST_WAIT, Occurrence, OccurrenceState, Schedule, ScheduleKind

OPEN = text("state IN ('due', 'running')")
"""The few occurrences for which there is something to do."""
RUNS = text("NOT paused")
_MANY = 1_000_000
NEVER = datetime.max.replace(tzinfo=UTC)


class ScheduleRow(Numbered, Row):
    """When something is due.

    `weekday`, `hour`, `minute` and `next_due_at` are what a replica of the release before reads while replicas are
    restarted one by one; it knows the executive digest only, so the others have no due time there.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject"),
        Index(None, "next_due_at"),
        Index("ix_schedules_due_at", "due_at", sqlite_where=RUNS, postgresql_where=RUNS),
        Index("ix_schedules_workspace_due_at", "workspace_id", "due_at", sqlite_where=RUNS, postgresql_where=RUNS),
    )

    kind: Mapped[ScheduleKind] = mapped_column(server_default=ScheduleKind.EXECUTIVE.value)
    subject: Mapped[int] = mapped_column(server_default="0")
    channel: Mapped[str]
    cron: Mapped[str] = mapped_column(server_default="")
    zone: Mapped[str]
    due_at: Mapped[datetime | None]
    paused: Mapped[bool]
    skips_at: Mapped[datetime | None]
    weekday: Mapped[int] = mapped_column(server_default="0")
    hour: Mapped[int] = mapped_column(server_default="0")
    minute: Mapped[int] = mapped_column(server_default="0")
    next_due_at: Mapped[datetime | None]

    def fill(self, schedule: Schedule) -> None:
        """Take over what the value says."""
        self.kind, self.subject, self.channel = schedule.kind, schedule.subject, schedule.channel
        self.cron, self.zone, self.due_at = schedule.cron.text, schedule.zone, schedule.next_due_at
        self.paused, self.skips_at = schedule.paused, schedule.skips_at
        self.weekday = min(schedule.cron.weekdays)
        self.hour, self.minute = schedule.cron.hour, schedule.cron.minute
        self.next_due_at = schedule.next_due_at if schedule.kind is ScheduleKind.EXECUTIVE else None

    def value(self) -> Schedule:
        """The row as planning knows it; one that a replica of the release before wrote has no cron."""
        cron = Cron.of(self.cron) if self.cron else Cron.weekly(frozenset({self.weekday}), self.hour, self.minute)
        due_at = self.due_at or self.next_due_at or NEVER
        rest = (self.subject, self.channel, self.paused, self.skips_at)
        return Schedule(self.id, self.kind, cron, self.zone, due_at, *rest)


KNOWN = ScheduleRow.kind.in_([*ScheduleKind])
"""What a newer release does beside this one is left to that."""


class OccurrenceRow(Numbered, Row):
    """A due time, once; `attempts` counts the claims, so that only the last one to claim it may settle it."""

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("workspace_id", "schedule_id", "due_at"),
        within("schedule_id", "schedules"),
        Index("ix_occurrences_open", "workspace_id", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    schedule_id: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[OccurrenceState]
    claimed_at: Mapped[datetime]
    digest: Mapped[dict[str, object] | None]
    reason: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default="0")
    failures: Mapped[int] = mapped_column(server_default="0")
    leased_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]

    def value(self) -> Occurrence:
        """The row as planning knows it."""
        made = (self.claimed_at, self.digest, self.reason, self.attempts, self.failures)
        return Occurrence(self.id, self.schedule_id, self.due_at, self.state, *made, self.leased_until, self.not_before)


def schedule_due(now: datetime) -> ColumnElement[bool]:
    """Whether a schedule's time has come."""
    return and_(RUNS, KNOWN, ScheduleRow.due_at <= now)


def in_workspaces(now: datetime) -> Select[str]:
    """The workspaces of the schedules that are due; the limit has SQLite read those, and not all by workspace."""
    due = select(ScheduleRow.workspace_id).where(schedule_due(now)).order_by(ScheduleRow.due_at)
    return select(due.limit(_MANY).subquery().c.workspace_id)


def to_do(now: datetime) -> ColumnElement[bool]:
    """Whether an occurrence waits for somebody to do it.

    Nobody waits, nor has it, for as long as no clock of ours would have said: then a clock stood in the future.
    """
    until, leased_until = OccurrenceRow.not_before, OccurrenceRow.leased_until
    waits = and_(
        OccurrenceRow.state == OccurrenceState.DUE,
        or_(until.is_(None), until <= now, until > now + 2 * LONGEST_WAIT),
    )
    left = and_(
        OccurrenceRow.state == OccurrenceState.RUNNING,
        or_(leased_until.is_(None), leased_until <= now, leased_until > now + 2 * LEASE),
    )
    mine = (ScheduleRow.workspace_id == OccurrenceRow.workspace_id, ScheduleRow.id == OccurrenceRow.schedule_id)
    return and_(or_(waits, left), exists().where(*mine, KNOWN))
