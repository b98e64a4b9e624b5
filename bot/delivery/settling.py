"""Writes down what arrived: whatever came in while the last transaction was written goes into the next one.

A process that is lost before that leaves doubts, which are looked up; nothing is posted again for it.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db.outbox import Outbox
from db.settling import Arrived

AT_ONCE = 100
GATHERED_S = 0.03
"""What arrives within so long is written together; a conversation rests for longer anyway."""
SETTLED_AGAIN_S = (0.2, 1.0, 3.0)
"""What arrived is written down even when the database is away for a moment: otherwise it would be in doubt."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written down, and who is told whether it counted."""

    outbox: Outbox
    arrived: Arrived
    tell: Callable[[bool], object]


class Settling:
    """Until it is started, what it is given is written at once, by the thread that brings it."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Settled | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="settling", daemon=True)

    def start(self) -> None:
        """Begin to write in a thread of its own, which nobody waits for."""
        self._thread.start()

    def end(self, seconds: float) -> bool:
        """Write what has come in; whether that was done in time."""
        if self._thread.ident is not None:
            self._waiting.put(None)
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def take(self, settled: Settled) -> None:
        """Write down that a message arrived."""
        if self._thread.is_alive():
            self._waiting.put(settled)
        else:
            _write([settled])

    def _run(self) -> None:
        going = True
        while going:
            some = [self._waiting.get()]
            if some[0] is not None:
                time.sleep(GATHERED_S)
            while len(some) < AT_ONCE and not self._waiting.empty():
                some.append(self._waiting.get())
            going = None not in some
            together = defaultdict[str, list[Settled]](list)
            for one in filter(None, some):
                together[one.outbox.workspace].append(one)
            for of_one in together.values():
                _write(of_one)


def _write(some: Sequence[Settled]) -> None:
    outbox = some[0].outbox
    try:
        counted = _written(outbox, [one.arrived for one in some])
        for one in some:
            one.tell(counted[one.arrived.message.id])
    except Exception:  # each is in doubt when its lease has ended, and is looked up
        log.exception("outcomes not written", workspace=outbox.workspace, count=len(some))


def _written(outbox: Outbox, arrivals: Sequence[Arrived]) -> dict[int, bool]:
    for pause in SETTLED_AGAIN_S:
        try:
            return outbox.arrived(arrivals)
        except SQLAlchemyError:
            log.exception("outcomes not written yet", workspace=outbox.workspace, count=len(arrivals))
            time.sleep(pause)
    return outbox.arrived(arrivals)
