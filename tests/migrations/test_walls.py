"""Up to the walls and down again, with two workspaces; a replica of the release before works beside them."""

import pytest
from sqlalchemy import URL, func, select, text

from db.database import Database, open_database
from db.migrating import check, downgrade, upgrade
from db.registers import TABLES
from db.walls import Wall, wall_of
from tests.builders import NOW
from tests.filled import twins
from tests.migrations.test_side_by_side import before

BEFORE = "2026_11_25_installations"


@pytest.fixture
def filled(empty_url: URL) -> Database:
    """Two workspaces with something of everything."""
    upgrade(empty_url)
    database = open_database(empty_url)
    twins(database, "main", "other")
    database.close()
    return database


def counts(database: Database) -> dict[str, int | None]:
    with database.engine.connect() as connection:
        counted = {table: select(func.count()).select_from(table) for table in TABLES.sorted_tables}
        return {table.name: connection.scalar(count) for table, count in counted.items()}


def test_the_walls_come_and_go_and_nothing_else_does(filled: Database, empty_url: URL) -> None:
    had, stands = counts(filled), wall_of(filled.engine)
    filled.close()

    downgrade(empty_url, BEFORE)
    assert wall_of(filled.engine) is (Wall.NOT_ON_SQLITE if stands is Wall.NOT_ON_SQLITE else Wall.NO_ROLE)
    with filled.registers("main").reading() as register:
        assert len(register.people.all()) == 2
    filled.close()

    upgrade(empty_url)
    check(empty_url)
    assert (counts(filled), wall_of(filled.engine)) == (had, stands)
    filled.close()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("filled")
def test_the_release_before_goes_on_with_all_workspaces(empty_url: URL) -> None:
    assert before(empty_url, "SELECT workspace_id FROM people WHERE slack_id = 'U0ADA' ORDER BY 1") == ["main", "other"]

    renamed = before(empty_url, "UPDATE people SET left_at = :now WHERE workspace_id = 'other' RETURNING id", now=NOW)
    assert len(renamed) == 2


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_table_of_a_later_release_can_be_used_from_behind_the_wall(filled: Database) -> None:
    with filled.engine.begin() as connection:
        connection.execute(text("CREATE TABLE later (workspace_id text)"))
    with filled.within("main").writing() as session:
        session.execute(text("INSERT INTO later VALUES ('main')"))
        assert session.scalar(text("SELECT count(*) FROM later")) == 1
    filled.close()
