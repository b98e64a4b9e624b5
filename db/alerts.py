"""Alerts: who is told of which overlap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, false, update
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, portions
from db.tables import Numbered, Row, within
from planning.alerts.values import Alert, AlertState, Reason
from planning.outbox.values import Address, AddressKind

_AT_ONCE = 1_000
"""Rows in one INSERT: SQLite takes 32,766 parameters."""


class AlertRow(Numbered, Row):
    """One overlap and one address."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "finding_id", "address"),
        Index(None, "state", "due_at"),
        Index(None, "workspace_id", "address", "week"),
        Index(None, "workspace_id", "summary"),
        within("finding_id", "findings"),
        within("department_id", "departments"),
        within("person_id", "people"),
    )

    finding_id: Mapped[int]
    address: Mapped[str]
    reason: Mapped[Reason]
    due_at: Mapped[datetime]
    department_id: Mapped[int | None]
    person_id: Mapped[int | None]
    state: Mapped[AlertState]
    told_at: Mapped[datetime | None]
    week: Mapped[date | None]
    summary: Mapped[int | None]
    together: Mapped[bool] = mapped_column(server_default=false())

    def value(self) -> Alert:
        """The row as planning knows it."""
        kind, _, ids = self.address.partition(":")
        address = Address(AddressKind(kind), tuple(ids.split(",")))
        whom = (self.reason, self.due_at, self.department_id, self.person_id)
        told = (self.state, self.told_at, self.week, self.summary)
        return Alert(self.id, self.finding_id, address, *whom, *told, together=self.together)


@dataclass(frozen=True, slots=True)
class SqlAlerts:
    """The alerts of a workspace, oldest first."""

    scope: Scope

    def add(self, alert: Alert) -> Alert | None:
        """Store one (its `id` is ignored and assigned); None when the address has one of that finding."""
        return next(iter(self.add_all([alert])), None)

    def add_all(self, alerts: Sequence[Alert]) -> list[Alert]:
        """Store many, few statements for all; without those whose address has one of that finding."""
        ids = self.scope.numbers(AlertRow, len(alerts)) if alerts else ()
        numbered = [replace(alert, id=id) for id, alert in zip(ids, alerts, strict=True)]
        added: set[int] = set()
        for start in range(0, len(numbered), _AT_ONCE):
            some = numbered[start : start + _AT_ONCE]
            rows = [{"workspace_id": self.scope.workspace, **_columns(alert)} for alert in some]
            new = self.scope.insert(AlertRow).values(rows).on_conflict_do_nothing()
            added |= {*self.scope.session.scalars(new.returning(AlertRow.id))}
        return [alert for alert in numbered if alert.id in added]

    def due(self, now: datetime) -> list[Alert]:
        """Those that wait and are to be told by now."""
        return self._where(alert_due(now))

    def of(self, *findings: int) -> list[Alert]:
        """All of these findings."""
        parts = (self._where(AlertRow.finding_id.in_(some)) for some in portions(findings))
        return [alert for part in parts for alert in part]

    def told_in(self, week: date, addresses: Collection[Address]) -> list[Alert]:
        """Those told to these addresses in the week that begins on that Monday."""
        told = (AlertRow.week == week, AlertRow.state.in_((AlertState.CARD, AlertState.SUMMARY)))
        return self._where(and_(*told, AlertRow.address.in_(sorted(map(str, addresses)))))

    def in_summary(self, first: int) -> list[Alert]:
        """Those told in the summary that begins with an alert."""
        return self._where(AlertRow.summary == first)

    def save_all(self, alerts: Sequence[Alert]) -> None:
        """Write them as they are now."""
        rows = [{"workspace_id": self.scope.workspace, **_columns(alert)} for alert in alerts]
        if rows:
            self.scope.session.execute(update(AlertRow), rows)

    def _where(self, condition: ColumnElement[bool]) -> list[Alert]:
        """Put in order here: asked for the order, SQLite would go through all alerts to spare itself the sorting."""
        rows = self.scope.session.scalars(self.scope.select(AlertRow).where(condition))
        return [row.value() for row in sorted(rows, key=lambda row: row.id)]


def alert_due(now: datetime) -> ColumnElement[bool]:
    """Whether an alert is to be told."""
    return and_(AlertRow.state == AlertState.WAITING, AlertRow.due_at <= now)


def _columns(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.id,
        "finding_id": alert.finding,
        "address": str(alert.address),
        "reason": alert.reason,
        "due_at": alert.due_at,
        "department_id": alert.department,
        "person_id": alert.person,
        "state": alert.state,
        "told_at": alert.told_at,
        "week": alert.week,
        "summary": alert.summary,
        "together": alert.together,
    }
