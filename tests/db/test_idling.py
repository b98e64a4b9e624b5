"""What is asked every few seconds costs nothing while nothing is due, however much there is."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Select, event, insert, select, text

from db.database import Database, open_database
from db.schedule_rows import OPEN, OccurrenceRow, ScheduleRow, in_workspaces, to_do
from planning.schedules.values import LEASE, OccurrenceState, ScheduleKind
from tests.builders import NOW

DAY, MANY = timedelta(days=1), 3000
FEW = "ix_outbox_unseen|ix_occurrences_open"
"""Indexes of rows that wait: they may be read whole."""
TABLES = "alerts|detections|findings|occurrences|outbox|plans|polls|proposals|schedules"
GROWING = re.compile(rf"SCAN ({TABLES})(?! USING (COVERING )?INDEX ({FEW}))")


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


def test_what_is_due_in_a_workspace_is_found_by_when_it_is_due(sqlite: Database) -> None:
    registers = sqlite.registers(sqlite.ensure_workspace().id)

    def look() -> None:
        with registers.writing() as register:
            register.schedules.due(NOW, 9)
            register.schedules.claim(NOW, LEASE)

    steps = ways(sqlite.engine, look)
    assert [step for step in steps if GROWING.match(step)] == []
    assert any("ix_schedules_workspace_due_at (workspace_id=? AND due_at<?)" in step for step in steps)
    assert any("ix_occurrences_open (workspace_id=?" in step for step in steps)


def fill(database: Database, workspace: str) -> None:
    """Many schedules that are not due, and what became of as many due times: on empty tables any way is as good."""
    mine = {"workspace_id": workspace, "zone": "UTC", "channel": "", "paused": False, "due_at": NOW + DAY}
    schedules = [{**mine, "id": n, "kind": ScheduleKind.PERSONAL, "subject": n} for n in range(1, MANY)]
    made = {"workspace_id": workspace, "due_at": NOW, "claimed_at": NOW, "state": OccurrenceState.DONE, "reason": ""}
    occurrences = [{**made, "id": n, "schedule_id": n} for n in range(1, MANY)]
    with database.engine.begin() as connection:
        connection.execute(insert(ScheduleRow), schedules)
        connection.execute(insert(OccurrenceRow), occurrences)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("query", "index"),
    [
        (in_workspaces(NOW), "ix_schedules_due_at"),
        (select(OccurrenceRow.workspace_id).where(OPEN, to_do(NOW)), "ix_occurrences_open"),
    ],
    ids=["schedules", "occurrences"],
)
def test_postgresql_finds_what_is_due_by_an_index_too(database: Database, query: Select[str], index: str) -> None:
    told = query.compile(database.engine, compile_kwargs={"literal_binds": True})
    fill(database, database.ensure_workspace().id)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE schedules, occurrences")
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {told}")))

    assert index in plan, plan


def test_no_question_of_the_workers_reads_a_table_that_grows(sqlite: Database) -> None:
    steps = ways(sqlite.engine, lambda: (sqlite.computing_workspaces(NOW), sqlite.waiting_workspaces(NOW)))

    assert [step for step in steps if GROWING.match(step)] == []
