"""A form that is sent asks the findings on record several times, and there are ten thousand."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database, open_database
from planning.findings.values import Member, Subject
from tests.db.test_idling import ways

OTHERS = re.compile(r"SCAN findings|SEARCH findings .*\(workspace_id=\?\)$")
"""A step through all findings of the workspace."""


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite says without rows what it would do."""
    database = open_database(f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'empty.db')}")
    yield database
    database.close()


def test_nobody_walks_through_all_findings_for_a_few(sqlite: Database) -> None:
    registers = sqlite.registers(sqlite.ensure_workspace().id)

    def work() -> None:
        with registers.reading() as register:
            register.findings.of_threads(["duplicate_effort:1,2"])
            register.findings.touching([Member(Subject.INITIATIVE, 1)])
            register.findings.confirmed()
            register.findings.settled()

    steps = ways(sqlite.engine, work)
    assert [step for step in steps if OTHERS.match(step)] == []
    assert any("ix_findings_workspace_id_thread" in step for step in steps)
