"""`concord doctor` where many workspaces are served."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.checking import installations
from bot.checking.values import Check, Health
from bot.doctor import examined
from bot.settings import Settings
from db.database import Database
from planning.installations.notices import EndNotice
from planning.installations.values import Ending
from tests.bot.commandline import Concord
from tests.bot.installing.stub import KEY, PUBLIC, Office, Slack, settings, slack
from tests.builders import at, schedule

SECRETS = ("client-secret-0", "signing-secret-0", KEY, "xoxb-")


@pytest.fixture
def provider() -> Iterator[Slack]:
    """A Slack of its own for each test."""
    with slack() as told:
        yield told


@pytest.fixture
def office(provider: Slack, database: Database) -> Office:
    """Two teams that have Concord."""
    office = Office.opened(provider, database)
    office.install("one", "T0HARBOUR")
    office.install("two", "T0ISLAND", scope="commands,chat:write")
    return office


def looked(office: Office, workspace: str | None = None, **more: Any) -> list[Check]:
    address = office.database.engine.url.render_as_string(hide_password=False)
    checks = [*examined(settings(office.slack, database_url=address, **more), workspace)]
    assert not any(secret in str(checks) for secret in SECRETS)
    return checks


def of(checks: list[Check], name: str) -> list[Check]:
    return [check for check in checks if check.name.startswith(name)]


def id_of(office: Office, slack_id: str) -> str:
    return next(one.id for one in office.database.workspaces() if one.slack_id == slack_id)


def test_every_workspace_is_looked_at_and_what_it_may_not_do_is_told(office: Office) -> None:
    checks = looked(office)

    (harbour,) = of(checks, "Team T0HARBOUR")
    well, short = of(checks, "Team T0ISLAND")
    assert (harbour.health, harbour.found) == (Health.OK, "Slack lets it in; nothing was sent there yet")
    assert (well.health, short.health) == (Health.OK, Health.ADVICE)
    assert short.found.startswith("not given: im:write, ")
    assert "nobody gets direct messages" in short.remedy
    assert short.workspace == id_of(office, "T0ISLAND")


def test_no_token_of_one_workspace_is_asked_for(office: Office) -> None:
    checks = looked(office)

    assert of(checks, "Bot token") == of(checks, "App token") == []
    assert [check for check in checks if check.health is Health.MISSING] == []


def test_one_can_be_looked_at_alone(office: Office) -> None:
    checks = looked(office, id_of(office, "T0HARBOUR"))

    assert (len(of(checks, "Team T0HARBOUR")), of(checks, "Team T0ISLAND")) == (1, [])
    assert of(checks, "Steward")


def test_a_token_that_slack_refuses_is_told_and_the_others_go_on(office: Office) -> None:
    office.slack.good -= {"xoxb-T0HARBOUR-one"}
    checks = looked(office)

    (refused,) = of(checks, "Team T0HARBOUR")
    assert (refused.health, refused.found) == (Health.ADVICE, "Slack refuses its token (account_inactive)")
    assert of(checks, "Team T0ISLAND")[0].health is Health.OK


def test_a_slack_that_cannot_be_reached_is_told(office: Office) -> None:
    checks = looked(office, slack_api_url="http://127.0.0.1:9/api/")

    (reached,) = of(checks, "Slack")
    assert (reached.health, "cannot be reached" in reached.found) == (Health.MISSING, True)
    assert of(checks, "Team") == []


def test_one_that_left_is_told_when_it_is_asked_for(office: Office) -> None:
    id = id_of(office, "T0HARBOUR")
    assert office.desk.life.end(EndNotice(Ending.UNINSTALLED, at(1), "T0HARBOUR", None, False))

    (gone,) = of(looked(office, id), "Team T0HARBOUR")
    assert (gone.health, "not installed there any more" in gone.found) == (Health.ADVICE, True)
    assert of(looked(office), "Team T0HARBOUR") == []


def test_a_token_that_no_key_opens_is_missing(office: Office) -> None:
    other = "A" * 43 + "="
    checks = looked(office, token_keys=other)

    (sealed,) = of(checks, "Team T0HARBOUR")
    assert (sealed.health, sealed.found) == (Health.MISSING, "its token cannot be opened")


def test_what_should_have_come_long_ago_is_told(office: Office) -> None:
    with office.database.registers(id_of(office, "T0HARBOUR")).writing() as register:
        register.schedules.add(schedule(next_due_at=at(-4000)))
    late = of(looked(office), "Team T0HARBOUR")[1]

    assert (late.health, "late, the oldest due 20" in late.found) == (Health.ADVICE, True)


def test_of_very_many_the_first_are_looked_at(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installations, "MOST", 1)
    checks = looked(office)

    assert [check.found for check in of(checks, "Installations")] == [
        "2 workspaces installed, 0 left",
        "1 more were not looked at",
    ]


def test_what_serving_needs_and_is_not_set_is_named(tmp_path: Path) -> None:
    told = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'concord.db'}", public_url=PUBLIC)
    missing = [check.found for check in examined(told) if check.health is Health.MISSING]

    assert missing == [
        f"CONCORD_{name} is not set"
        for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "TOKEN_KEYS")
    ]


def test_two_keys_and_an_address_on_this_machine_are_worth_a_word(office: Office) -> None:
    checks = looked(office, token_keys=f"{KEY},{KEY}", public_url="http://localhost:3000")

    assert of(checks, "Token keys")[0].found == "2 are set; the first one seals"
    assert "Slack itself reaches https:// alone" in of(checks, "Public address")[0].found


def test_programs_read_which_workspace_is_meant(filled: Concord) -> None:
    told = json.loads(filled("doctor", "--json").stdout)

    assert {check["workspace"] for check in told["checks"]} == {""}
