"""How a process comes to its end: everything at once, in bounded time, and at once when it is told twice."""

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from types import FrameType
from typing import NoReturn, Protocol

import structlog

STOP_S = 8.0
"""For all parts together; whoever runs the bot is promised ten seconds for the whole process."""
_TWICE = 128

log = structlog.get_logger()


class Part(Protocol):
    """Something that works on its own from start to stop."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class InOrder:
    """Parts of which each needs the ones before it: they are stopped from the last to the first."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    def start(self) -> None:
        """Start each after the ones that it needs."""
        for part in self.parts:
            part.start()

    def stop(self) -> None:
        """Stop each before the ones that it needs."""
        for part in reversed(self.parts):
            part.stop()


class Told(Event):
    """Set by SIGTERM or SIGINT; a second one ends the process at once."""

    def listen(self) -> None:
        """From now on the signals come here."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self.is_set():
            os._exit(_TWICE + number)
        self.set()


@dataclass(slots=True)
class AtWork:
    """Parts at work, and after their end the names of those that did not stop in time."""

    left: Sequence[str] = ()


@contextmanager
def at_work(parts: Sequence[Part]) -> Iterator[AtWork]:
    """Start them; those that were started are stopped together, also when one of them could not be."""
    work, begun = AtWork(), list[Part]()
    try:
        for part in parts:
            part.start()
            begun.append(part)
        yield work
    finally:
        work.left = stop_together(begun)


def stop_together(parts: Sequence[Part], seconds: float = STOP_S) -> list[str]:
    """Stop all at the same time; the names of those that did not come to their end in that time."""
    ends_at = monotonic() + seconds
    stopping = [(_name(part), Thread(target=_stop, args=(part,), name="stopping", daemon=True)) for part in parts]
    for _, thread in stopping:
        thread.start()
    for _, thread in stopping:
        thread.join(max(0.0, ends_at - monotonic()))
    return [name for name, thread in stopping if thread.is_alive()]


def leave(status: int = 0) -> NoReturn:
    """End the process, whatever thread still works: what it holds, another process takes over."""
    logging.shutdown()
    os._exit(status)


def _name(part: Part) -> str:
    parts = part.parts if isinstance(part, InOrder) else (part,)
    return " and ".join(type(one).__name__ for one in parts)


def _stop(part: Part) -> None:
    try:
        part.stop()
    except Exception:  # the others are stopped all the same
        log.exception("part not stopped", part=_name(part))
