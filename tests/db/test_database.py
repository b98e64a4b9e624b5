"""The database as a whole: which workspaces there are and what waits in them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from db.database import Database, open_database
from db.migrating import upgrade
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.findings.values import Rule
from planning.schedules.values import ScheduleKind
from planning.workspace.values import Workspace
from tests.builders import NOW, api_key, at, draft, posting, schedule, vector
from tests.filled import twins


def test_the_first_workspace_waits_for_its_slack(database: Database) -> None:
    assert database.workspaces() == []
    assert database.ensure_workspace(name="Harbour") == Workspace("main", "Harbour")
    assert database.ensure_workspace(name="Otherwise") == Workspace("main", "Harbour")


def test_a_slack_id_is_bound_to_the_one_unconnected_workspace(database: Database) -> None:
    database.ensure_workspace(name="Harbour")

    bound = database.ensure_workspace(slack_id="T1")
    assert bound == Workspace("main", "Harbour", slack_id="T1")
    assert database.ensure_workspace(slack_id="T1") == bound
    assert database.workspace("T1").workspace == database.workspace(None).workspace == "main"


def test_a_second_slack_workspace_gets_a_register_of_its_own(database: Database) -> None:
    database.ensure_workspace(slack_id="T1", name="First")
    second = database.ensure_workspace(slack_id="T2", name="Second")

    assert second == Workspace("slack-T2", "Second", slack_id="T2")
    assert [one.slack_id for one in database.workspaces()] == ["T1", "T2"]
    assert database.workspace("T2").workspace == "slack-T2"


def test_with_two_unconnected_ones_nothing_is_guessed(database: Database) -> None:
    database.ensure_workspace("north")
    database.ensure_workspace("south")

    assert database.ensure_workspace(slack_id="T1").id == "main"
    with pytest.raises(NotFound, match="3 workspaces: main, north, south"):
        database.workspace(None)


def test_what_is_not_there_says_what_to_do(database: Database) -> None:
    with pytest.raises(NotFound, match="no workspace yet"):
        database.workspace(None)
    with pytest.raises(NotFound, match="Slack workspace T9 yet"):
        database.workspace("T9")


def test_two_processes_that_connect_at_once_make_one_workspace(database: Database) -> None:
    together = Barrier(3)

    def connect(_: int) -> str:
        together.wait()
        return database.ensure_workspace(slack_id="T1").id

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(connect, range(3))) == {"main"}
    assert len(database.workspaces()) == 1


def test_only_the_workspaces_with_a_schedule_that_is_due_are_visited(database: Database) -> None:
    for id, due_at, paused in (
        ("now", NOW, False),
        ("later", at(1), False),
        ("paused", NOW, True),
        ("none", None, False),
    ):
        with database.registers(database.ensure_workspace(id).id).writing() as register:
            if due_at:
                register.schedules.add(schedule(next_due_at=due_at, paused=paused))
                register.schedules.add(schedule(next_due_at=due_at, paused=paused, subject=1))

    assert database.due_workspaces(at(-1)) == []
    assert database.due_workspaces(NOW) == ["now"]
    assert database.due_workspaces(at(1)) == ["later", "now"]


def test_thresholds_come_back_as_saved(registers: SqlRegisters) -> None:
    with registers.reading() as register:
        assert register.workspaces.least() == register.initiatives.portfolio(NOW).least == {}
    with registers.writing() as register:
        register.workspaces.save_least({Rule.SPLIT_PROBLEM: 0.1 + 0.2, Rule.DUPLICATE_EFFORT: 0.5})

    with registers.reading() as register:
        kept = {Rule.DUPLICATE_EFFORT: 0.5, Rule.SPLIT_PROBLEM: 0.1 + 0.2}
        assert register.workspaces.least() == register.initiatives.portfolio(NOW).least == kept


def test_a_workspace_comes_back_as_saved(database: Database) -> None:
    registers = database.registers(database.ensure_workspace().id)
    with registers.writing() as register:
        changed = replace(
            register.workspaces.current(), name="Harbour", zone="Europe/Oslo", extras={"plan": {"a": [1]}}
        )
        register.workspaces.save(changed)

    with registers.reading() as register:
        assert register.workspaces.current() == changed
    assert database.workspaces() == [changed]


def test_a_sqlite_file_may_lie_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new folder/50%/concord.db"
    upgrade(url)
    database = open_database(url)

    assert database.ensure_workspace().id == "main"
    database.close()


def test_a_statement_that_fails_does_not_quote_what_people_typed(company: SqlRegisters) -> None:
    with pytest.raises(IntegrityError) as failure, company.writing() as register:
        register.initiatives.add(draft(title="Our secret plan", department=99), vector(), NOW)

    assert "Our secret plan" not in str(failure.value)


def test_nothing_is_due_any_more_in_a_workspace_that_has_left(database: Database) -> None:
    twins(database, "main", "other")
    later = at(100)
    for workspace in ("main", "other"):
        with database.registers(workspace).writing() as register:
            register.postings.add(posting(delivery_key="another"), NOW)
    with database.registers("main").writing() as register:
        register.schedules.add(schedule(kind=ScheduleKind.PULSE, subject=7))
        register.workspaces.save(replace(register.workspaces.current(), left_at=NOW))
        register.api_keys.add(api_key())

    for due in (
        database.due_workspaces,
        database.computing_workspaces,
        database.detecting_workspaces,
        database.waiting_workspaces,
    ):
        assert due(later) == ["other"], due
    assert database.workspace_of_key(api_key().digest) is None
    assert {pile.count for pile in database.backlog(later).detections} == {1}
