"""Forgetting what is over and old, a portion at a time in the order of the numbers, so that no index is needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.check_ins import CheckInRow
from db.postings import MessageRow
from db.schedule_rows import OccurrenceRow
from db.scope import CounterRow, Scope
from db.tables import Numbered
from db.told import still_told
from planning.data.values import Kept, Portion, Progress
from planning.outbox.values import Delivery, MessageKind
from planning.schedules.values import OccurrenceState

_COUNTED = {name: f"keeping, {name}" for name in Progress.__slots__}
_OVER = (Delivery.SENT, Delivery.FAILED, Delivery.DROPPED)
_ENDED = (OccurrenceState.DONE, OccurrenceState.SKIPPED, OccurrenceState.FAILED)
_DIGESTS = (MessageKind.DIGEST, MessageKind.DEPARTMENT_DIGEST)


@dataclass(frozen=True, slots=True)
class SqlKeeping:
    """What a workspace forgets, and how far it has come."""

    scope: Scope

    def progress(self) -> Progress:
        """Where the last portion ended."""
        names = {counter: name for name, counter in _COUNTED.items()}
        rows = self.scope.select(CounterRow).where(CounterRow.name.in_(names))
        return Progress(**{names[row.name]: row.last for row in self.scope.session.scalars(rows)})

    def save(self, progress: Progress) -> None:
        """Remember where the last portion ended."""
        for name, counter in _COUNTED.items():
            last = getattr(progress, name)
            new = self.scope.insert(CounterRow).values(workspace_id=self.scope.workspace, name=counter, last=last)
            index = [CounterRow.workspace_id, CounterRow.name]
            self.scope.session.execute(new.on_conflict_do_update(index_elements=index, set_={"last": last}))

    def forget(self, kept: Kept, before: datetime, after: int, limit: int) -> Portion:
        """Go through at most so many from a number on, and forget those older than that which nothing needs."""
        row, age = _AGES[kept]
        looked = select(row.id, age).where(self.scope.owns(row), row.id > after).order_by(row.id).limit(limit)
        ages = [(id, at) for id, at in self.scope.session.execute(looked)]
        old = [id for id, at in ages if at < before]
        if not old:
            return Portion(kept, after, 0, whole=True)
        going = delete(row).where(self.scope.owns(row), row.id.in_(old), _UNNEEDED[kept](before)).returning(row.id)
        gone = self.scope.session.scalars(going, execution_options={"synchronize_session": False}).all()
        return Portion(kept, ages[-1][0], len(gone), len(ages) < limit)


def _unneeded_messages(before: datetime) -> ColumnElement[bool]:
    """Of those that Slack shows as they are wanted, or never will, those that nothing edits or answers any more."""
    row, reply = MessageRow, aliased(MessageRow)
    waiting = exists().where(
        reply.workspace_id == row.workspace_id,
        reply.follows == row.delivery_key,
        reply.shown < reply.wanted,
        reply.state.in_((Delivery.PENDING, Delivery.SENDING, Delivery.UNCERTAIN)),
    )
    over = and_(row.state.in_(_OVER), or_(row.shown >= row.wanted, row.state != Delivery.SENT))
    rested = and_(or_(row.shown_at.is_(None), row.shown_at < before), row.leased_until.is_(None))
    return and_(over, rested, ~still_told(), ~waiting)


def _unneeded_due_times(_before: datetime) -> ColumnElement[bool]:
    """The last one that was done of each schedule stays, and those of which a digest is still known."""
    row, later = OccurrenceRow, aliased(OccurrenceRow)
    followed = exists().where(
        later.workspace_id == row.workspace_id,
        later.schedule_id == row.schedule_id,
        later.due_at > row.due_at,
        or_(later.state == OccurrenceState.DONE, row.state != OccurrenceState.DONE),
    )
    told = exists().where(
        MessageRow.workspace_id == row.workspace_id, MessageRow.kind.in_(_DIGESTS), MessageRow.subject == row.id
    )
    return and_(row.state.in_(_ENDED), followed, ~told)


def _unneeded_check_ins(_before: datetime) -> ColumnElement[bool]:
    """The last one of each initiative stays, and the last that was answered."""
    row, later = CheckInRow, aliased(CheckInRow)
    same = (later.workspace_id == row.workspace_id, later.initiative_id == row.initiative_id)
    newer = (later.asked_at > row.asked_at, or_(later.answer.is_not(None), row.answer.is_(None)))
    return exists().where(*same, *newer)


_AGES: Mapping[Kept, tuple[type[Numbered], InstrumentedAttribute[datetime]]] = {
    Kept.MESSAGES: (MessageRow, MessageRow.created_at),
    Kept.DUE_TIMES: (OccurrenceRow, OccurrenceRow.due_at),
    Kept.CHECK_INS: (CheckInRow, CheckInRow.asked_at),
}
_UNNEEDED: Mapping[Kept, Callable[[datetime], ColumnElement[bool]]] = {
    Kept.MESSAGES: _unneeded_messages,
    Kept.DUE_TIMES: _unneeded_due_times,
    Kept.CHECK_INS: _unneeded_check_ins,
}
