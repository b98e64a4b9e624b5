"""What is asked every few seconds costs nothing while nothing is due, however much there is."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from db.database import Database, open_database
from tests.builders import NOW

GROWING = re.compile(r"SCAN (alerts|findings|outbox|plans|polls|proposals)(?! USING INDEX ix_outbox_unseen)")


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite says without rows what it would do; PostgreSQL reads an empty table whatever it has."""
    database = open_database(f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'empty.db')}")
    yield database
    database.close()


def ways(engine: Engine, work: Callable[[], object]) -> list[str]:
    """How each query goes about it."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, query, values, *_: asked.append((query, values)))
    work()
    queries = [one for one in asked if one[0].startswith("SELECT")]
    with engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all() for query, values in queries]
    return [str(step[-1]) for plan in plans for step in plan]


def test_no_question_of_the_beat_reads_a_table_that_grows(sqlite: Database) -> None:
    steps = ways(sqlite.engine, lambda: sqlite.due_workspaces(NOW))

    assert [step for step in steps if GROWING.match(step)] == []


def test_no_question_of_the_workers_reads_a_table_that_grows(sqlite: Database) -> None:
    steps = ways(sqlite.engine, lambda: (sqlite.computing_workspaces(NOW), sqlite.waiting_workspaces(NOW)))

    assert [step for step in steps if GROWING.match(step)] == []
