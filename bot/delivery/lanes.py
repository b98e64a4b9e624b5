"""The threads of delivery, shared fairly: no workspace has more than half of those that are free."""

import threading
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from queue import SimpleQueue
from time import monotonic

import structlog

THREADS = 8
EACH = 4
"""At most so many for one workspace."""

log = structlog.get_logger()
Work = Callable[[], object]


class Lanes:
    """Threads that do what they are given; a process that has to go does not wait for them, for they are daemons."""

    def __init__(self, on_end: Callable[[], None], threads: int = THREADS) -> None:
        self._on_end, self._threads = on_end, threads
        self._waiting: SimpleQueue[tuple[Hashable, Work] | None] = SimpleQueue()
        self._busy: Counter[Hashable] = Counter()
        self._changed = threading.Condition()
        self._last = ""

    def start(self) -> None:
        """Begin to work."""
        for number in range(self._threads):
            threading.Thread(target=self._run, name=f"delivery-{number}", daemon=True).start()

    def room(self, workspace: str, most: int = EACH) -> int:
        """How many more threads the workspace may have now."""
        with self._changed:
            free, own = self._threads - self._busy.total(), self._busy[workspace]
            fair = max(1, (free + own) // 2)
            return max(0, min(free, min(fair, most) - own))

    def in_turn(self, workspaces: Sequence[str]) -> list[str]:
        """Those after the one that came last are first now."""
        return sorted(workspaces, key=lambda one: (one <= self._last, one))

    def begin(self, workspace: str, work: Work) -> None:
        """Have it done in a thread of its own."""
        with self._changed:
            self._busy[workspace] += 1
            self._last = workspace
        self._waiting.put((workspace, work))

    def end(self, seconds: float) -> bool:
        """Wait so long for what is under way; whether all of it has ended."""
        until = monotonic() + seconds
        for _ in range(self._threads):
            self._waiting.put(None)
        with self._changed:
            while self._busy.total() and (left := until - monotonic()) > 0:
                self._changed.wait(left)
            return not self._busy.total()

    def _run(self) -> None:
        while (given := self._waiting.get()) is not None:
            workspace, work = given
            try:
                work()
            except Exception:  # the thread outlives every fault, for there are only a few
                log.exception("delivery failed")
            with self._changed:
                self._busy[workspace] -= 1
                self._changed.notify_all()
            self._on_end()
