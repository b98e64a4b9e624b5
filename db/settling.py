"""What arrived in Slack, written down: the outcomes of a few milliseconds in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from db.postings import MessageRow
from db.scope import Scope
from planning.outbox.values import Delivery, Message

UNSENT = (Delivery.SENDING, Delivery.UNCERTAIN, Delivery.PENDING)
"""What arrived counts even for one that was given up as uncertain."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that was posted or edited, as it was wanted when it was claimed."""

    message: Message
    channel: str
    ts: str
    at: datetime


def settled(scope: Scope, arrivals: Sequence[Arrived], *, skip_held: bool = False) -> dict[int, bool]:
    """By number, whether each counted.

    Several at once skip those that another transaction holds, for that may wait for one of ours: these are left out.
    """
    ids = [one.message.id for one in arrivals]
    columns = (MessageRow.id, MessageRow.attempts, MessageRow.state, MessageRow.ts)
    known = select(*columns).where(scope.owns(MessageRow), MessageRow.id.in_(ids)).order_by(MessageRow.id)
    rows = scope.session.execute(known.with_for_update(skip_locked=skip_held))
    now = {id: (attempts, state, ts) for id, attempts, state, ts in rows}
    ours = [one for one in arrivals if one.message.id in now and _counts(one, *now[one.message.id])]
    if ours:
        scope.session.execute(update(MessageRow), [_written(scope, one) for one in ours])
    return dict.fromkeys(now, False) | {one.message.id: True for one in ours}


def _counts(arrived: Arrived, attempts: int, state: Delivery, ts: str | None) -> bool:
    """Whether it is still ours, or was written down before, when only the database's answer got lost."""
    if attempts != arrived.message.attempts:
        return False
    return ts == arrived.ts if state is Delivery.SENT else state in UNSENT and arrived.message.ts is None


def _written(scope: Scope, arrived: Arrived) -> dict[str, object]:
    message = arrived.message
    key = {"workspace_id": scope.workspace, "id": message.id}
    shown = {"state": Delivery.SENT, "shown": message.wanted, "shown_at": arrived.at}
    place = {"channel": arrived.channel, "ts": arrived.ts}
    return {**key, **shown, **place, "leased_until": None, "not_before": None, "error": ""}
