"""The audit log in the database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from db.database import Database
from db.registers import SqlRegisters
from planning.audit.values import Sought
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


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET verb = 'nothing'",
        "UPDATE audit SET actor_id = NULL WHERE id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "TRUNCATE audit",
    ],
)
def test_the_database_refuses_to_change_the_past(company: SqlRegisters, database: Database, change: str) -> None:
    with company.writing() as register:
        register.audit.add(entry())
    refused = IntegrityError if "TRUNCATE" not in change or database.engine.name == "postgresql" else OperationalError

    with pytest.raises(refused, match=r"append-only|syntax error"), database.engine.begin() as connection:
        connection.execute(text(change))

    with company.reading() as register:
        assert list(register.audit.since(None)) == [entry()]


def test_a_workspace_that_is_purged_takes_nothing_of_another(company: SqlRegisters, database: Database) -> None:
    other = database.registers(database.ensure_workspace("other").id)
    for registers in (company, other):
        with registers.writing() as register:
            register.audit.add(entry())

    with database.engine.begin() as connection:
        connection.execute(text("UPDATE workspaces SET purging = true WHERE id = 'other'"))

    with pytest.raises(IntegrityError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))

    with company.reading() as register:
        assert list(register.audit.since(None)) == [entry()]


def test_a_page_is_narrowed_and_begins_with_the_newest(company: SqlRegisters) -> None:
    saved = [entry(at=at(day), verb="plan.opened", subject=f"plan:{day}", actor=1) for day in range(3)]
    roles, imported = entry(verb="person.roles", subject="person:2", actor=1), entry(verb="planning.done")
    with company.writing() as register:
        register.audit.add_all([*saved, roles, imported])

    with company.reading() as register:
        plans = register.audit.page(Sought(verb="plan"), 2)
        assert (plans.items, plans.total) == ((saved[2], saved[1]), 3)
        assert register.audit.page(Sought(person=2), 9).items == (roles,)
        assert register.audit.page(Sought(subject="plan:0"), 9).items == (saved[0],)


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
