"""Messages of which nobody knows whether they arrived: looked up where Slack lets us read, and only then repeated."""

import time
from dataclasses import dataclass, field

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.delivery.looking import found
from bot.delivery.outcomes import Posted, Refused
from db.outbox import Outbox
from planning.outbox.values import Message

PATIENCE_S = 15.0
"""Slack may still be at a request whose connection broke: a message that is not there is believed after this long."""
AGAIN_S = 600.0
"""How long until a conversation that could not be read is tried again: a permission may have been given."""

log = structlog.get_logger()


@dataclass(slots=True)
class Doubt:
    """One message in doubt; times are seconds of a monotonic clock."""

    workspace: str
    message: Message
    believed_from: float
    look_at: float = 0.0


@dataclass(slots=True)
class Doubts:
    """All messages in doubt that this process knows of."""

    now: Clock
    patience: float = PATIENCE_S
    _known: dict[tuple[str, int], Doubt] = field(default_factory=dict)

    def add(self, workspace: str, message: Message, *, old: bool = False) -> None:
        """Look this one up; an old one has waited long enough already."""
        at = time.monotonic()
        doubt = Doubt(workspace, message, at if old else at + self.patience)
        self._known.setdefault((workspace, message.id), doubt)

    def due(self) -> list[Doubt]:
        """Those to look up now."""
        at = time.monotonic()
        return [doubt for doubt in self._known.values() if doubt.look_at <= at]

    def settle(self, doubt: Doubt, client: WebClient, outbox: Outbox) -> None:
        """Look once: found is posted, certainly missing is sent again, unreadable waits for a steward."""
        message, at = doubt.message, time.monotonic()
        there = found(client, message, outbox.followed(message))
        if isinstance(there, Posted):
            self._end(doubt, outbox.posted(message, there.channel, there.ts, shown=1), "found")
        elif there is None and at >= doubt.believed_from:
            self._end(doubt, outbox.retry(message, self.now(), "It had not arrived."), "missing")
        elif isinstance(there, Refused):
            log.warning("uncertain delivery cannot be looked up", **_named(doubt), reason=there.reason)
            doubt.look_at = at + AGAIN_S
        else:
            doubt.look_at = max(doubt.believed_from, at + 1.0)

    def _end(self, doubt: Doubt, counted: bool, what: str) -> None:
        log.info("uncertain delivery settled", **_named(doubt), outcome=what, counted=counted)
        del self._known[(doubt.workspace, doubt.message.id)]


def _named(doubt: Doubt) -> dict[str, str]:
    return {"workspace": doubt.workspace, "delivery_key": doubt.message.posting.delivery_key}
