"""How much waits to be done in all workspaces together, and since when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.detections import DetectionRow
from db.postings import UNSEEN, MessageRow
from db.schedule_rows import KNOWN, OPEN, OccurrenceRow, ScheduleRow, schedule_due
from db.workspaces import WorkspaceRow


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits of one sort: how many, and since when the oldest does."""

    sort: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: messages by their state, due times by the kind of their schedule, changes to detect from."""

    messages: tuple[Pile, ...]
    due: tuple[Pile, ...]
    detections: tuple[Pile, ...]


def backlog(session: Session, now: datetime) -> Backlog:
    """What waits now; each query looks at what waits and not at what was ever done."""
    return Backlog(_messages(session), _due(session, now), _detections(session))


def _messages(session: Session) -> tuple[Pile, ...]:
    waiting = UNSEEN & _stays(MessageRow.workspace_id)
    counted = select(MessageRow.state, func.count(), func.min(MessageRow.created_at)).where(waiting)
    return _piles(session, counted, MessageRow.state)


def _due(session: Session, now: datetime) -> tuple[Pile, ...]:
    """Those that no beat has noticed yet, and those that are not done yet."""
    noticed = select(ScheduleRow.kind, func.count(), func.min(ScheduleRow.due_at)).where(
        schedule_due(now), _stays(ScheduleRow.workspace_id)
    )
    open_ones = select(OccurrenceRow.workspace_id, OccurrenceRow.schedule_id, OccurrenceRow.due_at).where(
        OPEN, _stays(OccurrenceRow.workspace_id)
    )
    found = open_ones.subquery()
    of = and_(ScheduleRow.workspace_id == found.c.workspace_id, ScheduleRow.id == found.c.schedule_id)
    begun = select(ScheduleRow.kind, func.count(), func.min(found.c.due_at)).join_from(ScheduleRow, found, of & KNOWN)
    both = (*_piles(session, noticed, ScheduleRow.kind), *_piles(session, begun, ScheduleRow.kind))
    sorts = sorted({pile.sort for pile in both})
    return tuple(_together([pile for pile in both if pile.sort == sort]) for sort in sorts)


def _detections(session: Session) -> tuple[Pile, ...]:
    counted = select(literal("detection"), func.count(), func.min(DetectionRow.queued_at))
    return _read(session, counted.where(_stays(DetectionRow.workspace_id)))


def _stays(workspace: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """What is of a workspace that has left does not wait: nothing is done for it."""
    return workspace.not_in(select(WorkspaceRow.id).where(WorkspaceRow.left_at.is_not(None)))


def _piles(session: Session, counted: "Select[*tuple[Any, ...]]", by: InstrumentedAttribute[Any]) -> tuple[Pile, ...]:
    return _read(session, counted.group_by(by).order_by(by))


def _read(session: Session, counted: "Select[*tuple[Any, ...]]") -> tuple[Pile, ...]:
    """What waits and since when; a count of nothing has no oldest."""
    return tuple(Pile(str(sort), count, oldest) for sort, count, oldest in session.execute(counted) if count)


def _together(piles: list[Pile]) -> Pile:
    return Pile(piles[0].sort, sum(pile.count for pile in piles), min(pile.oldest for pile in piles))
