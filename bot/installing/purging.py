"""The chore of the beat that deletes workspaces whose time is over."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog

from db.database import Database
from db.purging import Purging

AT_MOST_S = 2.0
"""In one beat, for what else is due waits meanwhile; the next one goes on."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PurgeChore:
    """Deletes what is due for a while."""

    database: Database
    at_most_s: float = AT_MOST_S

    def __call__(self, now: datetime) -> None:
        """Delete; the log tells how much, and not what."""
        purges, ends = Purging(self.database), monotonic() + self.at_most_s
        for workspace in purges.due(now):
            rows = 0
            while monotonic() < ends and (gone := purges.purge(workspace, now)) is not None:
                rows += gone
            if rows:
                log.info("deleting what a workspace that had left had", workspace=workspace, rows=rows)
