import json
from typing import Any

import pytest

from db.database import open_database
from planning.workspace.values import Role
from tests.bot.commandline import Concord, told


@pytest.fixture
def kept(filled: Concord) -> Concord:
    """Ada of the tracker is in Slack; Bo looks after the workspace."""
    database = open_database("sqlite:///concord.db")
    with database.workspace(None).writing() as register:
        register.people.add("Ada Berg", slack_id="U0ADA", roles=frozenset({Role.EXECUTIVE}))
        register.people.add("Bo Lind", slack_id="U0BO", roles=frozenset({Role.STEWARD}))
    database.close()
    return filled


def tied(concord: Concord) -> Any:
    return told(concord("person", "export", "--slack-id", "U0ADA"))["tied_to"]


def test_a_person_is_deleted_only_when_it_is_said_twice(kept: Concord) -> None:
    dry = kept("person", "delete", "--slack-id", "U0ADA")
    assert "run the same with --yes" in dry.output
    assert tied(kept)["people"][0]["name"] == "Ada Berg"

    assert kept("person", "delete", "--slack-id", "U0ADA", "--yes").exit_code == 0

    gone = kept("person", "export", "--slack-id", "U0ADA")
    assert gone.exit_code == 1
    assert "Nobody here has the Slack id U0ADA" in gone.output


def test_the_only_steward_is_not_deleted(kept: Concord) -> None:
    refused = kept("person", "delete", "--slack-id", "U0BO", "--yes")

    assert refused.exit_code == 1
    assert "Name another one first" in refused.output


def test_who_did_what_comes_as_lines_of_json(kept: Concord) -> None:
    kept("person", "delete", "--slack-id", "U0ADA", "--yes")

    lines = [json.loads(line) for line in kept("audit").stdout.splitlines()]

    assert lines[-1]["verb"] == "person.deleted"
    assert {"import.done", "initiative.imported"} <= {line["verb"] for line in lines}
    assert kept("audit", "--since", "2100-01-01").stdout == ""
