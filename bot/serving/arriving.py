"""Whether a request is there: one that still arrives waits outside, and holds none of the few threads that answer."""

import re
from dataclasses import dataclass, field
from socket import MSG_DONTWAIT, MSG_PEEK, socket
from time import monotonic

from gunicorn.workers.gthread import TConn

from bot.serving.callers import READING_S

LOOK = 32_768
"""So many bytes are looked at: what is longer arrives while a thread reads it, and has brought that much."""
AGAIN_S = 0.01
"""Until it is looked at again what still arrives."""
MOST = 200
"""Of more, those that have waited longest are hung up on: there is always room for one that says what it wants."""
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)


@dataclass(slots=True)
class Arriving:
    """Connections by which a request has not come as a whole."""

    reading_s: float = READING_S
    most: int = MOST
    _until: dict[TConn, float] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._until)

    def wait(self, conn: TConn) -> None:
        """It begins to count for how long it takes."""
        self._until[conn] = monotonic() + self.reading_s

    def look(self) -> tuple[list[TConn], list[TConn]]:
        """Those by which a request is there by now, and those that have had their time; neither waits any more."""
        here = [conn for conn in self._until if is_here(conn.sock)]
        for conn in here:
            del self._until[conn]
        spare = len(self._until) - self.most
        late = [conn for turn, (conn, until) in enumerate(self._until.items()) if turn < spare or monotonic() > until]
        for conn in late:
            del self._until[conn]
        return here, late


def is_here(sock: socket) -> bool:
    """Whether reading the request would not wait for who sends it; also where nobody does any more."""
    try:
        seen = sock.recv(LOOK, MSG_PEEK | MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return not seen or len(seen) >= min(_needed(seen), LOOK)


def _needed(seen: bytes) -> int:
    """How many bytes the request has, as far as can be seen."""
    end = seen.find(_END)
    if end < 0:
        return LOOK
    said = _LENGTH.search(seen, 0, end + len(_END))
    return end + len(_END) + (int(said[1]) if said else 0)
