"""The workspace's clock: the real one, or one that starts when the file says, moved forward on request."""

import time
from datetime import datetime


class ClockMovedBack(Exception):
    """The clock only goes forward: messages are ordered by it."""


class Clock:
    """Real time plus an offset that only grows."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self.offset = starts_at.timestamp() - time.time() if starts_at else 0.0
        self._last = 0

    def now(self) -> float:
        """Seconds since 1970 on this clock."""
        return time.time() + self.offset

    def move(self, offset: float) -> None:
        """Set how far this clock is ahead of the real one."""
        if offset < self.offset:
            raise ClockMovedBack(f"the clock is already {self.offset:.0f} s ahead and cannot go back")
        self.offset = offset

    def stamp(self) -> str:
        """A timestamp that no other message or action has, later than all before it."""
        self._last = max(self._last + 1, int(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
