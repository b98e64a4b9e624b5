"""Which messages are taken on next: the first of each conversation, as far as Slack has room for them."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from db.paces import Paces
from db.postings import UNSEEN, MessageRow
from db.queueing import due, first_of_each, must_open, rested
from db.scope import Scope
from planning.outbox.pacing import Method, Rates
from planning.outbox.values import AddressKind, Delivery

BY_AGE = MessageRow.id + 0
"""The oldest first; a sum, for by the bare number SQLite would go through all that was ever sent."""
FEW = 200
"""So many heads more than are wanted are looked at first, where thousands wait."""
_COUNTED = (Method.POST, Method.UPDATE, Method.OPEN)


def claimed(scope: Scope, rates: Rates, now: datetime, lease: timedelta, limit: int) -> list[MessageRow]:
    """Take them on until the lease ends, and count the calls that they cost."""
    paces = Paces(scope, rates)
    free, taken = paces.free(_COUNTED, now), Counter[Method]()
    rows = [row for row in _heads(scope, free, now, limit) if _fits(scope, row, free, taken)]
    for row in rows:
        row.state = Delivery.SENDING if row.state is Delivery.PENDING else row.state
        row.attempts, row.leased_until = row.attempts + 1, now + lease
    paces.take(taken, now)
    scope.session.flush()
    return rows


def _heads(scope: Scope, free: dict[Method, int], now: datetime, limit: int) -> list[MessageRow]:
    """The first of each conversation, of the kinds that Slack has room for.

    They are nearly always among the oldest; only when too many of those may not go yet are all gone through.
    """
    firsts = first_of_each(scope.workspace, now)
    some = scope.session.scalars(firsts.order_by(firsts.selected_columns[0]).limit(limit + FEW)).all()
    heads = _ready(scope, MessageRow.id.in_(some), free, now, limit)
    if len(heads) < limit and len(some) == limit + FEW:
        return _ready(scope, MessageRow.id.in_(firsts), free, now, limit)
    return heads


def _ready(
    scope: Scope, among: ColumnElement[bool], free: dict[Method, int], now: datetime, limit: int
) -> list[MessageRow]:
    """Those among them that may go now."""
    states = {Delivery.PENDING: free[Method.POST], Delivery.SENT: free[Method.UPDATE]}
    roomy = MessageRow.state.in_([state for state, room in states.items() if room])
    opened = true() if free[Method.OPEN] else ~must_open() | (MessageRow.state == Delivery.SENT)
    heads = scope.select(MessageRow).where(UNSEEN, among, roomy, due(now), rested(now), opened)
    locked = heads.order_by(BY_AGE).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked))


def _fits(scope: Scope, row: MessageRow, free: dict[Method, int], taken: Counter[Method]) -> bool:
    """Whether there is room for the calls of this one, too, which are counted then."""
    if row.state is Delivery.PENDING and row.channel is None:
        row.channel = _remembered(scope.session, row)
    calls = [Method.UPDATE if row.state is Delivery.SENT else Method.POST]
    if row.channel is None and not row.address.startswith(f"{AddressKind.CHANNEL}:") and not row.follows:
        calls.append(Method.OPEN)
    if any(taken[method] >= free[method] for method in calls):
        return False
    taken.update(calls)
    return True


def _remembered(session: Session, row: MessageRow) -> str | None:
    """The channel in which the address was given something before."""
    if row.address.startswith(f"{AddressKind.CHANNEL}:"):
        return None
    same = (MessageRow.workspace_id == row.workspace_id, MessageRow.address == row.address)
    shown = select(MessageRow.channel).where(*same, MessageRow.shown_at.is_not(None), MessageRow.ts.is_not(None))
    return session.scalar(shown.order_by(MessageRow.shown_at.desc()).limit(1))
