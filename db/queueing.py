"""Which messages of the outbox there is something to do for, and which must wait for others.

What lies too far ahead was written by a clock that has jumped: a lease, a rest or a hold of that kind counts as over.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.paces import open_to
from db.postings import KNOWN, UNSEEN, MessageRow
from planning.outbox.pacing import CLOCKS_APART, CONVERSATION_REST, HELD_AT_MOST, Method
from planning.outbox.values import AddressKind, Delivery, MessageKind

LEASE_AT_MOST = timedelta(minutes=6)
"""More than any lease, which follows from how long Slack's answer may be waited for, and than clocks are apart."""
STRANGE_AT_MOST = timedelta(minutes=5)
"""For so long a message of a kind that only a newer release knows holds up its conversation: that may be gone again."""
_ENDED = (Delivery.FAILED, Delivery.DROPPED)
_FIRST, _OTHER, _HEAD = aliased(MessageRow), aliased(MessageRow), aliased(MessageRow)
"""Made once: to name the columns of an alias anew costs more than a claim."""


def due(now: datetime, *, state: Delivery | None = None) -> ColumnElement[bool]:
    """Whether a message is to be posted or edited now; with a state, only those in it."""
    known = and_(KNOWN, _due(MessageRow, now))
    return known if state is None else and_(MessageRow.state == state, known)


def lost(now: datetime) -> ColumnElement[bool]:
    """Whether the one who was sending a message has not come back."""
    return and_(UNSEEN, KNOWN, MessageRow.state == Delivery.SENDING, _unleased(MessageRow, now))


def doubtful(now: datetime) -> ColumnElement[bool]:
    """Whether a message in doubt is to be looked up now, and nobody is at it."""
    row = MessageRow
    return and_(UNSEEN, KNOWN, row.state == Delivery.UNCERTAIN, _awake(row, now), _unleased(row, now))


def first_of_each(workspace: str, now: datetime) -> Select[int]:
    """The number of the message that comes first, for each conversation that has none under way."""
    row = _FIRST
    under_way = _is_under_way(row, now)
    counted = case((under_way, 1), else_=0)
    counting = (row.workspace_id == workspace, row.shown < row.wanted, ~_is_left_to_nobody(row, now))
    waiting = select(func.min(row.id)).where(*counting)
    blocking = waiting.where(or_(under_way, _comes_first(row, now)))
    return blocking.group_by(row.address).having(func.max(counted) == 0)


def rested(now: datetime) -> ColumnElement[bool]:
    """Whether Slack was given nothing for the conversation a moment ago."""
    other = _OTHER
    return ~exists().where(
        other.workspace_id == MessageRow.workspace_id,
        other.address == MessageRow.address,
        other.shown_at > now - CONVERSATION_REST,
        other.shown_at <= now + CLOCKS_APART,
    )


def must_open() -> ColumnElement[bool]:
    """Whether the conversation of a message is not known yet, because nothing of its address is in Slack."""
    other, address = _OTHER, MessageRow.address
    known = exists().where(
        other.workspace_id == MessageRow.workspace_id,
        other.address == address,
        other.shown_at.is_not(None),
        other.ts.is_not(None),
    )
    return and_(MessageRow.channel.is_(None), ~address.startswith(f"{AddressKind.CHANNEL}:"), ~known)


def _due(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    return and_(
        row.shown < row.wanted,
        row.state.in_((Delivery.PENDING, Delivery.SENT)),
        _awake(row, now),
        _unleased(row, now),
        ~_waits_for_its_thread(row),
    )


def _awake(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    absurd = and_(row.attempts > 0, row.not_before > now + HELD_AT_MOST)
    return or_(row.not_before.is_(None), row.not_before <= now, absurd)


def _unleased(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    until = row.leased_until
    return or_(until.is_(None), until <= now, until > now + LEASE_AT_MOST)


def _waits_for_its_thread(row: type[MessageRow]) -> ColumnElement[bool]:
    """Whether a message is not in Slack and what it follows may still come there: it must not overtake that."""
    head = _HEAD
    may_come = exists().where(
        head.workspace_id == row.workspace_id,
        head.delivery_key == row.follows,
        head.ts.is_(None),
        head.state.not_in(_ENDED),
    )
    return and_(row.ts.is_(None), row.follows != "", may_come)


def _waits_for_its_time(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    """Whether a message that was never tried is meant for later: others need not wait for that."""
    return and_(row.attempts == 0, row.not_before.is_not(None), row.not_before > now)


def _is_under_way(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    """Whether somebody is posting or editing a message."""
    editing = and_(row.state == Delivery.SENT, ~_unleased(row, now))
    return or_(row.state == Delivery.SENDING, editing)


def _is_left_to_nobody(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    """Whether only a newer release knows the kind of a message, and has had the time to send it."""
    return and_(row.kind.not_in([*MessageKind]), row.created_at <= now - STRANGE_AT_MOST, _unleased(row, now))


def _comes_first(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    """Whether the later ones of its conversation wait for a message.

    For one in doubt they do until somebody has looked, or could not look, which no clock that jumps can shorten.
    """
    coming = and_(row.state == Delivery.PENDING, ~_waits_for_its_thread(row), ~_waits_for_its_time(row, now))
    doubted = and_(row.state == Delivery.UNCERTAIN, row.shown_at.is_not(None))
    return or_(coming, doubted, _due(row, now))


def waits(workspace: InstrumentedAttribute[str], now: datetime) -> ColumnElement[bool]:
    """Whether a workspace has a message that is to be sent or edited, and Slack has room for it."""
    posts = and_(_some(workspace, due(now, state=Delivery.PENDING)), open_to(workspace, Method.POST, now))
    edits = and_(_some(workspace, due(now, state=Delivery.SENT)), open_to(workspace, Method.UPDATE, now))
    return or_(posts, edits)


def doubts(workspace: InstrumentedAttribute[str], now: datetime) -> ColumnElement[bool]:
    """Whether a workspace has a message whose sender is gone, or one in doubt that may be looked up."""
    doubted = and_(_some(workspace, doubtful(now)), open_to(workspace, Method.HISTORY, now))
    return or_(_some(workspace, lost(now)), doubted)


def _some(workspace: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(MessageRow.workspace_id == workspace, UNSEEN, condition)
