"""Schedules of digests and what became of each due time."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped

from db.scope import Scope
from db.tables import Numbered, Row, within
from planning.digests.values import Digest, Occurrence, OccurrenceState, Schedule


class ScheduleRow(Numbered, Row):
    """When a digest is due."""

    __tablename__ = "schedules"
    __table_args__ = (Index(None, "next_due_at"),)

    channel: Mapped[str]
    weekday: Mapped[int]
    hour: Mapped[int]
    minute: Mapped[int]
    zone: Mapped[str]
    next_due_at: Mapped[datetime]
    paused: Mapped[bool]

    def fill(self, schedule: Schedule) -> None:
        """Take over what the value says."""
        self.channel, self.zone = schedule.channel, schedule.zone
        self.weekday, self.hour, self.minute = schedule.weekday, schedule.hour, schedule.minute
        self.next_due_at, self.paused = schedule.next_due_at, schedule.paused

    def value(self) -> Schedule:
        """The row as planning knows it."""
        beat = (self.weekday, self.hour, self.minute, self.zone)
        return Schedule(self.id, self.channel, *beat, self.next_due_at, self.paused)


class OccurrenceRow(Numbered, Row):
    """A due time that was taken, once."""

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("workspace_id", "schedule_id", "due_at"),
        within("schedule_id", "schedules"),
    )

    schedule_id: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[OccurrenceState]
    claimed_at: Mapped[datetime]
    digest: Mapped[dict[str, object] | None]
    reason: Mapped[str]

    def value(self) -> Occurrence:
        """The row as planning knows it."""
        digest = None if self.digest is None else Digest.model_validate(self.digest)
        times = (self.due_at, self.state, self.claimed_at)
        return Occurrence(self.id, self.schedule_id, *times, digest, self.reason)


@dataclass(frozen=True, slots=True)
class SqlSchedules:
    """The schedules of a workspace."""

    scope: Scope

    def all(self) -> list[Schedule]:
        """Every schedule, paused ones too."""
        rows = self.scope.session.scalars(self.scope.select(ScheduleRow).order_by(ScheduleRow.id))
        return [row.value() for row in rows]

    def by_id(self, id: int) -> Schedule:
        """The schedule with a number."""
        return self._row(id).value()

    def due(self, now: datetime) -> list[Schedule]:
        """Those due and not paused, locked; what another process has locked is left out."""
        due = self.scope.select(ScheduleRow).where(ScheduleRow.next_due_at <= now, ~ScheduleRow.paused)
        ordered = due.order_by(ScheduleRow.next_due_at, ScheduleRow.id).with_for_update(skip_locked=True)
        return [row.value() for row in self.scope.session.scalars(ordered)]

    def add(self, schedule: Schedule) -> Schedule:
        """A new schedule under a number of its own."""
        numbered = replace(schedule, id=self.scope.number(ScheduleRow))
        row = ScheduleRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        return numbered

    def save(self, schedule: Schedule) -> None:
        """Write the schedule as it is now."""
        row = self._row(schedule.id)
        row.fill(schedule)
        self.scope.keep(row)

    def claim(self, schedule: int, due_at: datetime, now: datetime, digest: Digest) -> Occurrence | None:
        """Write the occurrence; None when that due time is taken already."""
        return self._take(Occurrence(0, schedule, due_at, OccurrenceState.CLAIMED, now, digest))

    def skip(self, schedule: int, due_at: datetime, now: datetime, reason: str) -> None:
        """Write that a due time was left out, and why; nothing when it is taken already."""
        self._take(Occurrence(0, schedule, due_at, OccurrenceState.SKIPPED, now, reason=reason))

    def occurrence(self, id: int) -> Occurrence:
        """The occurrence with a number."""
        return self.scope.one(OccurrenceRow, id, "I do not know this digest.").value()

    def last_digest_at(self, schedule: int) -> datetime | None:
        """When the last digest of a schedule was made."""
        made = select(func.max(OccurrenceRow.claimed_at)).where(
            self.scope.owns(OccurrenceRow),
            OccurrenceRow.schedule_id == schedule,
            OccurrenceRow.state == OccurrenceState.CLAIMED,
        )
        return self.scope.session.scalar(made)

    def made_since(self, since: datetime) -> list[int]:
        """The ids of the occurrences of which a digest was made since then."""
        made = (OccurrenceRow.state == OccurrenceState.CLAIMED, OccurrenceRow.claimed_at >= since)
        ids = select(OccurrenceRow.id).where(self.scope.owns(OccurrenceRow), *made).order_by(OccurrenceRow.id)
        return list(self.scope.session.scalars(ids))

    def _row(self, id: int) -> ScheduleRow:
        return self.scope.one(ScheduleRow, id, "I do not know this schedule.")

    def _take(self, occurrence: Occurrence) -> Occurrence | None:
        taken = replace(occurrence, id=self.scope.number(OccurrenceRow))
        new = self.scope.insert(OccurrenceRow).values(workspace_id=self.scope.workspace, **_columns(taken))
        kept = self.scope.session.scalar(new.on_conflict_do_nothing().returning(OccurrenceRow.id))
        return None if kept is None else taken


def _columns(occurrence: Occurrence) -> dict[str, object]:
    digest = occurrence.digest
    return {
        "id": occurrence.id,
        "schedule_id": occurrence.schedule,
        "due_at": occurrence.due_at,
        "state": occurrence.state,
        "claimed_at": occurrence.claimed_at,
        "digest": None if digest is None else digest.model_dump(mode="json"),
        "reason": occurrence.reason,
    }
