from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DatabaseError

from bot.installing.purging import PurgeChore
from db.audit import AuditRow
from db.database import Database
from db.directory import Directory
from db.purging import OWNED, Purging
from db.registers import TABLES
from tests.builders import NOW
from tests.filled import twins

DUE = NOW + timedelta(days=30)
SHARED = {"workspaces", "oauth_states", "seen_requests"}


def leave(database: Database, workspace: str, deletes_at: datetime | None = DUE) -> None:
    """It has left, and its time is told; None: it is back."""
    with database.registers(workspace).writing() as register:
        known = register.workspaces.current()
        register.workspaces.save(replace(known, left_at=deletes_at and NOW, deletes_at=deletes_at))


def purge(purging: Purging, workspace: str) -> None:
    """All of it."""
    while purging.purge(workspace, DUE) is not None:
        pass


def rows_of(database: Database, workspace: str) -> dict[str, int]:
    """How many rows each table has of it."""
    with database.everywhere.reading() as session:
        counts = {t.name: session.scalar(select(func.count()).where(t.c.workspace_id == workspace)) for t in OWNED}
    return {name: count or 0 for name, count in counts.items()}


def test_every_table_but_those_of_no_workspace_is_emptied() -> None:
    assert {table.name for table in TABLES.sorted_tables} - {table.name for table in OWNED} == SHARED


def test_everything_of_it_goes_and_nothing_of_another(database: Database) -> None:
    twins(database, "alpha", "beta")
    leave(database, "alpha")
    other = rows_of(database, "beta")
    assert all(other.values()), "a table without rows would prove nothing"

    purge(Purging(database, at_once=2), "alpha")

    assert not any(rows_of(database, "alpha").values())
    assert rows_of(database, "beta") == other
    assert [one.id for one in database.workspaces()] == ["beta"]


@pytest.mark.parametrize("deletes_at", [DUE + timedelta(seconds=1), None], ids=["not yet", "back"])
def test_nothing_goes_before_its_time_or_of_who_is_back(database: Database, deletes_at: datetime | None) -> None:
    twins(database, "alpha")
    leave(database, "alpha")
    leave(database, "alpha", deletes_at)
    before = rows_of(database, "alpha")

    assert Purging(database).due(DUE) == []
    assert Purging(database).purge("alpha", DUE) is None
    assert rows_of(database, "alpha") == before


def test_the_audit_log_stays_while_the_workspace_does(database: Database) -> None:
    twins(database, "alpha")
    leave(database, "alpha")

    with pytest.raises(DatabaseError, match="append-only"), database.within("alpha").writing() as session:
        session.execute(delete(AuditRow))


def test_who_comes_back_when_it_has_begun_gets_a_new_workspace(database: Database) -> None:
    twins(database, "alpha")
    leave(database, "alpha")
    Purging(database).purge("alpha", DUE)

    assert Directory(database.everywhere).of("T0ALPHA") is None
    assert Directory(database.everywhere).workspace_for("T0ALPHA", "Alpha", DUE) != "alpha"
    assert database.ensure_workspace("main", slack_id="T0NEW").id == "main"


def test_a_beat_has_other_things_to_do_and_the_next_one_goes_on(database: Database) -> None:
    twins(database, "alpha")
    leave(database, "alpha")

    PurgeChore(database, at_most_s=0)(DUE)
    assert [one.id for one in database.workspaces()] == ["alpha"]
    PurgeChore(database, at_most_s=60)(DUE)

    assert database.workspaces() == []


def test_the_beat_deletes_what_is_due_and_says_no_names(
    database: Database, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    twins(database, "alpha", "beta")
    leave(database, "alpha")

    PurgeChore(database, at_most_s=60)(DUE)

    assert [one.id for one in database.workspaces()] == ["beta"]
    told = capsys.readouterr().out + caplog.text
    assert "alpha Insurance" not in told


def test_replicas_that_delete_at_once_delete_once(database: Database, at_once: Callable[..., list[object]]) -> None:
    twins(database, "alpha")
    leave(database, "alpha")

    at_once(lambda: PurgeChore(database, at_most_s=60)(DUE), 3)
    PurgeChore(database, at_most_s=60)(DUE)

    assert database.workspaces() == []
