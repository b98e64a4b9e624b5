"""Readings of metrics; an amendment is one more row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, portions
from db.tables import Owned, Row, within
from planning.metrics.readings import Reading, Via


class ReadingRow(Owned, Row):
    """What a metric stood at on a day; of several versions the highest counts."""

    __tablename__ = "readings"
    __table_args__ = (within("metric_id", "metrics"), within("by", "people"))

    metric_id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[float]
    respondents: Mapped[int | None]
    recorded_at: Mapped[datetime | None]
    by: Mapped[int | None]
    via: Mapped[Via]

    def reading(self) -> Reading:
        """The row as planning knows it."""
        said = (self.value, self.respondents, self.recorded_at, self.by, self.via, self.version)
        return Reading(self.metric_id, self.on, *said)


@dataclass(frozen=True, slots=True)
class SqlReadings:
    """The readings of a workspace."""

    scope: Scope

    def latest(self) -> dict[int, Reading]:
        """Metric id → its reading of the latest day, in the version that counts."""
        last = select(ReadingRow.metric_id, func.max(ReadingRow.on).label("on")).where(self.scope.owns(ReadingRow))
        days = last.group_by(ReadingRow.metric_id).subquery()
        same = and_(ReadingRow.metric_id == days.c.metric_id, ReadingRow.on == days.c.on)
        rows = self.scope.select(ReadingRow).join(days, same).order_by(ReadingRow.version)
        return {row.metric_id: row.reading() for row in self.scope.session.scalars(rows)}

    def of(self, *metrics: int) -> dict[int, list[Reading]]:
        """Metric id → its readings that count, by day; every id asked for is there."""
        found: dict[int, dict[date, Reading]] = {metric: {} for metric in metrics}
        for some in portions(metrics):
            for reading in self._where(ReadingRow.metric_id.in_(some)):
                found[reading.metric][reading.on] = reading
        return {metric: [*by_day.values()] for metric, by_day in found.items()}

    def versions(self, metric: int, on: date) -> list[Reading]:
        """All that was said of a day, the first first."""
        return [*self._where(and_(ReadingRow.metric_id == metric, ReadingRow.on == on))]

    def add_all(self, readings: Sequence[Reading]) -> None:
        """Store them, each with its version; a version that is on record already is refused."""
        if readings:
            self.scope.session.execute(insert(ReadingRow), [self._columns(one) for one in readings])

    def _where(self, condition: ColumnElement[bool]) -> Iterable[Reading]:
        """In the order of metrics, days and versions."""
        rows = self.scope.select(ReadingRow).where(condition)
        ordered = rows.order_by(ReadingRow.metric_id, ReadingRow.on, ReadingRow.version)
        return (row.reading() for row in self.scope.session.scalars(ordered))

    def _columns(self, one: Reading) -> dict[str, object]:
        return {
            "workspace_id": self.scope.workspace,
            "metric_id": one.metric,
            "on": one.on,
            "version": one.version,
            "value": one.value,
            "respondents": one.respondents,
            "recorded_at": one.recorded_at,
            "by": one.by,
            "via": one.via,
        }
