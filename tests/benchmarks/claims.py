"""What claiming messages costs, and asking where some wait, while many wait."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import URL, insert, text

from db.database import Database, open_database
from db.migrating import upgrade
from db.postings import MessageRow
from planning.outbox.pacing import LIFTED
from planning.outbox.values import Delivery, MessageKind
from tests.builders import ENCODER, NOW
from tests.postgres import postgres

LEASE = timedelta(minutes=1)


def claims(database: Database, waiting: int, conversations: int) -> dict[str, float]:
    """Milliseconds of claiming and of asking where something waits, among many."""
    database.ensure_workspace()
    rows = [_row(n, conversations) for n in range(1, waiting + 1)]
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM outbox"))
        connection.execute(insert(MessageRow), rows)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    outbox, among = replace(database.outbox("main"), rates=LIFTED), f"{waiting:,} in {conversations:,}"
    asked = [_ms(lambda: database.waiting_workspaces(NOW)) for _ in range(5)]
    claimed = [_ms(lambda: outbox.claim(NOW, LEASE, 32)) for _ in range(5)]
    return {f"claim, {among}": median(claimed), f"where something waits, {among}": median(asked)}


def _row(n: int, conversations: int) -> dict[str, Any]:
    key = {"workspace_id": "main", "id": n, "delivery_key": f"k{n}", "kind": MessageKind.IMPORTED, "subject": n}
    state = {"state": Delivery.PENDING, "created_at": NOW, "wanted": 1, "shown": 0, "attempts": 0, "payload": {}}
    return {**key, **state, "address": f"channel:C{n % conversations}"}


def _ms(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return 1000 * (perf_counter() - start)


@contextmanager
def new_database(kind: str) -> Iterator[Database]:
    """A new one with all tables."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        file = URL.create("sqlite", database=str(Path(folder) / "delivery.db"))
        url = file if kind == "sqlite" else stack.enter_context(postgres())
        upgrade(url)
        yield stack.enter_context(closing(open_database(url, encoder=ENCODER)))
