"""The tables of what initiatives name: one row for each thing, in the order in which it was named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Owned, Row, within
from planning.initiatives.values import Contact, Draft, Effect, Intent, Request
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.window import Window


class OfInitiative(Owned):
    """Something that an initiative names."""

    initiative_id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class _Named(OfInitiative):
    """Something that an initiative names once."""

    position: Mapped[int]


class _Listed(OfInitiative):
    """Something that an initiative may name several times."""

    position: Mapped[int] = mapped_column(primary_key=True)


class StageLinkRow(_Named, Row):
    """An initiative works on a stage."""

    __tablename__ = "initiative_stages"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("stage_id", "stages"),
        Index(None, "workspace_id", "stage_id"),
    )

    stage_id: Mapped[int] = mapped_column(primary_key=True)


class SegmentLinkRow(_Named, Row):
    """An initiative is for a segment."""

    __tablename__ = "initiative_segments"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("segment_id", "segments"),
        Index(None, "workspace_id", "segment_id"),
    )

    segment_id: Mapped[int] = mapped_column(primary_key=True)


class TouchpointLinkRow(_Named, Row):
    """An initiative uses a touchpoint."""

    __tablename__ = "initiative_touchpoints"
    __table_args__ = (within("initiative_id", "initiatives"), within("touchpoint_id", "touchpoints"))

    touchpoint_id: Mapped[int] = mapped_column(primary_key=True)


class WebLinkRow(_Listed, Row):
    """A link of an initiative to somewhere else."""

    __tablename__ = "initiative_links"
    __table_args__ = (within("initiative_id", "initiatives"),)

    url: Mapped[str]


class SupplyRow(_Named, Row):
    """A part of a complete fix that an initiative brings."""

    __tablename__ = "initiative_supplies"
    __table_args__ = (within("initiative_id", "initiatives"),)

    part: Mapped[Part] = mapped_column(primary_key=True)


class ContactRow(_Listed, Row):
    """A planned contact of an initiative."""

    __tablename__ = "initiative_contacts"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("segment_id", "segments"),
        within("touchpoint_id", "touchpoints"),
    )

    segment_id: Mapped[int]
    touchpoint_id: Mapped[int]
    intent: Mapped[Intent]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class EffectRow(_Listed, Row):
    """What an initiative is meant to do to a metric."""

    __tablename__ = "initiative_effects"
    __table_args__ = (within("initiative_id", "initiatives"), within("metric_id", "metrics"))

    metric_id: Mapped[int]
    direction: Mapped[Direction]


class RequestRow(_Listed, Row):
    """What an initiative wants of a resource pool."""

    __tablename__ = "initiative_requests"
    __table_args__ = (within("initiative_id", "initiatives"), within("pool_id", "pools"))

    pool_id: Mapped[int]
    person_weeks: Mapped[float]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class PartOf:
    """A field of the draft and its table: the columns of one of its values, and the way there and back."""

    field: str
    row: type[OfInitiative]
    names: tuple[str, ...]
    read: Callable[..., object]
    write: Callable[[Any], tuple[object, ...]]

    @property
    def table(self) -> Table:
        """Its table."""
        table: Table = self.row.__table__  # type: ignore[attr-defined] # a row has one
        return table

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """The columns that hold a value."""
        return tuple(self.table.c[name] for name in self.names)

    def rows(self, key: dict[str, object], draft: Draft) -> Iterator[dict[str, object]]:
        """A row for each value of a draft; what has one column is named once."""
        values = getattr(draft, self.field)
        for position, value in enumerate(dict.fromkeys(values) if len(self.names) == 1 else values):
            yield {**key, "position": position, **dict(zip(self.names, self.write(value), strict=True))}


def _id(field: str, row: type[OfInitiative], name: str) -> PartOf:
    return PartOf(field, row, (name,), lambda value: value, lambda value: (value,))


def _days(window: Window) -> tuple[date, date]:
    return window.start, window.end


def _contact(segment: int, touchpoint: int, intent: Intent, start: date, end: date) -> Contact:
    return Contact(segment, touchpoint, intent, Window(start, end))


def _request(pool: int, person_weeks: float, start: date, end: date) -> Request:
    return Request(pool, person_weeks, Window(start, end))


_DAYS = ("starts_on", "ends_on")
PARTS = (
    _id("stages", StageLinkRow, "stage_id"),
    _id("segments", SegmentLinkRow, "segment_id"),
    _id("touchpoints", TouchpointLinkRow, "touchpoint_id"),
    _id("links", WebLinkRow, "url"),
    _id("supplies", SupplyRow, "part"),
    PartOf(
        "contacts",
        ContactRow,
        ("segment_id", "touchpoint_id", "intent", *_DAYS),
        _contact,
        lambda contact: (contact.segment, contact.touchpoint, contact.intent, *_days(contact.window)),
    ),
    PartOf(
        "effects",
        EffectRow,
        ("metric_id", "direction"),
        Effect,
        lambda effect: (effect.metric, effect.direction),
    ),
    PartOf(
        "requests",
        RequestRow,
        ("pool_id", "person_weeks", *_DAYS),
        _request,
        lambda request: (request.pool, request.person_weeks, *_days(request.window)),
    ),
)
