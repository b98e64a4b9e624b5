import socket
from http.client import IncompleteRead, RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.delivery.outcomes import Later, Refused, Unsure, failure_of


def refusal(error: str = "", status: int = 200, **headers: str) -> SlackApiError:
    """What the client raises for an answer of Slack."""
    body: dict[str, Any] = {"ok": False, "error": error}
    response = SlackResponse(
        client=WebClient(), http_verb="POST", api_url="", req_args={}, data=body, headers=headers, status_code=status
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "account_inactive",
        "token_revoked",
        "invalid_auth",
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


@pytest.mark.parametrize("reason", [ConnectionRefusedError(), socket.gaierror()])
def test_what_slack_cannot_have_read_is_tried_again(reason: OSError) -> None:
    assert isinstance(failure_of(URLError(reason)), Later)
