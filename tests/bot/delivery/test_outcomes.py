import socket
from http.client import IncompleteRead, RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.delivery.outcomes import Later, Refused, Unsure, failure_of


def refusal(error: str = "", status: int = 200, called: str = "chat.postMessage", **headers: str) -> SlackApiError:
    """What the client raises for an answer of Slack."""
    body: dict[str, Any] = {"ok": False, "error": error}
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url=f"https://slack.com/api/{called}",
        req_args={},
        data=body,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "messages_tab_disabled",
        "user_disabled",
        "restricted_action",
    ],
)
def test_a_refusal_for_good_has_a_reason_that_says_what_to_do(error: str) -> None:
    failure = failure_of(refusal(error))

    assert isinstance(failure, Refused)
    assert error not in failure.reason
    assert failure.reason.endswith(".")


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked", "invalid_auth"])
def test_a_token_that_is_refused_holds_everything_for_an_hour_and_fails_nothing(error: str) -> None:
    failure = failure_of(refusal(error))

    assert isinstance(failure, Later)
    assert (failure.method, failure.seconds) == ("*", 3600.0)


@pytest.mark.parametrize(
    ("called", "held"),
    [
        ("chat.update", "chat.update"),
        ("conversations.replies", "conversations.history"),
        ("files.completeUploadExternal", "files"),
    ],
)
def test_what_is_limited_is_known_by_the_call(called: str, held: str) -> None:
    failure = failure_of(refusal("ratelimited", 429, called, **{"Retry-After": "86400"}))

    assert failure == Later("Slack asked to wait.", 600.0, held)


def test_an_unknown_refusal_is_told_in_slacks_word() -> None:
    assert failure_of(refusal("too_spicy")) == Refused("Slack refused it (too_spicy).", "too_spicy")


@pytest.mark.parametrize("error", [refusal("ratelimited", 429, **{"Retry-After": "7"}), refusal("rate_limited")])
def test_being_limited_means_later(error: SlackApiError) -> None:
    failure = failure_of(error)

    assert isinstance(failure, Later)
    assert failure.seconds in (7.0, 30.0)


@pytest.mark.parametrize(
    "error",
    [
        refusal("fatal_error"),
        refusal("internal_error"),
        refusal("request_timeout"),
        refusal("bad gateway", 502),
        RemoteDisconnected(""),
        ConnectionResetError(),
        TimeoutError(),
        IncompleteRead(b""),
        URLError(TimeoutError()),
        URLError(ConnectionResetError()),
    ],
)
def test_what_slack_may_have_read_is_in_doubt(error: Exception) -> None:
    assert isinstance(failure_of(error), Unsure)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (URLError(TimeoutError()), "Slack did not answer in time."),
        (RemoteDisconnected(""), "The connection broke before Slack answered."),
    ],
)
def test_what_went_wrong_is_said_without_the_names_of_errors(error: Exception, said: str) -> None:
    assert failure_of(error) == Unsure(said)


@pytest.mark.parametrize("reason", [ConnectionRefusedError(), socket.gaierror()])
def test_what_slack_cannot_have_read_is_tried_again(reason: OSError) -> None:
    assert isinstance(failure_of(URLError(reason)), Later)
