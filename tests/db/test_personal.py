from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from db.database import Database
from db.purging import OWNED
from planning.data.erasing import erase, foresee
from planning.data.telling import as_document, told_of
from planning.data.values import GONE
from planning.errors import NotAllowed
from planning.outbox.values import Address, MessageKind
from planning.register import Register
from planning.workspace.values import Person, Role
from tests.builders import NOW, posting
from tests.filled import ADA, BO, twins

SEALED = {"installations.token", "api_keys.digest", "vectors.vector"}


def ada_of(database: Database, workspace: str = "alpha") -> Person:
    with database.registers(workspace).reading() as register:
        ada = register.people.by_slack(ADA)
    assert ada is not None
    return ada


def erased(database: Database) -> None:
    """Bo becomes the steward, so that Ada can go."""
    with database.registers("alpha").writing() as register:
        bo, ada = second_steward(register), register.people.by_slack(ADA)
        assert ada is not None
        erase(register, ada, bo, NOW)


def second_steward(register: Register) -> Person:
    """Bo, who looks after the workspace too from now on."""
    bo = register.people.by_slack(BO)
    assert bo is not None
    steward = replace(bo, roles=frozenset({Role.STEWARD}))
    register.people.save(steward)
    return steward


def rows_of(database: Database, workspace: str) -> dict[str, list[dict[str, Any]]]:
    with database.everywhere.reading() as session:
        return {
            table.name: [
                dict(row) for row in session.execute(select(table).where(table.c.workspace_id == workspace)).mappings()
            ]
            for table in OWNED
        }


def test_their_name_and_slack_id_are_nowhere_any_more(database: Database) -> None:
    twins(database, "alpha")
    ada = ada_of(database)
    with database.registers("alpha").writing() as register:
        both = Address.group((ADA, BO))
        register.postings.add(posting(delivery_key=f"proposal:9:{both}", address=both, kind=MessageKind.PLAN), NOW)

    erased(database)

    left = {name: str(rows) for name, rows in rows_of(database, "alpha").items()}
    assert [name for name, said in left.items() if ADA in said or ada.name in said] == []
    with database.registers("alpha").reading() as register:
        assert (register.people.by_id(ada.id).name, register.people.by_slack(ADA)) == (GONE, None)


def test_what_others_need_stays_with_somebody_who_left(database: Database) -> None:
    twins(database, "alpha")
    ada, before = ada_of(database), rows_of(database, "alpha")

    erased(database)

    after = rows_of(database, "alpha")
    for table in ("initiatives", "plans", "readings", "check_ins", "invitations", "stances"):
        assert len(after[table]) == len(before[table]), table
    assert [row["note"] for row in after["check_ins"] if row["person_id"] == ada.id and row["note"]] == []
    assert [row["answer"] for row in after["invitations"] if row["person_id"] == ada.id and row["answer"]] == []


def test_the_audit_log_says_that_somebody_was_deleted_and_not_who(database: Database) -> None:
    twins(database, "alpha")
    ada = ada_of(database)
    with database.registers("alpha").reading() as register:
        before = [*register.audit.since(None)]

    erased(database)

    with database.registers("alpha").reading() as register:
        after = [*register.audit.since(None)]
        last = register.audit.last(["person.deleted"])
    assert after[: len(before)] == before
    assert last is not None
    assert (last.subject, last.details) == (f"person:{ada.id}", {})


def test_nothing_of_another_workspace_changes(database: Database) -> None:
    twins(database, "alpha", "beta")
    before = rows_of(database, "beta")

    erased(database)

    assert rows_of(database, "beta") == before


def test_the_last_steward_cannot_be_deleted(database: Database) -> None:
    twins(database, "alpha")
    with database.registers("alpha").writing() as register:
        for one in register.people.all():
            roles = frozenset({Role.STEWARD}) if one.slack_id == ADA else frozenset[Role]()
            register.people.save(Person(one.id, one.name, one.slack_id, one.department, one.zone, roles))

    with pytest.raises(NotAllowed, match="Name another one first"), database.registers("alpha").writing() as register:
        erase(register, ada_of(database), None, NOW)


def test_a_name_that_others_bear_is_left_in_copies(database: Database) -> None:
    twins(database, "alpha")
    ada = ada_of(database)
    with database.registers("alpha").writing() as register:
        second_steward(register)
        register.people.add(ada.name.upper(), slack_id="U0OTHER")
        assert foresee(register, ada).namesakes == 1


def test_their_data_is_everything_tied_to_them_and_no_secret(database: Database) -> None:
    twins(database, "alpha", "beta")
    ada = ada_of(database)

    with database.registers("alpha").reading() as register:
        told = told_of(register, ada, NOW, texts=True)

    tied: Any = told["tied_to"]
    assert {"people", "preferences", "check_ins", "invitations", "audit", "outbox", "initiatives"} <= tied.keys()
    assert not {f"{table}.{name}" for table, rows in tied.items() for row in rows for name in row} & SEALED
    assert "beta" not in as_document(told)


def test_foreseen_is_what_goes_what_stays_and_what_names_them(database: Database) -> None:
    twins(database, "alpha")
    ada = ada_of(database)
    with database.registers("alpha").writing() as register:
        second_steward(register)
        register.problems.save(replace(register.problems.all()[0], statement=f"Ask {ada.name} of it.", owner=None))

    with database.registers("alpha").reading() as register:
        erasure = foresee(register, ada)

    assert erasure.going["preferences"] == 1
    assert erasure.staying["audit"]
    assert "preferences" not in erasure.staying
    assert erasure.naming["problems"] == 1
