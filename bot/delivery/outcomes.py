"""What became of an attempt to send, and how an error of Slack or of the network is read."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from planning.outbox.pacing import WAIT_AT_MOST_S, Method, family

RETRY_AFTER_S = 30.0
"""How long to wait when Slack limits the rate and does not say for how long."""
NO_TOKEN_S = 3600.0
"""How long to wait for another token: until then every message would be refused, and none is to blame."""


@dataclass(frozen=True, slots=True)
class Posted:
    """It is there."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Later:
    """It is certainly not there, and may be tried again; `seconds` is None where Slack did not say when."""

    reason: str
    seconds: float | None = None
    method: str = ""
    """What Slack refuses for so long, to this message and all others; nothing when only this one waits."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not there, and trying again would change nothing."""

    reason: str
    error: str = ""
    """Slack's own word."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may or may not be there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """It is not there, and nobody needs it any more."""

    reason: str


Outcome = Posted | Later | Refused | Unsure | Dropped
Failure = Later | Refused | Unsure

FAULTS = (SlackApiError, HTTPException, OSError)
"""Everything that a call to Slack raises: its refusals, broken answers, and the network's faults."""

MAY_HAVE_HAPPENED = frozenset({"fatal_error", "internal_error", "request_timeout"})
"""Slack says of these that a part may have succeeded."""

NO_TOKEN = frozenset({"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"})
"""Slack says these of the app's token, and so of every message."""

PASSING = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})

REASONS: Mapping[str, str] = {
    "channel_not_found": "The channel is gone, or Concord may not see it. Invite Concord to it, or choose another.",
    "not_in_channel": "Concord is not in the channel. Invite it there with “/invite”.",
    "is_archived": "The channel is archived. Choose another one.",
    "messages_tab_disabled": "Direct messages of the app are switched off in its settings.",
    "user_disabled": "The account of this person is switched off.",
    "user_not_found": "This person is not in the workspace.",
    "cannot_dm_bot": "This is a bot, and bots get no direct messages.",
    "account_inactive": "The token is no longer valid. Install the app again.",
    "token_revoked": "The token was revoked. Install the app again.",
    "token_expired": "The token has expired. Install the app again.",
    "invalid_auth": "The token is not valid. Install the app again.",
    "not_authed": "The token is missing. Install the app again.",
    "missing_scope": "A permission is missing. “concord doctor” says which.",
    "restricted_action": "An administrator does not let the app post here.",
}
"""What a refusal means and what one can do; a word that is not here is told as it is."""


def failure_of(error: Exception) -> Failure:
    """How an error is to be taken; only what certainly changed nothing is repeated."""
    if isinstance(error, SlackApiError):
        return _slack_failure(error)
    if _nothing_sent(error):
        return Later("Slack could not be reached.")
    return Unsure("Slack did not answer in time." if _late(error) else "The connection broke before Slack answered.")


def _late(error: Exception) -> bool:
    return isinstance(error.reason if isinstance(error, URLError) else error, TimeoutError)


def _slack_failure(error: SlackApiError) -> Failure:
    status, word = error.response.status_code, word_of(error)
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return Later("Slack asked to wait.", _retry_after(error.response.headers), method_of(error))
    if status >= 500 or word in MAY_HAVE_HAPPENED:
        return Unsure(f"Slack had a fault of its own ({word if status < 500 else status}).")
    if word in NO_TOKEN:
        return Later(REASONS[word], NO_TOKEN_S, Method.ALL)
    if word in PASSING:
        return Later(f"Slack is not available now ({word}).")
    return Refused(REASONS.get(word, f"Slack refused it ({word})."), word)


def word_of(error: SlackApiError) -> str:
    """Slack's own word for a refusal, fit for a log."""
    data = error.response.data
    return str(data.get("error", "no reason given"))[:80] if isinstance(data, dict) else "no reason given"


def method_of(error: SlackApiError) -> str:
    """What was called, as its pace is kept."""
    return family(str(error.response.api_url).rstrip("/").rpartition("/")[2])


def _retry_after(headers: Mapping[str, str]) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return min(WAIT_AT_MOST_S, float(value)) if value.isdecimal() else RETRY_AFTER_S


def _nothing_sent(error: Exception) -> bool:
    """The connection was never made, so Slack cannot have read anything."""
    reason = error.reason if isinstance(error, URLError) else error
    return isinstance(reason, (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError))
