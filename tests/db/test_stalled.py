"""A process that has stopped in the middle of a transaction does not keep the others from their work."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from db.database import Database, open_database
from db.registers import SqlRegisters

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]

SHORT_MS = 200


@pytest.fixture
def stalled(database_url: URL, company: SqlRegisters) -> Iterator[SqlRegisters]:
    """The same registers, for a process whose transactions wait for it only so long."""
    options = {"options": f"-c idle_in_transaction_session_timeout={SHORT_MS}"}
    database = open_database(database_url.update_query_dict(options))
    yield database.registers(company.workspace)
    database.close()


def stand_still(stalled: SqlRegisters, others: SqlRegisters) -> None:
    """Stop in the middle of a transaction, in which others have to wait for a moment."""
    with stalled.writing() as register:
        register.people.add("Nobody")
        with others.writing() as theirs:
            theirs.people.add("Somebody")
        register.people.all()


def test_its_transaction_is_ended_and_it_goes_on_with_another(company: SqlRegisters, stalled: SqlRegisters) -> None:
    with pytest.raises(DBAPIError, match="idle-in-transaction") as ended:
        stand_still(stalled, company)
    assert ended.value.connection_invalidated

    with stalled.writing() as register:
        register.people.add("Somebody else")
        names = {person.name for person in register.people.all()}
    assert {"Somebody", "Somebody else"} < names
    assert "Nobody" not in names


def test_without_a_word_in_its_address_it_is_ended_after_two_minutes(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar() == "2min"
