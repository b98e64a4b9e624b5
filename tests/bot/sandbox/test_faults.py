"""Failures on request, as the app's client meets them."""

from threading import Thread

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import BOT_TOKEN, GENERAL, Control, until


def texts(control: Control) -> list[str]:
    return [each["text"] for each in control.messages()][1:]


def test_a_rate_limit_says_when_to_come_again(client: WebClient, control: Control) -> None:
    control.fault("chat.postMessage", "ratelimited", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=GENERAL, text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["retry-after"] == "7"
    assert texts(control) == []


def test_a_client_that_waits_gets_through_a_rate_limit(sandbox: Sandbox, control: Control) -> None:
    control.fault("chat.postMessage", "ratelimited", retry_after=0)
    waits = RateLimitErrorRetryHandler(max_retry_count=1)
    client = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[waits])

    client.chat_postMessage(channel=GENERAL, text="x")

    assert texts(control) == ["x"]
    assert [each["error"] for each in control.calls("chat.postMessage")] == ["ratelimited", None]


def test_a_failing_server_does_nothing(client: WebClient, control: Control) -> None:
    control.fault("chat.postMessage", "server_error")

    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=GENERAL, text="x")

    assert caught.value.response.status_code == 503
    assert texts(control) == []


def test_any_error_word_can_be_ordered(client: WebClient, control: Control) -> None:
    control.fault("chat.postMessage", "error", error="token_revoked")

    with pytest.raises(SlackApiError, match="token_revoked"):
        client.chat_postMessage(channel=GENERAL, text="x")


@pytest.mark.parametrize(("kind", "kept"), [("drop_before", []), ("drop_after", ["x"])])
def test_a_dropped_connection_leaves_the_caller_in_doubt(
    client: WebClient, control: Control, kind: str, kept: list[str]
) -> None:
    control.fault("chat.postMessage", kind)

    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel=GENERAL, text="x")

    assert texts(control) == kept


def test_a_fault_strikes_as_often_as_ordered(client: WebClient, control: Control) -> None:
    fault = control.fault("chat.postMessage", "drop_before", times=2)

    for _ in range(2):
        with pytest.raises(ConnectionError):
            client.chat_postMessage(channel=GENERAL, text="x")

    assert client.chat_postMessage(channel=GENERAL, text="y")["ok"]
    assert control.faults()[fault]["hit"] == 2


@pytest.mark.parametrize(("kind", "meanwhile"), [("hold_before", []), ("hold_after", ["x"])])
def test_a_held_call_goes_on_when_it_is_released(
    client: WebClient, control: Control, kind: str, meanwhile: list[str]
) -> None:
    fault = control.fault("chat.postMessage", kind)
    answers = []
    call = Thread(target=lambda: answers.append(client.chat_postMessage(channel=GENERAL, text="x")))
    call.start()
    until(lambda: control.faults()[fault]["holding"] == 1)

    assert texts(control) == meanwhile
    control.post(f"faults/{fault}/release", {})
    call.join(5)

    assert answers[0]["ok"]
    assert texts(control) == ["x"]


@pytest.mark.parametrize(("kind", "kept"), [("hold_before", []), ("hold_after", ["x"])])
def test_a_caller_that_leaves_a_held_call_leaves_it_as_it_was(
    sandbox: Sandbox, control: Control, kind: str, kept: list[str]
) -> None:
    fault = control.fault("chat.postMessage", kind)
    client = WebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[], timeout=1)

    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel=GENERAL, text="x")

    until(lambda: control.faults()[fault]["holding"] == 0)
    control.clear_faults()
    assert texts(control) == kept


def test_a_slow_answer_comes_in_the_end(client: WebClient, control: Control) -> None:
    control.fault("chat.postMessage", "slow", seconds=0.1)

    assert client.chat_postMessage(channel=GENERAL, text="x")["ok"]


def test_clearing_lets_go_of_everything(client: WebClient, control: Control) -> None:
    fault = control.fault("chat.postMessage", "hold_before", times=5)
    call = Thread(target=lambda: client.chat_postMessage(channel=GENERAL, text="x"))
    call.start()
    until(lambda: control.faults()[fault]["holding"] == 1)

    control.clear_faults()
    call.join(5)

    assert control.faults() == {}
    assert texts(control) == ["x"]


def test_an_upload_can_fail_too(client: WebClient, control: Control) -> None:
    control.fault("upload", "drop_before")

    with pytest.raises(ConnectionError):
        client.files_upload_v2(channel=GENERAL, filename="a.png", content=b"x")


def luck(client: WebClient, tries: int = 40) -> list[bool]:
    """Which of these calls got through."""
    through = []
    for _ in range(tries):
        try:
            through.append(bool(client.api_test()["ok"]))
        except SlackApiError:
            through.append(False)
    return through


def test_the_weather_strikes_by_chance_and_the_same_seed_gives_the_same_luck(
    client: WebClient, control: Control
) -> None:
    order = {"seed": 7, "chances": {"server_error": 0.2, "ratelimited": 0.2}}
    control.post("weather", order)
    first = luck(client)
    struck = control.read("weather")["struck"]
    control.post("weather", order)

    assert luck(client) == first
    assert 0 < sum(struck.values()) == first.count(False) < len(first)


def test_the_weather_spares_what_it_is_told_to_and_is_cleared_with_the_failures(
    client: WebClient, control: Control
) -> None:
    control.post("weather", {"chances": {"server_error": 1}, "but": ["api.test"]})
    assert all(luck(client, 3))
    control.post("weather", {"chances": {"server_error": 1}})
    assert not any(luck(client, 3))
    control.clear_faults()

    assert all(luck(client, 3))
