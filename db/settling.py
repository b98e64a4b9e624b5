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


def settled(scope: Scope, arrivals: Sequence[Arrived]) -> dict[int, bool]:
    """By number, whether each counted; one that another transaction holds is left out, for that may wait for ours."""
    ids = [one.message.id for one in arrivals]
    columns = (MessageRow.id, MessageRow.attempts, MessageRow.state)
    known = select(*columns).where(scope.owns(MessageRow), MessageRow.id.in_(ids))
    locked = scope.session.execute(known.order_by(MessageRow.id).with_for_update(skip_locked=True))
    now = {id: (attempts, state) for id, attempts, state in locked}
    ours = [one for one in arrivals if _counts(one.message, *now.get(one.message.id, (None, None)))]
    if ours:
        scope.session.execute(update(MessageRow), [_written(scope, one) for one in ours])
    return dict.fromkeys(now, False) | {one.message.id: True for one in ours}


def _counts(message: Message, attempts: int | None, state: Delivery | None) -> bool:
    return attempts == message.attempts and state in (UNSENT if message.ts is None else (Delivery.SENT,))


def _written(scope: Scope, arrived: Arrived) -> dict[str, object]:
    message = arrived.message
    key = {"workspace_id": scope.workspace, "id": message.id}
    shown = {"state": Delivery.SENT, "shown": message.wanted, "shown_at": arrived.at}
    place = {"channel": arrived.channel, "ts": arrived.ts}
    return {**key, **shown, **place, "leased_until": None, "not_before": None, "error": ""}
