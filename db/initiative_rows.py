"""The tables of initiatives and of the vectors of their texts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Numbered, Owned, Row, folded, within
from planning.initiatives.values import LIVE, Draft, Initiative, Status
from planning.window import Window


class InitiativeRow(Numbered, Row):
    """A registered initiative; `revision` is that of the workspace when it or its vector was last saved."""

    __tablename__ = "initiatives"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source", "source_id"),
        Index(None, "workspace_id", "status"),
        Index(None, "workspace_id", "department_id"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "problem_id"),
        Index(None, "workspace_id", "revision"),
        within("department_id", "departments"),
        within("owner_id", "people"),
        within("problem_id", "problems"),
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
    problem_id: Mapped[int | None]
    movable_from: Mapped[date | None]
    movable_until: Mapped[date | None]
    extras: Mapped[dict[str, object]]
    registered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    registered_by: Mapped[int | None]
    joined_id: Mapped[int | None]
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    revision: Mapped[int] = mapped_column(server_default="0")


class VectorRow(Owned, Row):
    """The text of an initiative as one version of the encoder reads it."""

    __tablename__ = "vectors"
    __table_args__ = (within("initiative_id", "initiatives"), Index(None, "workspace_id", "encoder"))

    initiative_id: Mapped[int] = mapped_column(primary_key=True)
    encoder: Mapped[str] = mapped_column(primary_key=True)
    vector: Mapped[bytes]


LIVE_ROW = and_(InitiativeRow.status.in_(sorted(LIVE)), InitiativeRow.joined_id.is_(None))


def columns(draft: Draft) -> dict[str, object]:
    """What of a draft lies in the initiative's own row."""
    return {
        "title": draft.title,
        "problem": draft.problem,
        "folded": folded(draft.title, draft.problem),
        "department_id": draft.department,
        "owner_id": draft.owner,
        "status": draft.status,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "problem_id": draft.serves,
        "movable_from": draft.movable and draft.movable.start,
        "movable_until": draft.movable and draft.movable.end,
        "extras": dict(draft.extras),
    }


def initiative(row: Any, named: Mapping[str, Any]) -> Initiative:
    """The row as planning knows it, with the fields of its draft that lie in tables of their own."""
    return Initiative(
        row.id,
        Draft(
            row.title,
            row.problem,
            row.department_id,
            row.owner_id,
            row.status,
            row.starts_on,
            row.ends_on,
            serves=row.problem_id,
            movable=Window(row.movable_from, row.movable_until) if row.movable_from and row.movable_until else None,
            extras={name: str(extra) for name, extra in row.extras.items()},
            **named,
        ),
        registered_at=row.registered_at,
        changed_at=row.changed_at,
        registered_by=row.registered_by,
        joined=row.joined_id,
        source=row.source or "",
        source_id=row.source_id or "",
    )
