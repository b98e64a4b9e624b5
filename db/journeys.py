"""The journey: stages, segments and touchpoints."""

from dataclasses import dataclass, replace

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from db.scope import Scope, name_is_free
from db.tables import Named, Row, folded, within
from db.workspaces import workspace_row
from planning.journey.values import Journey, Segment, Stage, Touchpoint


class StageRow(Named, Row):
    """A stage; a retired one is kept for the initiatives that point at it."""

    __tablename__ = "stages"
    __table_args__ = (
        Index(
            "uq_stages_workspace_id_name",
            "workspace_id",
            "name",
            unique=True,
            sqlite_where=text("NOT retired"),
            postgresql_where=text("NOT retired"),
        ),
        within("owner_id", "people"),
    )

    folded: Mapped[str]
    position: Mapped[int]
    definition: Mapped[str]
    customer_goal: Mapped[str]
    intent: Mapped[str]
    weight: Mapped[int]
    owner_id: Mapped[int | None]
    retired: Mapped[bool]

    def fill(self, stage: Stage) -> None:
        """Take over what the value says."""
        self.name, self.folded, self.position = stage.name, folded(stage.name), stage.position
        self.definition, self.customer_goal, self.intent = stage.definition, stage.customer_goal, stage.intent
        self.weight, self.owner_id = stage.weight, stage.owner

    def value(self) -> Stage:
        """The row as planning knows it."""
        aims = (self.definition, self.customer_goal, self.intent)
        return Stage(self.id, self.name, self.position, *aims, weight=self.weight, owner=self.owner_id)


class SegmentRow(Named, Row):
    """A group of customers."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("workspace_id", "name"), within("parent_id", "segments"))

    folded: Mapped[str]
    parent_id: Mapped[int | None]


class TouchpointRow(Named, Row):
    """A way to meet the company."""

    __tablename__ = "touchpoints"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)


@dataclass(frozen=True, slots=True)
class SqlJourneys:
    """The journey of a workspace; each change of it makes a new version."""

    scope: Scope

    def current(self) -> Journey:
        """The journey without the stages that were retired."""
        select, session = self.scope.select, self.scope.session
        stages = select(StageRow).where(~StageRow.retired).order_by(StageRow.position, StageRow.id)
        segments = select(SegmentRow).order_by(SegmentRow.id)
        touchpoints = select(TouchpointRow).order_by(TouchpointRow.id)
        return Journey(
            workspace_row(self.scope).journey_version,
            tuple(row.value() for row in session.scalars(stages)),
            tuple(Segment(row.id, row.name, row.parent_id) for row in session.scalars(segments)),
            tuple(Touchpoint(row.id, row.name) for row in session.scalars(touchpoints)),
        )

    def add_stage(self, stage: Stage) -> Stage:
        """Store a new stage under a number of its own."""
        name_is_free(self.scope, StageRow, "stage", stage.name, ~StageRow.retired)
        numbered = replace(stage, id=self.scope.number(StageRow))
        row = StageRow(workspace_id=self.scope.workspace, id=numbered.id, retired=False)
        row.fill(numbered)
        self._keep(row)
        return numbered

    def save_stage(self, stage: Stage) -> None:
        """Write the stage as it is now."""
        row = self._stage(stage.id)
        name_is_free(self.scope, StageRow, "stage", stage.name, ~StageRow.retired, StageRow.id != stage.id)
        row.fill(stage)
        self._keep(row)

    def retire_stage(self, id: int) -> None:
        """Take a stage out of the journey; the links of initiatives to it stay, unseen."""
        row = self._stage(id)
        row.retired = True
        self._keep(row)

    def add_segment(self, name: str, parent: int | None = None) -> Segment:
        """A new segment; a name that is taken is refused."""
        name_is_free(self.scope, SegmentRow, "segment", name)
        id, owner = self.scope.number(SegmentRow), self.scope.workspace
        self._keep(SegmentRow(workspace_id=owner, id=id, name=name, folded=folded(name), parent_id=parent))
        return Segment(id, name, parent)

    def add_touchpoint(self, name: str) -> Touchpoint:
        """A new touchpoint; a name that is taken is refused."""
        name_is_free(self.scope, TouchpointRow, "touchpoint", name)
        id = self.scope.number(TouchpointRow)
        self._keep(TouchpointRow(workspace_id=self.scope.workspace, id=id, name=name))
        return Touchpoint(id, name)

    def _stage(self, id: int) -> StageRow:
        return self.scope.one(StageRow, id, "I do not know this stage.")

    def _keep(self, row: Row) -> None:
        workspace = workspace_row(self.scope)
        workspace.journey_version += 1
        self.scope.keep(workspace, row)
