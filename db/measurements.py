"""Measures of the whole portfolio, one row for each quarter."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Owned, Row
from planning.portfolio.measurements import Measure, Measurement


class MeasurementRow(Owned, Row):
    """A measure as it stood last in a quarter."""

    __tablename__ = "measurements"
    __table_args__ = (ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),)

    measure: Mapped[Measure] = mapped_column(primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    details: Mapped[dict[str, object]]
    measured_at: Mapped[datetime]

    def measurement(self) -> Measurement:
        """The row as planning knows it."""
        named = (self.measure, self.quarter, self.value, self.measured_at)
        return Measurement(*named, self.low, self.high, self.details)


@dataclass(frozen=True, slots=True)
class SqlMeasurements:
    """The measurements of a workspace."""

    scope: Scope

    def of(self, measure: Measure, limit: int) -> list[Measurement]:
        """Those of the last quarters, the oldest first."""
        rows = self.scope.select(MeasurementRow).where(MeasurementRow.measure == measure)
        last = rows.order_by(MeasurementRow.quarter.desc()).limit(limit)
        return [row.measurement() for row in self.scope.session.scalars(last)][::-1]

    def save(self, measurement: Measurement) -> None:
        """Write it in the place of the quarter's last one."""
        key = (self.scope.workspace, measurement.measure, measurement.quarter)
        names = ("workspace_id", "measure", "quarter")
        row = self.scope.session.get(MeasurementRow, key) or MeasurementRow(**dict(zip(names, key, strict=True)))
        row.value, row.low, row.high = measurement.value, measurement.low, measurement.high
        row.details, row.measured_at = measurement.details, measurement.measured_at
        self.scope.keep(row)
