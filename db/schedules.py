"""Schedules and what became of each due time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_, update

from db.schedule_rows import KNOWN, OPEN, RUNS, OccurrenceRow, ScheduleRow, schedule_due, to_do
from db.scope import Scope
from planning.register import Page
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind


@dataclass(slots=True)
class SqlSchedules:
    """The schedules of a workspace; `asked` says whether somebody wants one done now."""

    scope: Scope
    asked: bool = False

    def all(self, kinds: Collection[ScheduleKind] = ()) -> list[Schedule]:
        """Every schedule, paused ones too; with kinds, only those."""
        chosen = self.scope.select(ScheduleRow).where(ScheduleRow.kind.in_(sorted(kinds)) if kinds else KNOWN)
        return [row.value() for row in self.scope.session.scalars(chosen.order_by(ScheduleRow.id))]

    def running(self, kind: ScheduleKind) -> int:
        """How many of a kind are not paused."""
        return self.scope.total(self.scope.select(ScheduleRow).where(ScheduleRow.kind == kind, RUNS))

    def by_id(self, id: int, *, lock: bool = False) -> Schedule:
        """The schedule with a number."""
        return self._row(id, lock=lock).value()

    def of(self, kind: ScheduleKind, subject: int = 0) -> Schedule | None:
        """The one of a kind: the workspace's, or that of a department or person."""
        chosen = self.scope.select(ScheduleRow).where(ScheduleRow.kind == kind, ScheduleRow.subject == subject)
        row = self.scope.session.scalar(chosen)
        return None if row is None else row.value()

    def due(self, now: datetime, limit: int) -> list[Schedule]:
        """Those due and not paused, the oldest first, locked; what another process has locked is left out."""
        due = self.scope.select(ScheduleRow).where(schedule_due(now))
        first = due.order_by(ScheduleRow.due_at, ScheduleRow.id).limit(limit)
        ordered = first.with_for_update(skip_locked=True)
        return [row.value() for row in self.scope.session.scalars(ordered)]

    def due_after(self, moment: datetime) -> list[Schedule]:
        """Those that are due later than a moment and not paused."""
        later = self.scope.select(ScheduleRow).where(RUNS, KNOWN, ScheduleRow.due_at > moment)
        return [row.value() for row in self.scope.session.scalars(later.order_by(ScheduleRow.id))]

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

    def occur(self, occurrence: Occurrence) -> Occurrence | None:
        """Write a due time (its `id` is ignored and assigned); None when it is known already."""
        taken = replace(occurrence, id=self.scope.number(OccurrenceRow))
        new = self.scope.insert(OccurrenceRow).values(
            workspace_id=self.scope.workspace,
            id=taken.id,
            schedule_id=taken.schedule,
            due_at=taken.due_at,
            **_columns(taken),
        )
        kept = self.scope.session.scalar(new.on_conflict_do_nothing().returning(OccurrenceRow.id))
        self.asked = self.asked or (kept is not None and taken.asked_by is not None)
        return None if kept is None else taken

    def claim(self, now: datetime, lease: timedelta) -> Occurrence | None:
        """Take on the oldest that waits or whose doer has not come back; it is ours until the lease ends."""
        waiting = self.scope.select(OccurrenceRow).where(OPEN, to_do(now))
        first = waiting.order_by(OccurrenceRow.due_at, OccurrenceRow.id).limit(1)
        row = self.scope.session.scalar(first.with_for_update(skip_locked=True))
        if row is None:
            return None
        taken_over = row.state is OccurrenceState.RUNNING
        row.state, row.attempts = OccurrenceState.RUNNING, row.attempts + 1
        row.claimed_at, row.leased_until = now, now + lease
        self.scope.keep(row)
        return replace(row.value(), taken_over=taken_over)

    def hold(self, occurrence: Occurrence) -> bool:
        """Whether it is still ours; if so, nobody claims it before this transaction ends, whatever their clock says."""
        ours = (OccurrenceRow.id == occurrence.id, OccurrenceRow.attempts == occurrence.attempts)
        running = self.scope.select(OccurrenceRow).where(*ours, OccurrenceRow.state == OccurrenceState.RUNNING)
        return self.scope.session.scalar(running.with_for_update()) is not None

    def settle(self, occurrence: Occurrence) -> bool:
        """Write what became of it; False, and nothing is written, when somebody has claimed it since."""
        ours = (OccurrenceRow.id == occurrence.id, OccurrenceRow.attempts == occurrence.attempts)
        running = update(OccurrenceRow).where(
            self.scope.owns(OccurrenceRow), *ours, OccurrenceRow.state == OccurrenceState.RUNNING
        )
        settled = running.values(**_columns(occurrence)).returning(OccurrenceRow.id)
        return self.scope.session.scalar(settled) is not None

    def leave_out(self, schedule: int, now: datetime, reason: str) -> None:
        """Skip what waits of a schedule and is not being done."""
        waits = (OccurrenceRow.schedule_id == schedule, OccurrenceRow.state == OccurrenceState.DUE)
        waiting = update(OccurrenceRow).where(self.scope.owns(OccurrenceRow), OPEN, *waits)
        skipped = waiting.values(state=OccurrenceState.SKIPPED, claimed_at=now, reason=reason, not_before=None)
        self.scope.session.execute(skipped)

    def occurrence(self, id: int) -> Occurrence:
        """The occurrence with a number."""
        return self.scope.one(OccurrenceRow, id, "I do not know this digest.").value()

    def history(self, schedule: int, limit: int) -> Page[Occurrence]:
        """What became of its due times, the newest first."""
        of = self.scope.select(OccurrenceRow).where(OccurrenceRow.schedule_id == schedule)
        rows = self.scope.session.scalars(of.order_by(OccurrenceRow.due_at.desc()).limit(limit))
        return Page(tuple(row.value() for row in rows), self.scope.total(of))

    def latest(self, schedules: Sequence[int]) -> dict[int, Occurrence]:
        """Schedule id → what became of its newest due time."""
        of = (self.scope.owns(OccurrenceRow), OccurrenceRow.schedule_id.in_(sorted(schedules)))
        newest = select(OccurrenceRow.schedule_id, func.max(OccurrenceRow.due_at)).where(*of)
        pairs = tuple_(OccurrenceRow.schedule_id, OccurrenceRow.due_at)
        chosen = self.scope.select(OccurrenceRow).where(pairs.in_(newest.group_by(OccurrenceRow.schedule_id)))
        return {row.schedule_id: row.value() for row in self.scope.session.scalars(chosen)}

    def last_done_at(self, schedule: int) -> datetime | None:
        """When it was done last."""
        made = select(func.max(OccurrenceRow.claimed_at)).where(
            self.scope.owns(OccurrenceRow),
            OccurrenceRow.schedule_id == schedule,
            OccurrenceRow.state == OccurrenceState.DONE,
        )
        return self.scope.session.scalar(made)

    def made_since(self, since: datetime) -> list[int]:
        """The ids of the occurrences that were done since then."""
        made = (OccurrenceRow.state == OccurrenceState.DONE, OccurrenceRow.claimed_at >= since)
        ids = select(OccurrenceRow.id).where(self.scope.owns(OccurrenceRow), *made).order_by(OccurrenceRow.id)
        return list(self.scope.session.scalars(ids))

    def _row(self, id: int, *, lock: bool = False) -> ScheduleRow:
        return self.scope.one(ScheduleRow, id, "I do not know this schedule.", lock=lock)


def _columns(occurrence: Occurrence) -> dict[str, object]:
    return {
        "state": occurrence.state,
        "claimed_at": occurrence.claimed_at,
        "digest": occurrence.content,
        "reason": occurrence.reason,
        "attempts": occurrence.attempts,
        "failures": occurrence.failures,
        "leased_until": occurrence.leased_until,
        "not_before": occurrence.not_before,
    }
