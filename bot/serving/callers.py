"""Who takes too long to say what is wanted is hung up on: each would hold one of the few threads that answer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import SHUT_RDWR, socket
from threading import get_ident
from time import monotonic

READING_S = 6.0
"""For a request to arrive as a whole. Slack's are there at once."""
ANSWERING_S = 60.0
"""For its answer to be made, which may ask Slack something, and to be taken."""


@dataclass(slots=True)
class Callers:
    """Those who are being listened to or answered, each by a thread."""

    reading_s: float = READING_S
    answering_s: float = ANSWERING_S
    _ends: dict[int, tuple[socket, float]] = field(default_factory=dict)

    @contextmanager
    def listening(self, caller: socket) -> Iterator[None]:
        """Begin to count, in the thread that listens."""
        self._ends[get_ident()] = (caller, monotonic() + self.reading_s)
        try:
            yield
        finally:
            del self._ends[get_ident()]

    def heard(self) -> None:
        """This thread's caller has said it all."""
        caller = self._ends.get(get_ident())
        if caller is not None:
            self._ends[get_ident()] = (caller[0], monotonic() + self.answering_s)

    def hang_up(self) -> int:
        """Hang up on those whose time is over; how many."""
        over = [caller for caller, ends in list(self._ends.values()) if monotonic() > ends]
        for caller in over:
            with suppress(OSError):  # it may have gone in this moment
                caller.shutdown(SHUT_RDWR)
        return len(over)
