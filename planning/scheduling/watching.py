"""A search is watched from a thread of its own: it ends at the deadline, or as soon as somebody wants it to."""

from collections.abc import Callable
from threading import Event, Thread, Timer
from types import TracebackType
from typing import Self

from planning.scheduling.values import Ended

POLL = 0.05
"""So often it is asked whether to stop, in seconds."""


class Watch:
    """Calls `halt` again and again once the time is over or `stop` says so: what is to halt may not have begun."""

    def __init__(self, seconds: float, stop: Callable[[], bool]) -> None:
        self.left = seconds
        """About so many seconds are left, counted by the times that the thread has looked."""
        self.late = False
        self.stopped = False
        self.halt: Callable[[], None] = lambda: None
        self._stop = stop
        self._over = Event()
        self._timer = Timer(seconds, self._ring)
        self._thread = Thread(target=self._look, name="watch", daemon=True)

    def _ring(self) -> None:
        self.late = True

    def _look(self) -> None:
        while not self._over.wait(POLL):
            self.left -= POLL
            self.stopped = self.stopped or (not self.late and self._stop())
            if self.late or self.stopped:
                self.halt()

    @property
    def ended(self) -> Ended | None:
        """Why the search is to end, if it is."""
        if self.stopped:
            return Ended.STOPPED
        return Ended.DEADLINE if self.late else None

    def __enter__(self) -> Self:
        self.stopped = self._stop()
        self._timer.daemon = True
        self._timer.start()
        self._thread.start()
        return self

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._over.set()
        self._timer.cancel()
        self._thread.join()
