import json
from itertools import chain
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot import addresses
from bot.commands.manifests import reasons_table
from bot.manifest import EVENTS, HTTP_EVENTS, OPTIONAL_SCOPES, SCOPES, STEP_EVENTS, manifest
from bot.sandbox.manifest import Manifest
from handlers.ids import COMMAND, Shortcut, Step
from planning.installations.scopes import OFF
from tests.bot.commandline import Concord
from tests.shared_data import shared_data

URL = "https://concord.example"
VARIANTS = {
    "Socket Mode": manifest(),
    "Socket Mode with the step": manifest(internal=True),
    "HTTP": manifest(URL),
    "HTTP with the step": manifest(URL, internal=True),
}
every = pytest.mark.parametrize("made", VARIANTS.values(), ids=VARIANTS)


@every
def test_the_manifest_is_valid_by_slacks_own_schema(made: dict[str, Any]) -> None:
    schema = json.loads(shared_data("E3_slack_manifest_schema.json").read_text())["schema_v2"]

    jsonschema.validate(made, schema)


@every
def test_it_keeps_the_limits_that_the_schema_does_not_know(made: dict[str, Any]) -> None:
    features = made["features"]

    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in features["shortcuts"])
    assert all(len(each["description"]) <= 2000 for each in features["slash_commands"])
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140


@every
def test_every_shortcut_that_the_bot_listens_to_is_in_it(made: dict[str, Any]) -> None:
    features = made["features"]

    assert {each["callback_id"] for each in features["shortcuts"]} == set(Shortcut)
    assert [each["command"] for each in features["slash_commands"]] == [COMMAND]


@every
def test_what_is_optional_is_also_asked_for(made: dict[str, Any]) -> None:
    scopes = made["oauth_config"]["scopes"]

    assert scopes["bot"] == [*SCOPES, *OPTIONAL_SCOPES]
    assert scopes["bot_optional"] == [*OPTIONAL_SCOPES]


def test_of_every_scope_it_is_known_what_is_off_without_it() -> None:
    assert {*OFF} == {*SCOPES, *OPTIONAL_SCOPES}


@pytest.mark.parametrize(
    ("variant", "asked"),
    [
        ("Socket Mode", [EVENTS]),
        ("Socket Mode with the step", [EVENTS, STEP_EVENTS]),
        ("HTTP", [EVENTS, HTTP_EVENTS]),
        ("HTTP with the step", [EVENTS, HTTP_EVENTS, STEP_EVENTS]),
    ],
)
def test_every_event_is_asked_for_with_a_purpose(variant: str, asked: list[dict[str, str]]) -> None:
    assert VARIANTS[variant]["settings"]["event_subscriptions"]["bot_events"] == [*chain(*asked)]
    assert all(reason for each in asked for reason in each.values())


def test_by_socket_mode_it_connects_without_any_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "://" not in json.dumps(manifest())


def test_by_http_every_address_is_one_that_is_served() -> None:
    served = Manifest.model_validate(manifest(URL))
    settings = served.settings

    assert (settings.socket_mode_enabled, settings.org_deploy_enabled) == (False, True)
    assert {
        *(command.url for command in served.features.slash_commands),
        settings.event_subscriptions.request_url,
        settings.interactivity.request_url,
        settings.interactivity.message_menu_options_url,
    } == {f"{URL}{addresses.EVENTS}"}
    assert served.oauth_config.redirect_urls == (f"{URL}{addresses.REDIRECT}",)


def test_only_an_internal_one_has_the_step() -> None:
    assert {name: [*made.get("functions", ())] for name, made in VARIANTS.items()} == {
        "Socket Mode": [],
        "Socket Mode with the step": [Step.REGISTER],
        "HTTP": [],
        "HTTP with the step": [Step.REGISTER],
    }
    assert manifest(internal=True)["settings"]["function_runtime"] == "remote"
    assert "function_runtime" not in manifest(URL)["settings"]


def test_the_readme_says_what_each_scope_is_for() -> None:
    assert reasons_table() in Path("README.md").read_text()


def test_the_command_prints_each_of_them(concord: Concord) -> None:
    assert json.loads(concord("manifest", "--http", f"{URL}/", "--internal").stdout) == manifest(URL, internal=True)
    assert "| `function_executed` |" in concord("manifest", "--reasons", "--internal").stdout
    assert json.loads(concord("manifest", "--reasons", "--json").stdout)["events"] == EVENTS


@pytest.mark.parametrize("url", ["http://concord.example", "concord.example", f"{URL}/slack", "https://"])
def test_an_address_that_slack_would_not_take_is_refused(concord: Concord, url: str) -> None:
    result = concord("manifest", "--http", url)

    assert (result.exit_code, "https://HOST" in result.stderr, result.stdout) == (2, True, "")
