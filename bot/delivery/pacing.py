"""Slack takes about one post a second in a channel.

The claim keeps conversations apart for all replicas; this wall stands behind it, for what shares a channel under two
addresses, such as a reply that goes where its thread is.
"""

import threading
from collections.abc import Hashable

from planning.outbox.pacing import CONVERSATION_REST

INTERVAL_S = CONVERSATION_REST.total_seconds()
_FORGET_FROM = 1000


class Pacer:
    """Remembers when each channel is posted to; times are seconds of a monotonic clock. Threads may share it."""

    def __init__(self, interval: float = INTERVAL_S) -> None:
        self._interval = interval
        self._last: dict[Hashable, float] = {}
        self._lock = threading.Lock()

    def take(self, channel: Hashable, at: float, most: float = INTERVAL_S) -> float | None:
        """How long to wait before this caller may post there; None, and nothing taken, when that is too long."""
        with self._lock:
            delay = max(0.0, self._last.get(channel, float("-inf")) + self._interval - at)
            if delay > most:
                return None
            self._forget(at)
            self._last[channel] = at + delay
            return delay

    def _forget(self, at: float) -> None:
        if len(self._last) >= _FORGET_FROM:
            self._last = {key: last for key, last in self._last.items() if last + self._interval > at}

    def __len__(self) -> int:
        """How many channels are remembered."""
        return len(self._last)
