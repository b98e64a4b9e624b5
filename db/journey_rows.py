"""The tables of the journey: stages, segments, touchpoints and hand-offs."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Named, Numbered, Owned, Row, folded, within
from planning.journey.values import HandOff, Segment, Stage
from planning.journey.versions import SavedJourney


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
    brand_value: Mapped[str] = mapped_column(server_default="")
    retired: Mapped[bool]

    def fill(self, stage: Stage) -> None:
        """Take over what the value says."""
        self.name, self.folded, self.position = stage.name, folded(stage.name), stage.position
        self.definition, self.customer_goal, self.intent = stage.definition, stage.customer_goal, stage.intent
        self.weight, self.owner_id, self.brand_value = stage.weight, stage.owner, stage.brand_value

    def value(self) -> Stage:
        """The row as planning knows it."""
        aims = (self.definition, self.customer_goal, self.intent)
        return Stage(self.id, self.name, self.position, *aims, self.weight, self.owner_id, self.brand_value)


class JourneyVersionRow(Owned, Row):
    """A version of the journey, with what was changed."""

    __tablename__ = "journey_versions"
    __table_args__ = (within("by", "people"),)

    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[int | None]
    stages: Mapped[list[object]]
    told: Mapped[list[object]]

    def value(self) -> SavedJourney:
        """The row as planning knows it."""
        return SavedJourney.model_validate(
            {"version": self.version, "at": self.at, "by": self.by, "stages": self.stages, "told": self.told}
        )


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
        within("owner_id", "people"),
    )

    before_id: Mapped[int]
    after_id: Mapped[int]
    giver_id: Mapped[int | None]
    receiver_id: Mapped[int | None]
    metric_id: Mapped[int | None]
    owner_id: Mapped[int | None]

    def fill(self, hand_off: HandOff) -> None:
        """Take over what the value says."""
        self.before_id, self.after_id, self.metric_id = hand_off.before, hand_off.after, hand_off.metric
        self.giver_id, self.receiver_id, self.owner_id = hand_off.giver, hand_off.receiver, hand_off.owner

    def value(self) -> HandOff:
        """The row as planning knows it."""
        ends = (self.before_id, self.after_id, self.giver_id, self.receiver_id)
        return HandOff(self.id, *ends, self.metric_id, self.owner_id)
