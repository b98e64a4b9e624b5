"""The journey: stages, segments and touchpoints."""

from dataclasses import dataclass, replace

from sqlalchemy import Index, Select, UniqueConstraint, func, select, text, union
from sqlalchemy.orm import Mapped

from db.initiative_rows import ContactRow, SegmentLinkRow, TouchpointLinkRow
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

    def save_segment(self, segment: Segment) -> None:
        """Write the segment as it is now."""
        row = self._segment(segment.id)
        name_is_free(self.scope, SegmentRow, "segment", segment.name, SegmentRow.id != segment.id)
        row.name, row.folded, row.parent_id = segment.name, folded(segment.name), segment.parent
        self._keep(row)

    def remove_segment(self, id: int) -> None:
        """Take out a segment that nothing refers to."""
        self._drop(self._segment(id))

    def segment_uses(self) -> dict[int, int]:
        """Segment id → how many initiatives name it, as whom they are for or as whom they contact."""
        links = select(SegmentLinkRow.initiative_id, SegmentLinkRow.segment_id.label("used"))
        contacts = select(ContactRow.initiative_id, ContactRow.segment_id.label("used"))
        return self._counted(links.where(self.scope.owns(SegmentLinkRow)), contacts.where(self.scope.owns(ContactRow)))

    def add_touchpoint(self, name: str) -> Touchpoint:
        """A new touchpoint; a name that is taken is refused."""
        name_is_free(self.scope, TouchpointRow, "touchpoint", name)
        id = self.scope.number(TouchpointRow)
        self._keep(TouchpointRow(workspace_id=self.scope.workspace, id=id, name=name))
        return Touchpoint(id, name)

    def save_touchpoint(self, touchpoint: Touchpoint) -> None:
        """Write the touchpoint as it is now."""
        row = self._touchpoint(touchpoint.id)
        name_is_free(self.scope, TouchpointRow, "touchpoint", touchpoint.name, TouchpointRow.id != touchpoint.id)
        row.name = touchpoint.name
        self._keep(row)

    def remove_touchpoint(self, id: int) -> None:
        """Take out a touchpoint that nothing refers to."""
        self._drop(self._touchpoint(id))

    def touchpoint_uses(self) -> dict[int, int]:
        """Touchpoint id → how many initiatives name it, as what they use or as the way of a contact."""
        links = select(TouchpointLinkRow.initiative_id, TouchpointLinkRow.touchpoint_id.label("used"))
        contacts = select(ContactRow.initiative_id, ContactRow.touchpoint_id.label("used"))
        owns = self.scope.owns
        return self._counted(links.where(owns(TouchpointLinkRow)), contacts.where(owns(ContactRow)))

    def _counted(self, *named: Select[int, int]) -> dict[int, int]:
        """Id → how many initiatives name it at least once."""
        pairs = union(*named).subquery()
        rows = self.scope.session.execute(select(pairs.c.used, func.count()).group_by(pairs.c.used))
        return dict(rows.all())

    def _segment(self, id: int) -> SegmentRow:
        return self.scope.one(SegmentRow, id, "I do not know this segment.")

    def _touchpoint(self, id: int) -> TouchpointRow:
        return self.scope.one(TouchpointRow, id, "I do not know this touchpoint.")

    def _stage(self, id: int) -> StageRow:
        return self.scope.one(StageRow, id, "I do not know this stage.")

    def _keep(self, *rows: Row) -> None:
        workspace = workspace_row(self.scope)
        workspace.journey_version += 1
        self.scope.keep(workspace, *rows)

    def _drop(self, row: SegmentRow | TouchpointRow) -> None:
        self.scope.session.delete(row)
        self._keep()
