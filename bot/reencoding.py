"""Vectors of another encoder are made anew: vectors of different encoders must not be compared."""

import structlog

from bot.clock import Clock
from bot.encoder import PackagedEncoder
from db.database import Database
from planning.findings.refreshing import refresh
from planning.similarity import text_of

log = structlog.get_logger()


def reencode(database: Database, encoder: PackagedEncoder, clock: Clock) -> int:
    """Encode what another version encoded, and find anew what that changes; the number of initiatives."""
    count = 0
    for workspace in database.workspaces():
        with database.registers(workspace.id).reading() as register:
            outdated = register.initiatives.outdated()
        if not outdated:
            continue
        log.info("encoding anew", workspace=workspace.id, initiatives=len(outdated), encoder=encoder.version)
        vectors = encoder.encode([text_of(one.draft.title, one.draft.problem) for one in outdated])
        with database.registers(workspace.id).writing() as register:
            for one, vector in zip(outdated, vectors, strict=True):
                register.initiatives.save(register.initiatives.by_id(one.id), vector)
            refresh(register, clock())
        count += len(outdated)
    return count
