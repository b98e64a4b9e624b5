from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings


@pytest.fixture(autouse=True)
def nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONCORD_{name.upper()}", raising=False)


def test_without_anything_set_a_file_beside_the_bot_holds_the_register() -> None:
    assert Settings().database_url == "sqlite:///concord.db"


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CONCORD_LOG_LEVEL=debug\nCONCORD_BEAT_SECONDS=5\nCONCORD_CLOCK_URL=a\n")
    monkeypatch.setenv("CONCORD_LOG_LEVEL", "ERROR")
    monkeypatch.setenv("CONCORD_BEAT_SECONDS", "7")

    settings = Settings(beat_seconds=9)

    assert (settings.log_level, settings.beat_seconds, settings.clock_url) == ("error", 9, "a")


def test_an_empty_token_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_SLACK_BOT_TOKEN", "")

    assert Settings().slack_bot_token is None


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_SLACK_BOT_TOKEN", "xoxb-hidden")

    assert "hidden" not in repr(Settings())


def test_an_address_of_slack_ends_with_a_slash() -> None:
    assert Settings(slack_api_url="http://127.0.0.1:9/api").slack_api_url == "http://127.0.0.1:9/api/"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="begins with https"):
        Settings(slack_api_url="slack.com")


def test_the_example_sets_what_the_settings_have() -> None:
    lines = (Path(__file__).parents[2] / ".env.example").read_text().splitlines()
    named = {line.lstrip("# ").partition("=")[0] for line in lines if line.lstrip("# ").startswith("CONCORD_")}

    assert named == {f"CONCORD_{name.upper()}" for name in Settings.model_fields if name != "clock_url"}


@pytest.mark.parametrize("url", ["https://concord.example", "http://127.0.0.1:3000", "http://localhost:3000"])
def test_browsers_reach_it_by_https_or_on_this_machine(url: str) -> None:
    assert Settings(public_url=f"{url}/").public_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://concord.example",
        "https://concord.example/slack",
        "https://concord.example?a=1",
        "concord.example",
        "https://me:secret@concord.example",
        "http://localhost.concord.example",
        "https://",
    ],
)
def test_an_address_that_others_could_read_or_that_has_a_path_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="https://HOST"):
        Settings(public_url=url)


def test_slack_is_asked_for_permission_over_https_only() -> None:
    with pytest.raises(ValidationError, match="begins with https"):
        Settings(slack_authorize_url="http://slack.com/oauth/v2/authorize")


@pytest.mark.parametrize("keys", ["", f"{'A' * 43}=", f"{'A' * 43}=, {'B' * 43}="], ids=["none", "one", "two"])
def test_tokens_are_sealed_with_one_key_or_several(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_TOKEN_KEYS", keys)

    assert (Settings().token_keys is None) == (not keys)


@pytest.mark.parametrize("keys", ["abc", f"{'A' * 43}=,", "not a key at all"], ids=["short", "half", "words"])
def test_a_key_that_is_none_is_refused_without_being_shown(keys: str) -> None:
    with pytest.raises(ValidationError, match="concord keys new") as refused:
        Settings(token_keys=SecretStr(keys))

    assert keys not in str(refused.value)
