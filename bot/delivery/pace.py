"""How long things may take: all of it follows from how long Slack's answer is waited for.

What is ours is ours by a clock that nobody can turn; the times in the database are only for the others.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds, but for the lease."""

    timeout: float
    lease: timedelta
    """How long a message is ours; it is in doubt when its sender has not come back by then."""
    begins: float
    """What must be left of the lease when a post begins: whoever takes over must find it there, or find it undone."""
    unasked: float
    """Who begins later than this after the claim asks first whether the message is still theirs."""
    patience: float
    """Slack may still be at a request that broke: a message that is not there is believed to be missing after this."""

    @classmethod
    def of(cls, timeout: float) -> Self:
        """Those of a timeout; a request takes up to two of them, to connect and to be answered."""
        return cls(timeout, timedelta(seconds=6 * timeout), 3 * timeout, 0.5 * timeout, 1.5 * timeout)


USUAL = Times.of(TIMEOUT_S)


def _ours() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Lease:
    """A message that is ours since `taken`, in seconds of the monotonic clock."""

    times: Times
    taken: float
    ours: Callable[[], bool] = _ours
    """Asks the database: clocks that jump make others believe that we are gone."""

    def allows(self) -> bool:
        """Whether a post or an edit may begin now."""
        passed = time.monotonic() - self.taken
        if passed > self.times.lease.total_seconds() - self.times.begins:
            return False
        return passed <= self.times.unasked or self.ours()
