"""What every beat does that belongs to no workspace, such as forgetting what is too old to matter."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from planning.errors import PlanningError

Chore = Callable[[datetime], object]
"""Does a bounded part of what there is to do; the next beat does the next one."""

log = structlog.get_logger()


def do_chores(chores: Sequence[Chore], now: datetime) -> None:
    """Do each; one that fails keeps the others from nothing, and is tried at the next beat."""
    for chore in chores:
        try:
            chore(now)
        except (SQLAlchemyError, PlanningError):
            log.exception("chore failed; it is tried again", chore=getattr(chore, "__qualname__", str(chore)))
