"""The unit of work: kept together or not at all, one writer at a time, readers that see one moment."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import Busy, PlanningError
from planning.outbox.values import MessageKind
from planning.register import Register, Registers
from tests.builders import NOW, draft, entry, found, posting, schedule, vector


def as_planning_sees(registers: SqlRegisters) -> Registers:
    return registers


def write_everything(register: Register) -> None:
    register.workspaces.save(replace(register.workspaces.current(), name="Changed"))
    register.people.add("Ada")
    register.departments.add("Claims")
    register.journeys.add_segment("Families")
    for n in (1, 2):
        register.initiatives.add(draft(), vector(n), NOW)
    register.findings.add(found(), NOW)
    register.postings.add(posting(), NOW)
    register.schedules.add(schedule())
    register.audit.add(entry())


def fail(registers: SqlRegisters) -> None:
    """Write everything, and then do not go through with it."""

    def refused() -> None:
        with registers.writing() as register:
            write_everything(register)
            raise PlanningError("No.")

    with pytest.raises(PlanningError):
        refused()


def contents(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        tables = ("people", "departments", "segments", "initiatives", "findings", "outbox", "schedules", "audit")
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}  # noqa: S608 - a name of ours


def test_what_is_written_is_kept_together(company: SqlRegisters, database: Database) -> None:
    before = contents(database)
    with as_planning_sees(company).writing() as register:
        write_everything(register)

    after = contents(database)
    assert all(after[table] > before[table] for table in after)
    assert database.workspaces()[0].name == "Changed"


def test_what_fails_leaves_nothing_and_takes_no_number(company: SqlRegisters, database: Database) -> None:
    before = contents(database)
    fail(company)

    assert contents(database) == before
    assert database.workspaces()[0].name == "Harbour Insurance"
    with company.writing() as register:
        assert register.initiatives.add(draft(), vector(), NOW).reference == "CX-1"


def test_reading_refuses_to_write(company: SqlRegisters, database: Database) -> None:
    before = contents(database)
    with pytest.raises(DBAPIError), company.reading() as register:
        register.people.add("Ada")

    assert contents(database) == before
    with company.writing() as register:
        register.people.add("Ada")


def test_a_reader_sees_one_moment_while_others_write(company: SqlRegisters) -> None:
    with company.reading() as register:
        before = register.people.all()
        with company.writing() as other:
            other.people.add("Ada")
        assert register.people.all() == before

    with company.reading() as register:
        assert len(register.people.all()) == len(before) + 1


def test_many_writers_at_once_get_numbers_without_gaps(company: SqlRegisters) -> None:
    together = Barrier(4)

    def work(worker: int) -> list[int]:
        together.wait()
        numbers = []
        for turn in range(10):
            with company.writing() as register:
                numbers.append(register.initiatives.add(draft(), vector(worker * 10 + turn), NOW).id)
        return numbers

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for numbers in pool.map(work, range(4)) for number in numbers]
    assert sorted(numbers) == list(range(1, 41))


def test_a_writer_decides_on_what_the_one_before_it_wrote(company: SqlRegisters) -> None:
    together = Barrier(2)

    def claim_stewardship(name: str) -> None:
        together.wait()
        with company.writing() as register:
            if not {"First", "Second"} & {person.name for person in register.people.all()}:
                register.people.add(name)

    threads = [Thread(target=claim_stewardship, args=(name,)) for name in ("First", "Second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with company.reading() as register:
        assert len(register.people.all()) == 3


def test_the_hook_is_called_after_the_commit_when_there_is_something_to_send(
    company: SqlRegisters, database: Database
) -> None:
    depths: list[tuple[str, int]] = []
    told = replace(company, on_commit=lambda workspace: depths.append((workspace, database.outbox(workspace).depth())))

    with told.writing() as register:
        register.people.add("Ada")
    with told.reading() as register:
        register.people.all()
    fail(told)
    assert depths == []

    with told.writing() as register:
        register.postings.add(posting(), NOW)
        assert depths == []
    with told.writing() as register:
        register.postings.add(posting(), NOW)
        register.postings.revise(MessageKind.ALERT, 99)
    assert depths == [("main", 1)]
    with told.writing() as register:
        register.postings.revise(MessageKind.ALERT, 1)
    assert depths == [("main", 1)] * 2


def test_sqlite_keeps_a_log_beside_the_file_and_minds_foreign_keys(sqlite_template: Path) -> None:
    connection = sqlite3.connect(sqlite_template)
    mode = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()

    assert mode == ("wal",)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_waits_with_patience_is_told_that_somebody_else_is_writing(registers: SqlRegisters) -> None:
    with registers.writing(), pytest.raises(Busy), registers.writing(timedelta(milliseconds=20)):
        pass
    with registers.writing(timedelta(milliseconds=20)) as register:
        assert register.workspaces.current().id == registers.workspace


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_process_that_stalls_in_a_transaction_does_not_hold_up_the_others_for_ever(database: Database) -> None:
    with database.engine.begin() as connection:
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "2min"
