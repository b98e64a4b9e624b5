from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.installing.vault import FernetVault
from db.database import Database
from planning.installations.notices import EndNotice
from planning.installations.values import CannotOpen, Ending
from tests.bot.commandline import Concord, told
from tests.bot.installing.stub import KEY, Office, slack
from tests.builders import NOW, company

OLDER, NEWER = Fernet.generate_key().decode(), Fernet.generate_key().decode()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """Concord is installed in a team."""
    with slack() as provider:
        office = Office.opened(provider, database)
        office.install("one", scope="commands,chat:write")
        yield office


@pytest.fixture
def there(concord: Concord, database: Database) -> Concord:
    """Runs a command on the same database."""
    url = database.engine.url.render_as_string(hide_password=False)
    return lambda *arguments, **more: concord("--database-url", url, *arguments, **more)


def test_every_workspace_is_listed_with_how_it_stands(office: Office, there: Concord, database: Database) -> None:
    database.ensure_workspace("alone", slack_id="T0ALONE")
    database.ensure_workspace("imported", name="Harbour Insurance")

    listed = {one["slack_id"]: one for one in told(there("workspaces", "--json"))}
    shown = there("workspaces").stdout

    assert listed["T0HARBOUR"]["installed_at"] == NOW.isoformat()
    assert "files:write" in listed["T0HARBOUR"]["scopes_not_given"]
    assert "installed on 2027-03-01, for a team" in shown
    assert ("not connected to Slack" in shown, "connected by `concord run`" in shown) == (True, True)


def test_what_has_left_is_told_with_its_end_and_can_be_exported_until_then(
    office: Office, there: Concord, tmp_path: Path
) -> None:
    registers = office.database.workspace("T0HARBOUR")
    with registers.writing() as register:
        company(register)
    office.time.now = LATER
    office.desk.life.end(EndNotice(Ending.UNINSTALLED, LATER, "T0HARBOUR", None, is_organisation=False))

    assert "left on 2027-03-01; everything is deleted on 2027-03-31" in there("workspaces").stdout
    exported = told(there("export", "--workspace", registers.workspace, "--to", tmp_path / "kept", "--json"))

    assert "company.json" in exported["files"]


def test_an_imported_workspace_is_given_to_a_team_by_who_runs_it(
    office: Office, there: Concord, database: Database
) -> None:
    database.ensure_workspace("imported", name="Harbour Insurance")

    assert there("connect", "imported", "T0MINE").exit_code == 0
    office.install("two", "T0MINE")

    installation = office.desk.life.directory.of("T0MINE")
    assert installation is not None
    assert installation.workspace == "imported"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "T0MINE"), "There is no workspace “nowhere”"),
        (("imported", "T0HARBOUR"), "T0HARBOUR has the workspace"),
        (("imported", "harbour"), "is not the id of a team"),
    ],
)
def test_nothing_is_given_twice_or_by_mistake(
    office: Office, there: Concord, database: Database, words: tuple[str, str], said: str
) -> None:
    database.ensure_workspace("imported", name="Harbour Insurance")

    result = there("connect", *words)

    assert (result.exit_code, said in result.stderr) == (1, True)


def test_a_new_key_is_one(concord: Concord) -> None:
    key = told(concord("keys", "new", "--json"))["key"]

    assert FernetVault([key]).open(FernetVault([key]).seal("x")) == "x"
    assert concord("keys", "new").stdout.strip() != key


def test_after_a_rotation_the_older_key_can_go(office: Office, there: Concord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_TOKEN_KEYS", f"{NEWER},{KEY}")

    results = [told(there("keys", "rotate", "--json")) for _ in range(2)]

    assert results == [{"sealed": 1, "keys": 2, "older_keys_can_go": True}] * 2
    newer = Office.opened(office.slack, office.database, token_keys=NEWER).desk.installations.of("T0HARBOUR")
    assert newer is not None
    assert newer.token == "xoxb-T0HARBOUR-one"
    with pytest.raises(CannotOpen):
        Office.opened(office.slack, office.database).desk.installations.of("T0HARBOUR")


def test_a_token_of_a_lost_key_is_named_and_the_others_are_sealed(
    office: Office, there: Concord, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office.opened(office.slack, office.database, token_keys=OLDER).install("two", "T0LATER")
    monkeypatch.setenv("CONCORD_TOKEN_KEYS", f"{NEWER},{OLDER}")

    result = there("keys", "rotate")

    assert result.exit_code == 1
    assert "The token of Team T0HARBOUR (T0HARBOUR) cannot be opened" in result.stderr
    assert Office.opened(office.slack, office.database, token_keys=NEWER).desk.installations.of("T0LATER")


def test_without_keys_nothing_is_rotated(office: Office, there: Concord) -> None:
    result = there("keys", "rotate")

    assert (result.exit_code, "CONCORD_TOKEN_KEYS is not set" in result.stderr) == (1, True)
