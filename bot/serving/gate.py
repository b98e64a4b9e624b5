"""The HTTP server as a part of the crew: it is there until what is under way is answered."""

from dataclasses import dataclass, field
from threading import Event

from bot.seeing.pulses import Pulse

DRAIN_S = 4
"""For what is under way, which Slack waits three seconds for."""


@dataclass(slots=True)
class Gate:
    """What the process that serves and its crew know of each other."""

    told: Event = field(default_factory=Event)
    """That it is to end."""
    pulse: Pulse = field(default_factory=Pulse)
    _is_open: bool = False
    _drained: Event = field(default_factory=Event)

    @property
    def connected(self) -> int:
        """One while requests come in."""
        return int(self._is_open and not self.told.is_set())

    def start(self) -> None:
        """Requests come in from now on, as soon as the server looks for them."""
        self._is_open = True

    def drained(self) -> None:
        """Everything that came in is answered."""
        self._drained.set()

    def stop(self) -> None:
        """Wait until it is."""
        self._is_open = False
        self._drained.wait(DRAIN_S + 1)
