"""On PostgreSQL a transaction sees and changes the rows of its own workspace, whatever it asks for."""

from collections.abc import Iterator

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import URL, Engine, Table, create_engine, func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from bot.checking.values import Health
from bot.checking.walls import wall_checks
from db.database import Database, open_database
from db.migrating import upgrade
from db.registers import TABLES
from db.transactions import EVERYWHERE, Transactions
from db.walls import ROLE, Wall, wall_of
from planning.errors import NotFound
from tests.filled import twins

OURS, THEIRS = "main", "other"
WALLED = [table for table in TABLES.sorted_tables if table.name not in ("oauth_states", "seen_requests")]
"""The two others hold nothing of any workspace, and are seen together with all of them only."""
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def filled(database: Database) -> Database:
    """Two workspaces, with a row in every table each."""
    twins(database, OURS, THEIRS)
    return database


def workspace_column(table: Table) -> str:
    return "id" if table.name == "workspaces" else "workspace_id"


@pytest.fixture
def inside(filled: Database) -> Iterator[Session]:
    """A transaction of our workspace, in which anything may be asked; nothing of it is kept."""
    with filled.within(OURS).writing() as session:
        yield session
        session.rollback()


def test_every_table_is_walled(filled: Database) -> None:
    stands = text(
        "SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname AND policyname = 'tenant' "
        "WHERE relrowsecurity AND relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    )
    with filled.engine.connect() as connection:
        assert {*connection.scalars(stands)} == {*TABLES.tables}


def test_nothing_of_another_workspace_is_seen_in_any_table(inside: Session) -> None:
    for table in WALLED:
        workspaces = inside.scalars(select(table.c[workspace_column(table)]).distinct()).all()
        assert (table.name, workspaces) == (table.name, [OURS])


def test_nothing_of_another_workspace_is_changed_or_deleted_in_any_table(inside: Session) -> None:
    inside.execute(text("UPDATE workspaces SET purging = true"))
    for table in WALLED:
        column = table.c[workspace_column(table)]
        tried = [
            table.delete().where(column == THEIRS),
            table.update().where(column == THEIRS).values({column: column}),
        ]
        for statement in tried if table.name != "audit" else tried[:1]:
            assert inside.execute(statement.returning(column)).all() == []


def test_nothing_is_written_into_another_workspace_in_any_table(filled: Database) -> None:
    for table in WALLED:
        row = _row(filled.engine, table)
        with pytest.raises(ProgrammingError) as refused, filled.within(OURS).writing() as session:
            session.execute(table.insert().values(row))
        assert isinstance(refused.value.orig, InsufficientPrivilege), table.name


def _row(engine: Engine, table: Table) -> dict[str, object]:
    with engine.connect() as connection:
        theirs = select(table).where(table.c[workspace_column(table)] == THEIRS)
        return {**connection.execute(theirs).mappings().first()}  # type: ignore[dict-item]


def test_a_transaction_that_says_no_workspace_sees_nothing(filled: Database) -> None:
    with Transactions(filled.engine).reading() as session:
        assert {session.scalar(select(func.count()).select_from(table)) for table in TABLES.sorted_tables} == {0}


def test_who_works_with_the_rows_owns_no_table_and_may_not_take_down_the_wall(filled: Database) -> None:
    owned = text("SELECT count(*) FROM pg_class WHERE relowner = to_regrole('concord_app')")
    may = text("SELECT rolsuper OR rolbypassrls OR rolcanlogin FROM pg_roles WHERE rolname = 'concord_app'")
    with filled.engine.connect() as connection:
        assert (connection.scalar(owned), connection.scalar(may)) == (0, False)
    for taken in ("ALTER TABLE people DISABLE ROW LEVEL SECURITY", "DROP POLICY tenant ON people", "TRUNCATE people"):
        with pytest.raises(ProgrammingError, match=r"owner|permission"), filled.within(OURS).writing() as session:
            session.execute(text(taken))


def test_a_connection_carries_nothing_into_its_next_transaction(filled: Database) -> None:
    said = text("SELECT pg_backend_pid(), current_user, coalesce(current_setting('concord.workspace', true), '')")
    with filled.within(OURS).reading() as session:
        connected, *inside = session.execute(said).one()
    with filled.engine.connect() as connection:
        after = connection.execute(said).one()

    assert inside == [ROLE, OURS]
    assert (*after,) == (connected, filled.engine.url.username, "")


def test_nobody_is_a_workspace_by_the_name_of_all(filled: Database) -> None:
    with pytest.raises(NotFound):
        filled.registers(EVERYWHERE)


@pytest.fixture
def modest(database_url: URL, postgres_server: URL) -> Iterator[URL]:
    """A database of somebody who may not make roles, on a server of its own, where nobody has made ours."""
    owner = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("CREATE ROLE modest LOGIN"))
        connection.execute(text("CREATE DATABASE modest OWNER modest"))
        yield postgres_server.set(database="modest", username="modest")
        connection.execute(text("DROP DATABASE modest"))
        connection.execute(text("DROP ROLE modest"))
    owner.dispose()


def test_where_the_role_is_not_ours_to_take_the_bot_goes_on_and_says_how_the_wall_is_raised(modest: URL) -> None:
    upgrade(modest)
    database = open_database(modest)
    with database.registers(database.ensure_workspace().id).writing() as register:
        register.people.add("Ada")
    (found,) = wall_checks(database.engine)
    assert found.health is Health.ADVICE

    _done_by_who_may(modest, found.remedy.removeprefix("Have somebody who may make roles run: "))
    assert wall_of(database.engine) is Wall.STANDS
    with database.registers("main").reading() as register:
        assert [one.name for one in register.people.all()] == ["Ada"]
    with Transactions(database.engine).reading() as session:
        assert session.scalar(text("SELECT count(*) FROM people")) == 0
    database.close()


def _done_by_who_may(url: URL, statements: str) -> None:
    engine = create_engine(url.set(username="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statements))
    engine.dispose()
