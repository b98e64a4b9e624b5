"""The audit log in the database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import SqlRegisters
from tests.builders import NOW, at, entry


def test_entries_come_back_in_order_of_time(company: SqlRegisters) -> None:
    late = entry(
        at=at(2), verb="initiative.withdrawn", subject="initiative:12", actor=1, details={"why": ["a", 1, None]}
    )
    early, middle = entry(at=NOW), entry(at=at(1))
    with company.writing() as register:
        for one in (late, early, middle):
            register.audit.add(one)

    with company.reading() as register:
        assert list(register.audit.since(None)) == [early, middle, late]
        assert list(register.audit.since(NOW)) == [middle, late]
        assert list(register.audit.since(at(2))) == []


@pytest.mark.parametrize("change", ["UPDATE audit SET verb = 'nothing'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_past(company: SqlRegisters, database: Database, change: str) -> None:
    with company.writing() as register:
        register.audit.add(entry())

    with pytest.raises(IntegrityError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(change))

    with company.reading() as register:
        assert list(register.audit.since(None)) == [entry()]


def test_the_last_entry_of_a_subject_or_of_a_verb_is_found(company: SqlRegisters, database: Database) -> None:
    one, two = entry(verb="stage.saved", subject="stage:1"), entry(at=at(1), verb="journey.saved", subject="journey")
    with company.writing() as register:
        register.audit.add_all([two, one, entry(at=at(2))])
    other = database.registers(database.ensure_workspace("other").id)

    with company.reading() as register:
        assert register.audit.last(["stage:1", "stage:2"]) == one
        assert register.audit.last(["stage:1", "journey.saved"]) == two
        assert register.audit.last(["stage:2"]) is None
    with other.reading() as register:
        assert register.audit.last(["stage:1"]) is None
