import json
import math
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.checking.values import Check, Health
from bot.demo.cast import APP_TOKEN, BOT_TOKEN, insurer
from bot.doctor import examined
from bot.encoder import PACKAGED, open_encoder
from bot.sandbox.server import running
from bot.sandbox.workspace import WorkspaceFile
from bot.settings import Settings
from db.database import open_database
from tests.bot.commandline import Concord
from tests.builders import NOW, posting


def workspace_file(**manifest: Any) -> WorkspaceFile:
    file = insurer().workspace()
    file["app"]["manifest"] |= manifest
    return WorkspaceFile.model_validate(file)


@pytest.fixture
def slack() -> Iterator[str]:
    with running(workspace_file()) as sandbox:
        yield sandbox.api_url


def checks(folder: Path, **settings: Any) -> dict[str, Check]:
    address = f"sqlite:///{folder / 'concord.db'}"
    told = Settings(_env_file=None, database_url=address, **settings)
    return {check.name: check for check in examined(told)}


def encoder_like_ours(folder: Path, **changes: Any) -> Path:
    """A folder with a copy of the packaged encoder whose description says something else."""
    copied = shutil.copytree(PACKAGED, folder / "encoder")
    described = copied / "encoder.json"
    described.write_text(json.dumps(json.loads(described.read_text()) | changes))
    return copied


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is just now, it is not too slow."""
    monkeypatch.setattr("bot.doctor.SLOW_MS", math.inf)


def test_on_a_fresh_machine_the_tokens_are_what_is_missing(tmp_path: Path) -> None:
    found = checks(tmp_path)

    assert [name for name, check in found.items() if check.health is Health.MISSING] == ["Bot token", "App token"]
    assert "xoxb-" in found["Bot token"].remedy


def test_where_readings_are_taken_is_told_when_a_port_is_set(tmp_path: Path) -> None:
    assert "Readings" not in checks(tmp_path)
    assert "http://127.0.0.1:8080/api/readings" in checks(tmp_path, http_port=8080)["Readings"].found


def test_with_both_tokens_slack_is_asked_for_scopes_and_a_connection(tmp_path: Path, slack: str) -> None:
    found = checks(tmp_path, slack_api_url=slack, slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN)

    assert {found[name].health for name in ("Bot token", "App token", "Slack", "Scopes", "Socket Mode")} == {Health.OK}
    assert "Optional scopes" not in found


def test_scopes_that_were_not_granted_are_named(tmp_path: Path) -> None:
    few = {"scopes": {"bot": ["commands", "chat:write", "channels:history"]}}
    with running(workspace_file(oauth_config=few)) as sandbox:
        found = checks(tmp_path, slack_api_url=sandbox.api_url, slack_bot_token=BOT_TOKEN)

    assert (found["Scopes"].health, "im:write" in found["Scopes"].found) == (Health.MISSING, True)
    assert "nobody gets direct messages" in found["Scopes"].remedy
    assert (found["Optional scopes"].health, "im:history" in found["Optional scopes"].found) == (Health.ADVICE, True)


def test_a_token_that_slack_refuses_is_told_and_never_shown(tmp_path: Path, slack: str) -> None:
    found = checks(tmp_path, slack_api_url=slack, slack_bot_token="xoxb-wrong", slack_app_token="xapp-wrong")

    assert (found["Slack"].health, found["Socket Mode"].health) == (Health.MISSING, Health.MISSING)
    assert "wrong" not in str(found)


def test_tokens_that_were_swapped_are_told_before_slack_is_asked(tmp_path: Path) -> None:
    found = checks(tmp_path, slack_bot_token=APP_TOKEN, slack_app_token=BOT_TOKEN)

    assert found["Bot token"].found == "CONCORD_SLACK_BOT_TOKEN does not begin with xoxb-"
    assert "Slack" not in found


def test_a_slack_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    found = checks(tmp_path, slack_api_url="http://127.0.0.1:9/api/", slack_bot_token=BOT_TOKEN)

    assert "cannot be reached" in found["Slack"].found


def test_a_database_that_does_not_answer_is_told_without_its_password() -> None:
    address = "postgresql://ada:secret@127.0.0.1:9/none"
    found = {check.name: check for check in examined(Settings(_env_file=None, database_url=address))}

    assert found["Database"].health is Health.MISSING
    assert "secret" not in str(found)


def test_what_a_workspace_still_lacks_is_advice(filled: Concord) -> None:
    result = filled("doctor")

    assert result.exit_code == 1
    for said in (
        "ok       Departments: Claims, Sales",
        "nobody in Slack leads Claims, Sales",
        "advice   Digest: none yet",
    ):
        assert said in result.stdout


def test_an_encoder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert checks(tmp_path, encoder_folder=tmp_path)["Text encoder"].health is Health.MISSING


@pytest.mark.usefixtures("patient")
def test_the_packaged_encoder_is_well_and_its_facts_are_told(tmp_path: Path) -> None:
    check = checks(tmp_path)["Text encoder"]

    assert (check.health, check.remedy) == (Health.OK, "")
    assert f"{open_encoder().version}, {open_encoder().dimension} numbers, checksums right" in check.found
    assert check.found.endswith(" ms a text")


def test_an_encoder_that_takes_long_is_advised_a_faster_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor.SLOW_MS", 0)

    check = checks(tmp_path)["Text encoder"]

    assert (check.health, "faster core" in check.remedy) == (Health.ADVICE, True)


@pytest.mark.usefixtures("patient")
def test_with_an_encoder_of_ones_own_the_fitting_is_advised(tmp_path: Path) -> None:
    check = checks(tmp_path, encoder_folder=encoder_like_ours(tmp_path, version="our-own"))["Text encoder"]

    assert (check.health, check.found.startswith("our-own, ")) == (Health.ADVICE, True)
    assert "tests.benchmarks.fitting" in check.remedy


@pytest.mark.parametrize(
    ("changes", "fault"),
    [({"dimension": 7}, "where encoder.json says 7"), ({"sha256": {}}, "its SHA-256 differs")],
    ids=["dimension", "checksum"],
)
def test_an_encoder_that_is_not_what_it_says_is_told(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    check = checks(tmp_path, encoder_folder=encoder_like_ours(tmp_path, **changes))["Text encoder"]

    assert (check.health, fault in check.remedy) == (Health.MISSING, True)


def test_the_revision_the_outbox_and_the_schedules_are_told(filled: Concord) -> None:
    told = filled("doctor").stdout

    assert "concord.db, revision 20" in told
    assert "Outbox: nothing is stuck" in told
    assert "none paused, none failed the last time" in told


def test_what_is_stuck_in_the_outbox_is_counted(filled: Concord, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'concord.db'}")
    registers = database.workspace(None)
    with registers.writing() as register:
        register.postings.add(posting(), NOW)
    outbox = database.outbox(registers.workspace)
    (message,) = outbox.claim(NOW, timedelta(minutes=1), 1)
    outbox.failed(message, "is_archived")
    database.close()

    assert "Outbox: 1 did not arrive" in filled("doctor").stdout


def test_where_health_is_asked_for_is_told(tmp_path: Path) -> None:
    assert "CONCORD_HEALTH_PORT" in checks(tmp_path)["Health"].found
    assert "http://127.0.0.1:8081/healthz" in checks(tmp_path, health_port=8081)["Health"].found
