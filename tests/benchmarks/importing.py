"""A portfolio as an import leaves it: a register of its own, for as long as it is looked at."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from bot.importing import bring_in, read_path
from db.database import open_database
from db.migrating import upgrade
from planning.register import Register
from planning.similarity import Encoder

SEEN_ON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
"""The moment as of which the portfolios are read."""


@contextmanager
def imported(path: Path, encoder: Encoder) -> Iterator[Register]:
    """The register into which a file or folder was imported; raises TransferFault and OSError."""
    with tempfile.TemporaryDirectory() as place:
        url = URL.create("sqlite", database=str(Path(place) / "portfolio.db"))
        upgrade(url)
        database = open_database(url, encoder=encoder.version)
        try:
            registers = database.registers(database.ensure_workspace().id)
            bring_in(registers, read_path(path, SEEN_ON.date()), encoder, SEEN_ON)
            with registers.reading() as register:
                yield register
        finally:
            database.close()
