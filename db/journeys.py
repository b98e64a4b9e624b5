"""The journey: stages, segments, touchpoints and hand-offs."""

from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import ColumnElement, Select, select, union, update

from db.findings import SqlFindings
from db.initiative_parts import ContactRow, SegmentLinkRow, TouchpointLinkRow
from db.journey_rows import HandOffRow, JourneyVersionRow, SegmentRow, StageRow, TouchpointRow
from db.metrics import MetricRow
from db.scope import Scope, name_is_free
from db.tables import Row
from db.workspaces import workspace_row
from planning.errors import FieldError
from planning.findings.values import Member, Subject
from planning.journey.values import HandOff, Journey, Segment, Stage, Touchpoint
from planning.journey.versions import SavedJourney

_HELD = "journey"
"""The name under which it is held in memory, by its version."""


@dataclass(frozen=True, slots=True)
class SqlJourneys:
    """The journey of a workspace; each change of it makes a new version."""

    scope: Scope

    def current(self) -> Journey:
        """The journey without the stages that were retired, nor their hand-offs; read once for each version of it."""
        unit, workspace, version = self.scope.unit, self.scope.workspace, workspace_row(self.scope).journey_version
        known = unit.memory.list_of(workspace, _HELD, version)
        if known is not None:
            return cast(Journey, known[0])
        journey = self._read(version)
        if unit.reading:
            unit.memory.keep_list(workspace, _HELD, version, (journey,))
        return journey

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

    def keep_version(self, saved: SavedJourney) -> None:
        """Put a version on record, in the place of one with the same number."""
        row = JourneyVersionRow(workspace_id=self.scope.workspace, at=saved.at, **saved.model_dump(exclude={"at"}))
        self.scope.session.merge(row)
        self.scope.session.flush()

    def versions(self, limit: int) -> list[SavedJourney]:
        """The newest first."""
        rows = self.scope.select(JourneyVersionRow).order_by(JourneyVersionRow.version.desc()).limit(limit)
        return [row.value() for row in self.scope.session.scalars(rows)]

    def add_segment(self, name: str, parent: int | None = None) -> Segment:
        """A new segment; a name that is taken is refused."""
        name_is_free(self.scope, SegmentRow, "segment", name)
        segment = Segment(self.scope.number(SegmentRow), name, parent)
        row = SegmentRow(workspace_id=self.scope.workspace, id=segment.id)
        row.fill(segment)
        self._keep(row)
        return segment

    def save_segment(self, segment: Segment) -> None:
        """Write the segment as it is now."""
        row = self._segment(segment.id)
        name_is_free(self.scope, SegmentRow, "segment", segment.name, SegmentRow.id != segment.id)
        row.fill(segment)
        self._keep(row)

    def remove_segment(self, id: int) -> None:
        """Take out a segment that no initiative uses and that has no parts, with the findings about it."""
        row = self._segment(id)
        SqlFindings(self.scope).forget(Member(Subject.SEGMENT, id))
        measured = (self.scope.owns(MetricRow), MetricRow.segment_id == id)
        self.scope.session.execute(update(MetricRow).where(*measured).values(segment_id=None))
        self._drop(row)

    def segment_users(self) -> dict[int, list[int]]:
        """Segment id → the initiatives (ids) that name it, as whom they are for or as whom they contact."""
        links = select(SegmentLinkRow.initiative_id, SegmentLinkRow.segment_id.label("used"))
        contacts = select(ContactRow.initiative_id, ContactRow.segment_id.label("used"))
        return self._users(links.where(self.scope.owns(SegmentLinkRow)), contacts.where(self.scope.owns(ContactRow)))

    def add_hand_off(self, hand_off: HandOff) -> HandOff:
        """Store a new hand-off under a number of its own; a second one between the same stages is refused."""
        self._is_free(hand_off)
        numbered = replace(hand_off, id=self.scope.number(HandOffRow))
        row = HandOffRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self._keep(row)
        return numbered

    def save_hand_off(self, hand_off: HandOff) -> None:
        """Write the hand-off as it is now."""
        row = self.scope.one(HandOffRow, hand_off.id, "I do not know this hand-off.")
        self._is_free(hand_off, HandOffRow.id != hand_off.id)
        row.fill(hand_off)
        self._keep(row)

    def remove_hand_off(self, id: int) -> None:
        """Take out a hand-off, with the findings about it."""
        row = self.scope.one(HandOffRow, id, "I do not know this hand-off.")
        SqlFindings(self.scope).forget(Member(Subject.HAND_OFF, id))
        self._drop(row)

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

    def touchpoint_users(self) -> dict[int, list[int]]:
        """Touchpoint id → the initiatives (ids) that name it, as what they use or as the way of a contact."""
        links = select(TouchpointLinkRow.initiative_id, TouchpointLinkRow.touchpoint_id.label("used"))
        contacts = select(ContactRow.initiative_id, ContactRow.touchpoint_id.label("used"))
        owns = self.scope.owns
        return self._users(links.where(owns(TouchpointLinkRow)), contacts.where(owns(ContactRow)))

    def _read(self, version: int) -> Journey:
        select, session = self.scope.select, self.scope.session
        stages = select(StageRow).where(~StageRow.retired).order_by(StageRow.position, StageRow.id)
        segments = select(SegmentRow).order_by(SegmentRow.id)
        touchpoints = select(TouchpointRow).order_by(TouchpointRow.id)
        listed = tuple(row.value() for row in session.scalars(stages))
        shown = {stage.id for stage in listed}
        hand_offs = (row.value() for row in session.scalars(select(HandOffRow).order_by(HandOffRow.id)))
        return Journey(
            version,
            listed,
            tuple(row.value() for row in session.scalars(segments)),
            tuple(Touchpoint(row.id, row.name) for row in session.scalars(touchpoints)),
            tuple(one for one in hand_offs if {one.before, one.after} <= shown),
        )

    def _is_free(self, hand_off: HandOff, *among: ColumnElement[bool]) -> None:
        """Refuse a second hand-off between the same stages."""
        same = (HandOffRow.before_id == hand_off.before, HandOffRow.after_id == hand_off.after)
        if self.scope.session.scalar(self.scope.select(HandOffRow).where(*same, *among)) is not None:
            raise FieldError({"after": "There is already a hand-off between these two stages. Change that one."})

    def _users(self, *named: Select[int, int]) -> dict[int, list[int]]:
        """Id → the initiatives that name it at least once, by ascending number."""
        pairs = union(*named).subquery()
        users: dict[int, list[int]] = {}
        rows = self.scope.session.execute(select(pairs.c.used, pairs.c.initiative_id).order_by(pairs.c.initiative_id))
        for used, initiative in rows:
            users.setdefault(used, []).append(initiative)
        return users

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
        self.scope.touch(MetricRow)  # a metric of a stage that is retired has none

    def _drop(self, row: SegmentRow | TouchpointRow | HandOffRow) -> None:
        self.scope.session.delete(row)
        self._keep()
