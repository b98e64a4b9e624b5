"""Texts that another version of the encoder has read are read anew, while the old vectors serve.

Vectors of different versions are not compared, so until a workspace is through, what is registered is like those only
that have been read anew. Each batch is kept at once: whoever is interrupted goes on where it was.
"""

from threading import Event, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.announcing import announce
from planning.findings.refreshing import refresh
from planning.similarity import Encoder, text_of

log = structlog.get_logger()
BATCH = 64
_AGAIN_S = 5.0
_STEPS = 20
"""As many lines of progress for a workspace at most."""


def reencode(database: Database, encoder: Encoder, now: Clock, stop: Event | None = None, batch: int = BATCH) -> int:
    """Read anew what is outdated in every workspace, until told to stop; the number of initiatives."""
    told = stop or Event()
    return sum(_renew(database.registers(id), encoder, now, told, batch) for id in _workspaces(database, told))


def _workspaces(database: Database, stop: Event) -> list[str]:
    """The ids of all; a database that is away for a moment is waited for."""
    while not stop.is_set():
        try:
            return [one.id for one in database.workspaces()]
        except SQLAlchemyError:
            log.warning("workspaces could not be read; it is tried again")
            stop.wait(_AGAIN_S)
    return []


def _renew(registers: SqlRegisters, encoder: Encoder, now: Clock, stop: Event, batch: int) -> int:
    """One workspace's fault must not keep the others from their new vectors."""
    count = 0
    try:
        count = _read_anew(registers, encoder, stop, batch)
        if not stop.is_set():
            _take_over(registers, now)
    except Exception:  # the encoder, the database, or whatever a rule stumbles over
        log.exception("encoding anew failed; it goes on at the next start", workspace=registers.workspace)
    return count


def _read_anew(registers: SqlRegisters, encoder: Encoder, stop: Event, batch: int) -> int:
    """Give each initiative a vector of this encoder, beside the old one."""
    with registers.reading() as register:
        total = register.vectors.outdated_count() or 1
    done = after = 0
    while not stop.is_set():
        with registers.reading() as register:
            initiatives = register.vectors.outdated(batch, after)
        if not initiatives:
            break
        vectors = encoder.encode([text_of(one.draft.title, one.draft.problem) for one in initiatives])
        with registers.writing() as register:
            register.vectors.add(list(zip(initiatives, vectors, strict=True)))
        done, after = done + len(initiatives), initiatives[-1].id
        if done == total or done * _STEPS // total > (done - len(initiatives)) * _STEPS // total:
            log.info("encoding anew", workspace=registers.workspace, done=done, total=total, encoder=encoder.version)
    return done


def _take_over(registers: SqlRegisters, now: Clock) -> None:
    """Drop the old vectors and find what that changes, all in one: it is told once, however often this is started."""
    with registers.writing() as register:
        if register.vectors.drop_old():
            moment = now()
            announce(register, refresh(register, moment), None, moment)
            log.info("encoded anew", workspace=registers.workspace)


class Reencoding:
    """Reads anew in a thread of its own, once, so that nobody waits for it."""

    def __init__(self, database: Database, encoder: Encoder, now: Clock) -> None:
        self._stop = Event()
        self._thread = Thread(target=reencode, args=(database, encoder, now, self._stop), name="reencoding")

    def start(self) -> None:
        """Begin, where it was interrupted or anew."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self._stop.set()
        self._thread.join()
