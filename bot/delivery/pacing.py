"""Slack takes about one post a second in a channel; waiting here is cheaper than being told to wait."""

from collections.abc import Hashable

INTERVAL_S = 1.0
_FORGET_FROM = 1000


class Pacer:
    """Remembers when each channel was last posted to; times are seconds of a monotonic clock."""

    def __init__(self, interval: float = INTERVAL_S) -> None:
        self._interval = interval
        self._last: dict[Hashable, float] = {}

    def delay(self, channel: Hashable, at: float) -> float:
        """How long to wait before the channel may be posted to."""
        return max(0.0, self._last.get(channel, float("-inf")) + self._interval - at)

    def used(self, channel: Hashable, at: float) -> None:
        """The channel is posted to now."""
        if len(self._last) >= _FORGET_FROM:
            self._last = {key: last for key, last in self._last.items() if last + self._interval > at}
        self._last[channel] = at

    def __len__(self) -> int:
        """How many channels are remembered."""
        return len(self._last)
