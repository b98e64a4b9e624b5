"""What a bot needs before it can begin: tokens, its workspace in Slack, a database with the tables of its version."""

from dataclasses import dataclass
from threading import Event
from time import monotonic

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.commands.opening import shown
from bot.settings import Settings
from db.migrating import Tables, upgrade

PATIENCE_S = 60.0
"""For a database that is just being started, too."""
_PAUSE_S = 1.0

log = structlog.get_logger()


class CannotStart(Exception):
    """The bot cannot start; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two tokens of a Socket Mode app."""

    bot: str
    app: str


@dataclass(frozen=True, slots=True)
class Team:
    """A Slack workspace."""

    id: str
    name: str


def tokens_of(settings: Settings) -> Tokens:
    """Both tokens, or CannotStart with the way to get the one that is missing."""
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        raise CannotStart("A Slack token is missing. `concord doctor` says which and how to get it.")
    return Tokens(settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value())


def team_of(client: WebClient) -> Team:
    """The workspace that the bot token belongs to, or CannotStart with what to do."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        raise CannotStart(f"Slack refuses the bot token ({error.response['error']}); see `concord doctor`.") from error
    except OSError as error:
        raise CannotStart(f"{client.base_url} cannot be reached ({error}). Is the network up?") from error
    return Team(str(answer["team_id"]), str(answer["team"]))


def bring_up_to_date(url: str, told: Event, seconds: float = PATIENCE_S) -> None:
    """Bring the tables to this version, as soon as the database answers; raises CannotStart when it does not."""
    ends_at, waits = monotonic() + seconds, False
    while not told.is_set():
        try:
            _upgraded(url)
        except OperationalError as error:
            if make_url(url).get_backend_name() == "sqlite" or monotonic() > ends_at:
                raise CannotStart(_unanswered(url, error)) from error
            if not waits:
                log.warning("the database does not answer; waiting for it", why=_cause(error), seconds=seconds)
            waits = True
            told.wait(_PAUSE_S)
        else:
            return
    raise CannotStart("Told to stop before the database answered.")


def _upgraded(url: str) -> None:
    if upgrade(url) is Tables.NEWER:
        log.warning("the tables are of a newer release; going on with them, as releases that follow one another can")


def _unanswered(url: str, error: OperationalError) -> str:
    address = shown(make_url(url))
    return f"{address} does not answer ({_cause(error)}). Is it running, and is CONCORD_DATABASE_URL right?"


def _cause(error: OperationalError) -> str:
    return str(error.orig or error).strip().splitlines()[0]
