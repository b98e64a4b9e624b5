import json

import jsonschema

from bot.manifest import EVENTS, OPTIONAL_SCOPES, SCOPES, manifest
from handlers.ids import COMMAND, Shortcut
from tests.shared_data import shared_data


def test_the_manifest_is_valid_by_slacks_own_schema() -> None:
    schema = json.loads(shared_data("E3_slack_manifest_schema.json").read_text())["schema_v2"]

    jsonschema.validate(manifest(), schema)


def test_every_shortcut_that_the_bot_listens_to_is_in_it() -> None:
    features = manifest()["features"]

    assert {each["callback_id"] for each in features["shortcuts"]} == set(Shortcut)
    assert [each["command"] for each in features["slash_commands"]] == [COMMAND]


def test_what_is_optional_is_also_asked_for() -> None:
    scopes = manifest()["oauth_config"]["scopes"]

    assert scopes["bot"] == [*SCOPES, *OPTIONAL_SCOPES]
    assert scopes["bot_optional"] == [*OPTIONAL_SCOPES]


def test_every_event_is_asked_for_with_a_purpose() -> None:
    asked = manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert asked == ["app_home_opened", "user_change"] == [*EVENTS]
    assert all(EVENTS.values())


def test_it_connects_by_socket_mode_without_any_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "://" not in json.dumps(manifest())
