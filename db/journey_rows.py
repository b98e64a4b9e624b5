"""The tables of the journey: stages, segments, touchpoints and hand-offs."""

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Named, Numbered, Row, folded, within
from planning.journey.values import HandOff, Segment, Stage


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
    weight: Mapped[int] = mapped_column(server_default="3")
    weekly_contacts: Mapped[int] = mapped_column(server_default="3")

    def fill(self, segment: Segment) -> None:
        """Take over what the value says."""
        self.name, self.folded, self.parent_id = segment.name, folded(segment.name), segment.parent
        self.weight, self.weekly_contacts = segment.weight, segment.weekly_contacts

    def value(self) -> Segment:
        """The row as planning knows it."""
        return Segment(self.id, self.name, self.parent_id, self.weight, self.weekly_contacts)


class TouchpointRow(Named, Row):
    """A way to meet the company."""

    __tablename__ = "touchpoints"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)


class HandOffRow(Numbered, Row):
    """The edge from one stage to another; one of a retired stage is kept, unseen."""

    __tablename__ = "hand_offs"
    __table_args__ = (
        UniqueConstraint("workspace_id", "before_id", "after_id"),
        within("before_id", "stages"),
        within("after_id", "stages"),
        within("giver_id", "departments"),
        within("receiver_id", "departments"),
        within("metric_id", "metrics"),
    )

    before_id: Mapped[int]
    after_id: Mapped[int]
    giver_id: Mapped[int | None]
    receiver_id: Mapped[int | None]
    metric_id: Mapped[int | None]

    def fill(self, hand_off: HandOff) -> None:
        """Take over what the value says."""
        self.before_id, self.after_id, self.metric_id = hand_off.before, hand_off.after, hand_off.metric
        self.giver_id, self.receiver_id = hand_off.giver, hand_off.receiver

    def value(self) -> HandOff:
        """The row as planning knows it."""
        return HandOff(self.id, self.before_id, self.after_id, self.giver_id, self.receiver_id, self.metric_id)
