"""Messages of which nobody knows whether they arrived: looked up where Slack lets us read, and only then repeated.

Each is looked up by the one process that holds it. Who looks trusts no clock that can jump, for that makes senders
look dead who are only slow: since it first saw the doubt, as much of its own time must pass as a request may take.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.delivery.delivering import Sender, hold
from bot.delivery.looking import found
from bot.delivery.outcomes import Later, Posted, Refused, Unsure
from planning.outbox.pacing import HELD_AT_MOST, Method
from planning.outbox.parking import leave_in_doubt
from planning.outbox.values import Message

AGAIN = timedelta(minutes=10)
"""How long until a conversation that could not be read is tried again: a permission may have been given."""
SOON_S = 2.0
HOLDS_S = 300.0
"""For so long a message that could be looked up, if only Slack answered, holds up the later ones of its conversation.

Then they go on without it: order is worth less than being told at all.
"""
AT_ONCE = 20

log = structlog.get_logger()


@dataclass(slots=True)
class Doubt:
    """One message in doubt that is ours to look up; times are seconds of a monotonic clock."""

    workspace: str
    message: Message
    believed_from: float
    look_at: float = 0.0


@dataclass(slots=True)
class Doubts:
    """All messages in doubt that are ours, and since when this process has known of each."""

    sender: Sender
    holds_s: float = HOLDS_S
    _ours: dict[tuple[str, int], Doubt] = field(default_factory=dict)
    _known: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def take(self, workspace: str) -> None:
        """Take on those that nobody looks up, also what a process left that is gone."""
        times, waiting = self.sender.times, self.sender.database.doubts(workspace)
        expired = self.sender.outbox(workspace).expired(self.sender.now())
        self.sender.meters.claimed("message", "expired", len(expired))
        for message in waiting.claim(self.sender.now(), times.lease, AT_ONCE):
            since = self._known.setdefault((workspace, message.id, message.attempts), time.monotonic())
            self._ours[(workspace, message.id)] = Doubt(workspace, message, since + times.patience)

    def due(self) -> dict[str, list[Doubt]]:
        """Those to look up now, by workspace."""
        at, due = time.monotonic(), dict[str, list[Doubt]]()
        for doubt in list(self._ours.values()):
            if doubt.look_at <= at:
                due.setdefault(doubt.workspace, []).append(doubt)
        return due

    def settle(self, doubt: Doubt) -> None:
        """Look once: found is posted, certainly missing is sent again, unreadable waits for a steward."""
        sender, message, at = self.sender, doubt.message, time.monotonic()
        outbox, now = sender.outbox(doubt.workspace), sender.now()
        if not outbox.take(Method.HISTORY, 1, now):
            return self._again(doubt, SOON_S)
        client = sender.client_of(doubt.workspace)
        there = client if isinstance(client, Later) else found(client, message, outbox.head(message))
        if isinstance(there, Posted):
            return self._end(doubt, outbox.posted(message, there.channel, there.ts, 1, sender.now()), "found")
        if isinstance(there, Later | Unsure):
            return self._unanswered(doubt, there)
        if at < doubt.believed_from:  # Slack may still be at it, and the later ones must not overtake it
            doubt.look_at = doubt.believed_from
            return None
        if isinstance(there, Refused):
            return self._unreadable(doubt, there.reason)
        return self._end(doubt, sender.database.doubts(doubt.workspace).missing(message, sender.now()), "missing")

    def _unanswered(self, doubt: Doubt, failure: Later | Unsure) -> None:
        """Look again soon, then less and less often; when Slack says when, then."""
        if isinstance(failure, Later) and failure.seconds is not None:
            hold(self.sender.outbox(doubt.workspace), failure, self.sender.now())
            return self._again(doubt, failure.seconds)
        passed = time.monotonic() - doubt.believed_from + self.sender.times.patience
        if passed > self.holds_s:
            return self._unreadable(doubt, failure.reason)
        return self._again(doubt, min(60.0, max(SOON_S, passed / 2)))

    def _again(self, doubt: Doubt, seconds: float) -> None:
        not_before = self.sender.now() + timedelta(seconds=seconds)
        self.sender.database.doubts(doubt.workspace).again(doubt.message, not_before)
        del self._ours[(doubt.workspace, doubt.message.id)]

    def _unreadable(self, doubt: Doubt, reason: str) -> None:
        """The stewards are told; later it is looked up again, the older it is the less often."""
        log.warning("uncertain delivery cannot be looked up", **_named(doubt), reason=reason)
        now = self.sender.now()
        again = now + max(AGAIN, (now - doubt.message.created_at) / 4)
        with self.sender.database.registers(doubt.workspace).writing() as register:
            leave_in_doubt(register, doubt.message, min(again, now + HELD_AT_MOST), now)
        del self._ours[(doubt.workspace, doubt.message.id)]

    def _end(self, doubt: Doubt, counted: bool, what: str) -> None:
        log.info("uncertain delivery settled", **_named(doubt), outcome=what, counted=counted)
        del self._ours[(doubt.workspace, doubt.message.id)]
        self._known.pop((doubt.workspace, doubt.message.id, doubt.message.attempts), None)


def _named(doubt: Doubt) -> dict[str, str]:
    return {"workspace": doubt.workspace, "delivery_key": doubt.message.posting.delivery_key}
