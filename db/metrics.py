"""Metrics and their tensions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import UniqueConstraint, delete, false, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db.journey_rows import StageRow
from db.scope import Scope, name_is_free
from db.tables import Named, Owned, Row, within
from planning.metrics.values import Cadence, Direction, Metric, Tension


class MetricRow(Named, Row):
    """A shared measure."""

    __tablename__ = "metrics"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        within("stage_id", "stages"),
        within("owner_id", "people"),
        within("feeds_id", "metrics"),
        within("segment_id", "segments"),
    )

    unit: Mapped[str]
    direction: Mapped[Direction]
    stage_id: Mapped[int | None]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    owner_id: Mapped[int | None]
    feeds_id: Mapped[int | None]
    segment_id: Mapped[int | None]
    baseline_on: Mapped[date | None]
    cadence: Mapped[Cadence | None]
    source: Mapped[str] = mapped_column(server_default="")
    financial: Mapped[bool] = mapped_column(server_default=false())

    def fill(self, metric: Metric) -> None:
        """Take over what the value says."""
        self.name, self.unit, self.direction, self.stage_id = metric.name, metric.unit, metric.direction, metric.stage
        self.baseline, self.target, self.target_on = metric.baseline, metric.target, metric.target_on
        self.owner_id, self.feeds_id, self.segment_id = metric.owner, metric.feeds, metric.segment
        self.baseline_on, self.cadence = metric.baseline_on, metric.cadence
        self.source, self.financial = metric.source, metric.financial

    def value(self) -> Metric:
        """The row as planning knows it."""
        named = (self.name, self.unit, self.direction, self.stage_id)
        return Metric(
            self.id,
            *named,
            baseline=self.baseline,
            target=self.target,
            target_on=self.target_on,
            owner=self.owner_id,
            feeds=self.feeds_id,
            segment=self.segment_id,
            baseline_on=self.baseline_on,
            cadence=self.cadence,
            source=self.source,
            financial=self.financial,
        )


class TensionRow(Owned, Row):
    """Two metrics that pull against each other."""

    __tablename__ = "tensions"
    __table_args__ = (within("first_id", "metrics"), within("second_id", "metrics"))

    first_id: Mapped[int] = mapped_column(primary_key=True)
    second_id: Mapped[int] = mapped_column(primary_key=True)
    why: Mapped[str]


@dataclass(frozen=True, slots=True)
class SqlMetrics:
    """The metrics of a workspace, in the order in which they came."""

    scope: Scope

    def all(self) -> list[Metric]:
        """Every metric; one whose stage was retired has none."""
        return self.scope.held(MetricRow, self._read)

    def _read(self) -> list[Metric]:
        rows = self.scope.plain(MetricRow, MetricRow.id)
        retired = select(StageRow.id).where(self.scope.owns(StageRow), StageRow.retired)
        gone = set(self.scope.session.scalars(retired))
        known = ((row.stage_id, MetricRow.value(row)) for row in rows)
        return [replace(metric, stage=None) if stage in gone else metric for stage, metric in known]

    def tensions(self) -> list[Tension]:
        """Every tension, by the numbers of its metrics."""
        return self.scope.held(TensionRow, self._read_tensions)

    def _read_tensions(self) -> list[Tension]:
        rows = self.scope.plain(TensionRow, TensionRow.first_id, TensionRow.second_id)
        return [Tension(row.first_id, row.second_id, row.why) for row in rows]

    def add(self, metric: Metric) -> Metric:
        """Store a new metric under a number of its own; a name that is taken is refused."""
        name_is_free(self.scope, MetricRow, "metric", metric.name)
        numbered = replace(metric, id=self.scope.number(MetricRow))
        row = MetricRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        self.scope.touch(MetricRow)
        return numbered

    def save(self, metric: Metric) -> None:
        """Write the metric as it is now; a name that is taken is refused."""
        row = self.scope.one(MetricRow, metric.id, "I do not know this metric.")
        name_is_free(self.scope, MetricRow, "metric", metric.name, MetricRow.id != metric.id)
        row.fill(metric)
        self.scope.keep(row)
        self.scope.touch(MetricRow)

    def save_tensions(self, tensions: Sequence[Tension]) -> None:
        """Keep exactly these; of several between the same two metrics, the last."""
        self.scope.touch(TensionRow)
        pairs = {(*sorted((one.first, one.second)),): one.why for one in tensions}
        self.scope.session.execute(delete(TensionRow).where(self.scope.owns(TensionRow)))
        owner = {"workspace_id": self.scope.workspace}
        rows = [{**owner, "first_id": first, "second_id": second, "why": why} for (first, second), why in pairs.items()]
        if rows:
            self.scope.session.execute(insert(TensionRow), rows)
