"""Every key carries the workspace, so that no row can point into another one; who sees all of them is named."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, ForeignKeyConstraint, Table, select, text, update
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import TABLES
from tests.filled import twins

ROOT = Path(__file__).parent.parent.parent
OURS, THEIRS = "main", "other"
APART = 1000
"""By so much the numbers of the other workspace are higher: none of them is also one of ours."""
WITHOUT = {
    "workspaces": "is the workspace itself",
    "installations": "is found by the Slack id before its workspace is known, and then names that",
    "oauth_states": "holds installations that have begun, which have no workspace yet",
    "seen_requests": "holds digests of requests, seen before anybody knows whose they are",
}
"""The tables whose key does not begin with the workspace, and why."""
OWNED = [table for table in TABLES.sorted_tables if table.name not in WITHOUT]
KEYS = [
    key
    for table in OWNED
    for key in sorted(table.foreign_key_constraints, key=lambda key: [*key.column_keys])
    if key.referred_table.name != "workspaces"
]
EVERYWHERE_IN = {
    "bot/checking/installations.py": ["installation_checks"],
    "bot/commands/keys.py": ["run_rotate"],
    "bot/commands/tenants.py": ["run_connect", "run_workspaces"],
    "bot/installing/life.py": ["directory"],
    "bot/serving/serving.py": ["by_http", "chores_of", "flow_of"],
    "db/database.py": ["_ids", "backlog", "ensure_workspace", "workspace", "workspaces"],
    "db/purging.py": ["due"],
}
"""Who sees all workspaces at once, and may: see `db.walls`."""


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_every_key_begins_with_the_workspace(table: Table) -> None:
    assert next(iter(table.primary_key.columns)).name == "workspace_id"
    for key in table.foreign_key_constraints:
        assert next(iter(key.columns)).name == "workspace_id"
        assert next(iter(key.elements)).column.name == (
            "id" if key.referred_table.name == "workspaces" else "workspace_id"
        )


def test_what_has_no_workspace_in_its_key_points_to_nothing_but_a_workspace() -> None:
    pointed = {key.referred_table.name for name in WITHOUT for key in TABLES.tables[name].foreign_key_constraints}
    assert pointed <= {"workspaces"}


def test_no_row_of_any_table_can_point_into_another_workspace(database: Database) -> None:
    twins(database, OURS)
    database.ensure_workspace(THEIRS, slack_id="T0THEIRS")
    with database.engine.begin() as connection:
        _move_apart(connection)
    refused = {}
    for key in KEYS:
        with database.engine.connect() as connection:
            _let_audit_change(connection)
            refused[_told(key)] = _is_refused(connection, key)
            connection.rollback()

    assert len(refused) == len(KEYS)
    assert [key for key, was in refused.items() if not was] == []


def _told(key: ForeignKeyConstraint) -> str:
    return f"{key.table.name}.{_column(key).name}"


def _column(key: ForeignKeyConstraint) -> "Column[object]":
    """The column beside the workspace."""
    _, column = key.columns
    return column


def _move_apart(connection: Connection) -> None:
    """Number the other workspace's rows anew: a copy of each, with every number higher."""
    for table in TABLES.sorted_tables:
        if table.name not in WITHOUT:
            ours = select(table).where(table.c.workspace_id == OURS).order_by(*table.primary_key)
            rows = connection.execute(ours).mappings().all()
            connection.execute(table.insert(), [{**row, **_moved(table, {**row})} for row in rows])


def _moved(table: Table, row: dict[str, object]) -> dict[str, object]:
    """The other workspace, the numbers by which rows are known there, and what may be there once only."""
    pointing = {_column(key).name for key in table.foreign_key_constraints if len(key.columns) > 1}
    known = pointing | {column.name for column in table.primary_key if column.name == "id"}
    numbers = {name: int(str(row[name])) + APART for name in known if row[name] is not None}
    once = {"digest": "another"} if table.name == "api_keys" else {}
    return {"workspace_id": THEIRS, **numbers, **once}


def _let_audit_change(connection: Connection) -> None:
    """What keeps the audit log from change would speak before the key does."""
    on = " ON audit" if connection.dialect.name == "postgresql" else ""
    name = "audit_append_only" if on else "audit_no_update"
    connection.execute(text(f"DROP TRIGGER {name}{on}"))


def _is_refused(connection: Connection, key: ForeignKeyConstraint) -> bool:
    """Whether a row of ours that is made to point at one of theirs is refused because of that key."""
    table, column = key.table, _column(key)
    theirs = key.referred_table.c
    (target,) = [element.column for element in key.elements if element.parent is column]
    at = connection.scalar(select(target).where(theirs.workspace_id == THEIRS).limit(1))
    assert at is not None, f"nothing to point at in {key.referred_table.name}"
    row = connection.execute(select(*table.primary_key).where(table.c.workspace_id == OURS)).mappings().first()
    assert row is not None, f"no row of {table.name} to point from"
    one = [known == row[known.name] for known in table.primary_key]
    try:
        connection.execute(update(table).where(*one).values({column: at}))
    except IntegrityError as error:
        return "foreign key" in str(error.orig).casefold()
    return False


def test_only_those_that_are_named_here_see_all_workspaces() -> None:
    used = {path: sorted(names) for path in _programs() if (names := _users(ROOT / path))}

    assert used == EVERYWHERE_IN


def _programs() -> list[str]:
    folders = ("db", "bot", "handlers", "planning")
    return sorted(str(file.relative_to(ROOT)) for folder in folders for file in (ROOT / folder).rglob("*.py"))


def _users(file: Path) -> set[str]:
    """The functions of a file in which all workspaces are seen at once."""
    functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
    return {each.name for each in functions if any(_is_everywhere(node) for node in ast.walk(each))}


def _is_everywhere(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "everywhere"
