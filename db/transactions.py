"""Where transactions begin and end: nothing else commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.engine import for_reading


@dataclass(frozen=True, slots=True)
class Transactions:
    """Opens transactions on a database."""

    engine: Engine

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept at the end, or not at all when something goes wrong."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one moment and writes nothing."""
        with Session(for_reading(self.engine)) as session:
            yield session
