"""Changes whose findings are brought up to date behind the acknowledgement."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.audit import AuditRow
from db.scope import CounterRow, Scope
from db.tables import Numbered, Row
from db.workspaces import workspace_row
from planning.findings.queueing import Change, Detection

CHANGE = TypeAdapter(Change)
_LONGEST = timedelta(hours=2)
"""Nothing is leased or put off for longer."""


class DetectionRow(Numbered, Row):
    """A change that waits; it goes when it is dealt with."""

    __tablename__ = "detections"

    queued_at: Mapped[datetime]
    change: Mapped[dict[str, object]]
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]

    def value(self) -> Detection:
        """The row as planning knows it."""
        return Detection(self.id, CHANGE.validate_python(self.change), self.attempts)


@dataclass(slots=True)
class SqlDetections:
    """The changes of a workspace that wait; `changed` says whether one was queued."""

    scope: Scope
    changed: bool = False

    def add(self, change: Change, now: datetime) -> None:
        """Queue it."""
        row = DetectionRow(
            workspace_id=self.scope.workspace,
            id=self.scope.number(DetectionRow),
            queued_at=now,
            change=CHANGE.dump_python(change, mode="json"),
        )
        self.scope.keep(row)
        self.changed = True

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Detection]:
        """Take on the oldest of those that wait or whose doer has not come back; ours until the lease ends."""
        waiting = self.scope.select(DetectionRow).where(detection_waits(now)).order_by(DetectionRow.id).limit(limit)
        rows = self.scope.session.scalars(waiting.with_for_update(skip_locked=True)).all()
        taken_over = [row.leased_until is not None for row in rows]
        for row in rows:
            row.attempts, row.leased_until = row.attempts + 1, now + lease
        self.scope.keep(*rows)
        return [replace(row.value(), taken_over=left) for row, left in zip(rows, taken_over, strict=True)]

    def waiting(self) -> int:
        """How many are not dealt with."""
        return self.scope.total(select(DetectionRow.id).where(self.scope.owns(DetectionRow)))

    def state(self) -> tuple[int, ...]:
        """What all of the register that a detection looks at was at last written as: the same while nothing changed.

        Whatever people or tasks change is on record in the audit log; a text that is encoded anew is a new revision.
        """
        row = workspace_row(self.scope)
        audited = select(CounterRow.last).where(self.scope.owns(CounterRow), CounterRow.name == AuditRow.__tablename__)
        return row.revision, row.journey_version, self.scope.session.scalar(audited) or 0

    def settle(self, detection: Detection) -> bool:
        """It is dealt with; False, and nothing is written, when somebody has claimed it since."""
        gone = delete(DetectionRow).where(*self._ours(detection)).returning(DetectionRow.id)
        return self.scope.session.scalar(gone) is not None

    def put_off(self, detection: Detection, until: datetime) -> bool:
        """Try again then what has failed."""
        later = update(DetectionRow).where(*self._ours(detection)).values(not_before=until, leased_until=None)
        return self.scope.session.scalar(later.returning(DetectionRow.id)) is not None

    def _ours(self, detection: Detection) -> tuple[ColumnElement[bool], ...]:
        ours = (DetectionRow.id == detection.id, DetectionRow.attempts == detection.attempts)
        return self.scope.owns(DetectionRow), *ours


def detection_waits(now: datetime) -> ColumnElement[bool]:
    """Whether a change waits for somebody to deal with it.

    Nobody has it, nor is it put off, for as long as no clock of ours would have said: then one stood in the future.
    """
    until, leased_until = DetectionRow.not_before, DetectionRow.leased_until
    free = or_(leased_until.is_(None), leased_until <= now, leased_until > now + _LONGEST)
    return and_(free, or_(until.is_(None), until <= now, until > now + _LONGEST))
