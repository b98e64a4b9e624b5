"""Nobody need be known to begin an installation, and each is a row: so many a minute are enough for everybody."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

MOST = 120
"""In a minute, in one process."""
MINUTE_S = 60.0


class Turnstile:
    """Lets so many through in any minute."""

    def __init__(self, most: int = MOST, clock: Callable[[], float] = monotonic) -> None:
        self._passed = deque[float](maxlen=most)
        self._clock, self._lock = clock, Lock()

    def admits(self) -> bool:
        """Whether one more may go through; if so, it has."""
        with self._lock:
            now, passed = self._clock(), self._passed
            if len(passed) == passed.maxlen and now - passed[0] < MINUTE_S:
                return False
            passed.append(now)
            return True
