"""Ratifications of the journey and what departments say of its stages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Numbered, Owned, Row, within
from planning.agreement.ratification import AskedStage, Ratification, Stance


class RatificationRow(Numbered, Row):
    """One asking of all departments; `stages` as they were put to the leads, `asked` for whom to whom."""

    __tablename__ = "ratifications"
    __table_args__ = (within("opened_by", "people"), within("ratified_by", "people"))

    stages: Mapped[list[object]]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int]
    closed_at: Mapped[datetime | None]
    ratified_by: Mapped[int | None]
    over: Mapped[int]
    asked: Mapped[list[object]]

    def fill(self, value: Ratification) -> None:
        """Take over what the value says."""
        self.stages = [[stage.id, stage.name, stage.definition] for stage in value.stages]
        self.opened_at, self.opened_by, self.closed_at = value.opened_at, value.opened_by, value.closed_at
        self.ratified_by, self.over, self.asked = value.ratified_by, value.over, [[*one] for one in value.asked]

    def value(self) -> Ratification:
        """The row as planning knows it."""
        stages = tuple(AskedStage(*stage) for stage in self.stages if isinstance(stage, list))
        ended = (self.closed_at, self.ratified_by, self.over)
        asked = tuple((int(one[0]), int(one[1])) for one in self.asked if isinstance(one, list))
        return Ratification(self.id, stages, self.opened_at, self.opened_by, *ended, asked)


class StanceRow(Owned, Row):
    """What a department says of a stage."""

    __tablename__ = "stances"
    __table_args__ = (
        within("ratification_id", "ratifications"),
        within("department_id", "departments"),
        within("stage_id", "stages"),
        within("by", "people"),
    )

    ratification_id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[int]
    agrees: Mapped[bool]
    reason: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class SqlRatifications:
    """The ratifications of a workspace."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Ratification:
        """The ratification with a number; with `lock` nobody else changes it until the end of the unit."""
        return self._row(id, lock=lock).value()

    def newest(self, limit: int = 1) -> list[Ratification]:
        """The newest first."""
        rows = self.scope.select(RatificationRow).order_by(RatificationRow.id.desc()).limit(limit)
        return [row.value() for row in self.scope.session.scalars(rows)]

    def add(self, ratification: Ratification) -> Ratification:
        """Store one under a number of its own."""
        numbered = replace(ratification, id=self.scope.number(RatificationRow))
        row = RatificationRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        return numbered

    def save(self, ratification: Ratification) -> None:
        """Write it as it is now."""
        row = self._row(ratification.id)
        row.fill(ratification)
        self.scope.keep(row)

    def stances(self, ratification: int) -> list[Stance]:
        """What each department says of each stage, by department and stage."""
        said = self.scope.select(StanceRow).where(StanceRow.ratification_id == ratification)
        rows = self.scope.session.scalars(said.order_by(StanceRow.department_id, StanceRow.stage_id))
        return [Stance(r.department_id, r.stage_id, r.by, r.agrees, r.reason, r.at) for r in rows]

    def save_stances(self, ratification: int, stances: Sequence[Stance]) -> None:
        """Write these in the place of what the same departments said of the same stages."""
        for stance in stances:
            key = (self.scope.workspace, ratification, stance.department, stance.stage)
            names = ("workspace_id", "ratification_id", "department_id", "stage_id")
            row = self.scope.session.get(StanceRow, key) or StanceRow(**dict(zip(names, key, strict=True)))
            row.by, row.agrees, row.reason, row.at = stance.by, stance.agrees, stance.reason, stance.at
            self.scope.keep(row)

    def _row(self, id: int, *, lock: bool = False) -> RatificationRow:
        return self.scope.one(RatificationRow, id, "I do not know this ratification.", lock=lock)
