"""What waits in the database, as levels for the meters."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import Lock
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.seeing.meters import Level
from db.backlog import Backlog, Pile
from db.database import Database

FRESH_S = 5.0
"""However many ask, the database is asked once in so long."""

log = structlog.get_logger()


class Levels:
    """Asks the database when somebody reads the meters, and not more often than makes sense."""

    def __init__(self, database: Database, now: Clock, fresh_s: float = FRESH_S) -> None:
        self._database, self._now, self._fresh_s = database, now, fresh_s
        self._asked_at, self._lock = float("-inf"), Lock()
        self._known: tuple[Level, ...] = ()

    def __call__(self) -> Sequence[Level]:
        """What waits; nothing but that the database is down while it does not answer."""
        with self._lock:
            if monotonic() - self._asked_at > self._fresh_s:
                self._known = tuple(self._asked())
                self._asked_at = monotonic()
            return self._known

    def _asked(self) -> Iterator[Level]:
        now = self._now()
        try:
            found = self._database.backlog(now)
        except SQLAlchemyError as error:
            log.warning("no levels: the database does not answer", error=type(error).__name__)
            yield Level("concord_database_up", "Whether the database answers.", 0)
            return
        yield Level("concord_database_up", "Whether the database answers.", 1)
        yield from levels_of(found, now)


def levels_of(found: Backlog, now: datetime) -> Iterator[Level]:
    """Counts and ages of what waits."""
    yield from _of(found.messages, now, "outbox", "state", "Messages that Slack does not show as they should be")
    yield from _of(found.due, now, "due", "kind", "Due times that are not done")
    yield from _of(found.detections, now, "detections", "sort", "Changes whose findings are not up to date")


def _of(piles: Sequence[Pile], now: datetime, name: str, label: str, said: str) -> Iterator[Level]:
    for pile in piles:
        labels = ((label, pile.sort),)
        age = max(0.0, (now - pile.oldest).total_seconds())
        yield Level(f"concord_{name}_waiting", f"{said}.", pile.count, labels)
        yield Level(f"concord_{name}_oldest_seconds", f"{said}: since when the oldest is.", age, labels)
