"""Readings of metrics; an amendment is one more row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from db.metrics import MetricRow
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


_SAID = (
    ReadingRow.metric_id,
    ReadingRow.on,
    ReadingRow.value,
    ReadingRow.respondents,
    ReadingRow.recorded_at,
    ReadingRow.by,
    ReadingRow.via,
    ReadingRow.version,
)
"""The columns as a reading names them: of the thousands that a scoreboard takes, rows would cost thrice as much."""


@dataclass(frozen=True, slots=True)
class SqlReadings:
    """The readings of a workspace."""

    scope: Scope

    def latest(self) -> dict[int, Reading]:
        """Metric id → its reading of the latest day, in the version that counts."""
        # Joined to the metrics from outside, so that for each the index leads to its last day: every portfolio asks
        # for this, and readings are many.
        earlier = aliased(ReadingRow)
        known = and_(earlier.workspace_id == MetricRow.workspace_id, earlier.metric_id == MetricRow.id)
        last = select(func.max(earlier.on)).where(known).scalar_subquery()
        read = and_(ReadingRow.workspace_id == MetricRow.workspace_id, ReadingRow.metric_id == MetricRow.id)
        joined: Select[*tuple[Any, ...]] = select(*_SAID).select_from(MetricRow)
        rows = joined.outerjoin(ReadingRow, and_(read, ReadingRow.on == last)).where(self.scope.owns(MetricRow))
        return {
            row[0]: Reading(*row)
            for row in self.scope.session.execute(rows.order_by(ReadingRow.version))
            if row[0] is not None
        }

    def of(self, *metrics: int) -> dict[int, list[Reading]]:
        """Metric id → its readings that count, by day; every id asked for is there."""
        found: dict[int, dict[date, Reading]] = {metric: {} for metric in metrics}
        for some in portions(metrics):
            for reading in self._where(ReadingRow.metric_id.in_(some)):
                found[reading.metric][reading.on] = reading
        return {metric: [*by_day.values()] for metric, by_day in found.items()}

    def former(self, *metrics: int) -> list[Reading]:
        """What they said before it was amended, by metric, day and version."""
        said = [one for some in portions(metrics) for one in self._where(ReadingRow.metric_id.in_(some))]
        return [one for one, after in pairwise(said) if (one.metric, one.on) == (after.metric, after.on)]

    def versions(self, metric: int, on: date) -> list[Reading]:
        """All that was said of a day, the first first."""
        return [*self._where(and_(ReadingRow.metric_id == metric, ReadingRow.on == on))]

    def add_all(self, readings: Sequence[Reading]) -> None:
        """Store them, each with its version; a version that is on record already is refused."""
        if readings:
            self.scope.session.execute(insert(ReadingRow), [self._values(one) for one in readings])

    def _where(self, condition: ColumnElement[bool]) -> Iterable[Reading]:
        """In the order of metrics, days and versions."""
        ordered = self._columns().where(condition).order_by(ReadingRow.metric_id, ReadingRow.on, ReadingRow.version)
        return (Reading(*row) for row in self.scope.session.execute(ordered))

    def _columns(self) -> Select[*tuple[Any, ...]]:
        return select(*_SAID).where(self.scope.owns(ReadingRow))

    def _values(self, one: Reading) -> dict[str, object]:
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
