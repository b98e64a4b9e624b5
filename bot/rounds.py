"""A part that works in a thread of its own: it looks for work, does it, and rests until it is woken."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Event, Thread

import structlog

from bot.seeing.pulses import SILENT_S, Pulse

STOP_S = 5.0
"""What is under way is waited for so long; whoever comes next takes on what is cut off."""

log = structlog.get_logger()


class Rounds(ABC):
    """Makes a round, rests as long as that says or until it is woken, and makes the next one.

    It rests by a clock that nobody can turn: one that is set back would otherwise keep it still for as long. It
    outlives every fault, for nobody else would do what waits; after one it rests for `idle` seconds.
    """

    def __init__(self, name: str, idle: float, prepare: Callable[[], None] = lambda: None) -> None:
        self._name, self._idle, self._prepare = name, idle, prepare
        self._stopping, self._awake = Event(), Event()
        self.pulse = Pulse(SILENT_S + 2 * idle)
        self._thread = Thread(target=self._go_round, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with a first round at once: what was left while nothing ran waits by now."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do: look now."""
        self._awake.set()

    def stop(self) -> None:
        """End after what is being done, which is waited for a while."""
        self._stopping.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(STOP_S)
        if self._thread.is_alive():
            log.warning("not waited for any longer", part=self._name)

    @abstractmethod
    def _round(self) -> float:
        """Do what there is to do; for how many seconds to rest then."""

    def _go_round(self) -> None:
        self._guarded(self._prepare)
        while True:
            self._awake.clear()  # before it is asked for the end: who is stopped between the two must not rest first
            if self._stopping.is_set():
                return
            self.pulse.beat()
            rest = self._guarded(self._round)
            self._awake.wait(self._idle if rest is None else rest)

    def _guarded(self, work: Callable[[], float | None]) -> float | None:
        try:
            return work()
        except Exception:
            log.exception("round failed", part=self._name)
            return None
