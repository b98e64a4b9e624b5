"""Where transactions begin and end: nothing else commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.engine import for_hurry, for_reading, for_workspace, is_busy
from planning.errors import Busy

BUSY = "The register is busy, so nothing was saved. Press again in a moment."
EVERYWHERE = "*"
"""Stands for all workspaces together: see `db.walls`."""
UNREAD = "The register is busy and did not answer. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Transactions:
    """Opens transactions on a database; `hurried`: somebody waits for them, and is rather told that it is busy.

    On PostgreSQL they see and change what is of their workspace, and without one nothing.
    """

    engine: Engine
    hurried: bool = False
    workspace: str = ""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept at the end, or not at all when something goes wrong."""
        engine = for_hurry(self._walled) if self.hurried else self._walled
        with self._told(BUSY), Session(engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one moment and writes nothing."""
        with self._told(UNREAD), Session(for_reading(self._walled)) as session:
            yield session

    @property
    def _walled(self) -> Engine:
        return for_workspace(self.engine, self.workspace)

    @contextmanager
    def _told(self, words: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            if self.hurried and is_busy(error):
                raise Busy(words) from error
            raise
