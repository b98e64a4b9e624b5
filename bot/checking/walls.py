"""Whether PostgreSQL itself keeps workspaces apart, beside the queries that do."""

from collections.abc import Iterator

import structlog
from sqlalchemy import Engine

from bot.checking.values import Check, Health
from db.walls import ROLE, Wall, to_raise, wall_of

log = structlog.get_logger()


def wall_checks(engine: Engine) -> Iterator[Check]:
    """Nothing to say on SQLite, which is for one company."""
    stands = wall_of(engine)
    if stands is Wall.STANDS:
        yield Check("Walls", Health.OK, "PostgreSQL gives each workspace its own rows only")
    if stands is Wall.NO_ROLE:
        found = f"workspaces are kept apart by the queries alone; PostgreSQL's role {ROLE} is missing or not ours"
        yield Check("Walls", Health.ADVICE, found, f"Have somebody who may make roles run: {to_raise(engine)}")


def say_without(engine: Engine) -> None:
    """Say in the log that there is one wall only; the bot goes on."""
    if wall_of(engine) is Wall.NO_ROLE:
        log.warning("PostgreSQL does not keep workspaces apart by itself; see `concord doctor`", role=ROLE)
