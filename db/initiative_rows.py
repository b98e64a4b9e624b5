"""The tables of initiatives: one row each, and one row for each thing that an initiative names."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Numbered, Owned, Row, folded, within
from planning.initiatives.values import Contact, Draft, Initiative, Intent, Status
from planning.window import Window


class InitiativeRow(Numbered, Row):
    """A registered initiative; `vector` is its text as the encoder `encoder` reads it."""

    __tablename__ = "initiatives"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source", "source_id"),
        Index(None, "workspace_id", "status"),
        Index(None, "workspace_id", "department_id"),
        Index(None, "workspace_id", "owner_id"),
        within("department_id", "departments"),
        within("owner_id", "people"),
        within("registered_by", "people"),
        within("joined_id", "initiatives"),
    )

    title: Mapped[str]
    problem: Mapped[str]
    folded: Mapped[str]
    department_id: Mapped[int]
    owner_id: Mapped[int | None]
    status: Mapped[Status]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    serves: Mapped[str]
    extras: Mapped[dict[str, object]]
    registered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    registered_by: Mapped[int | None]
    joined_id: Mapped[int | None]
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    encoder: Mapped[str]
    vector: Mapped[bytes]

    def value(self, named: "Parts") -> Initiative:
        """The row with what it names, as planning knows it."""
        return Initiative(
            self.id,
            self._draft(named),
            registered_at=self.registered_at,
            changed_at=self.changed_at,
            registered_by=self.registered_by,
            joined=self.joined_id,
            source=self.source or "",
            source_id=self.source_id or "",
        )

    def _draft(self, named: "Parts") -> Draft:
        return Draft(
            self.title,
            self.problem,
            self.department_id,
            self.owner_id,
            self.status,
            self.starts_on,
            self.ends_on,
            serves=self.serves,
            extras={name: str(extra) for name, extra in self.extras.items()},
            **named,
        )


Parts = dict[str, Any]
"""The fields of a draft that lie in tables of their own."""


class _Part(Owned):
    """Something that an initiative names, in the order in which it was named."""

    initiative_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    position: Mapped[int]


class StageLinkRow(_Part, Row):
    """An initiative works on a stage."""

    __tablename__ = "initiative_stages"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("stage_id", "stages"),
        Index(None, "workspace_id", "stage_id"),
    )

    stage_id: Mapped[int] = mapped_column(primary_key=True)


class SegmentLinkRow(_Part, Row):
    """An initiative is for a segment."""

    __tablename__ = "initiative_segments"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("segment_id", "segments"),
        Index(None, "workspace_id", "segment_id"),
    )

    segment_id: Mapped[int] = mapped_column(primary_key=True)


class TouchpointLinkRow(_Part, Row):
    """An initiative uses a touchpoint."""

    __tablename__ = "initiative_touchpoints"
    __table_args__ = (within("initiative_id", "initiatives"), within("touchpoint_id", "touchpoints"))

    touchpoint_id: Mapped[int] = mapped_column(primary_key=True)


class WebLinkRow(Owned, Row):
    """A link of an initiative to somewhere else."""

    __tablename__ = "initiative_links"
    __table_args__ = (within("initiative_id", "initiatives"),)

    initiative_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]


class ContactRow(Owned, Row):
    """A planned contact of an initiative."""

    __tablename__ = "initiative_contacts"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("segment_id", "segments"),
        within("touchpoint_id", "touchpoints"),
    )

    initiative_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    position: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int]
    touchpoint_id: Mapped[int]
    intent: Mapped[Intent]
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    def value(self) -> Contact:
        """The row as planning knows it."""
        return Contact(self.segment_id, self.touchpoint_id, self.intent, Window(self.starts_on, self.ends_on))


LINKS = (
    ("stages", StageLinkRow, StageLinkRow.stage_id),
    ("segments", SegmentLinkRow, SegmentLinkRow.segment_id),
    ("touchpoints", TouchpointLinkRow, TouchpointLinkRow.touchpoint_id),
    ("links", WebLinkRow, WebLinkRow.url),
)
"""Field of the draft, its table, and the column that holds the value."""


def columns(draft: Draft) -> dict[str, object]:
    """What of a draft lies in the initiative's own row."""
    return {
        "title": draft.title,
        "problem": draft.problem,
        "folded": folded(draft.title, draft.problem, draft.serves),
        "department_id": draft.department,
        "owner_id": draft.owner,
        "status": draft.status,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "serves": draft.serves,
        "extras": dict(draft.extras),
    }


def parts(key: dict[str, object], draft: Draft) -> Iterator[tuple[type[Row], dict[str, object]]]:
    """What of a draft lies in tables of its own: each row with its table."""
    for field, row, column in LINKS:
        for position, value in enumerate(dict.fromkeys(getattr(draft, field))):
            yield row, {**key, "position": position, column.key: value}
    for position, contact in enumerate(draft.contacts):
        yield ContactRow, {**key, "position": position, **_contact_columns(contact)}


def _contact_columns(contact: Contact) -> dict[str, object]:
    return {
        "segment_id": contact.segment,
        "touchpoint_id": contact.touchpoint,
        "intent": contact.intent,
        "starts_on": contact.window.start,
        "ends_on": contact.window.end,
    }
