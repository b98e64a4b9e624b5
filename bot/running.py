"""Running the bot of one workspace by Socket Mode until it is told to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app import build_app, slack_client, socket_for
from bot.clock import Clock, clock_for
from bot.delivery.pictures import shown
from bot.delivery.worker import Deliverer
from bot.encoder import open_encoder
from bot.http.server import HttpServer
from bot.logs import set_up_logs
from bot.proposing.process import SolverProcess
from bot.proposing.worker import Proposer
from bot.reencoding import Reencoding
from bot.scheduler import Beat, next_due
from bot.settings import Settings
from db.database import Database, open_database
from db.migrating import upgrade
from handlers.context import Services

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


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then stop in order: no new work, finish what is under way, close."""
    set_up_logs(settings.log_level)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with running(settings):
        log.info("running", slack=settings.slack_api_url)
        stop.wait()
        log.info("stopping")


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Everything that a running bot has, stopped in reverse order at the end."""
    tokens = tokens_of(settings)
    client = slack_client(tokens.bot, settings.slack_api_url)
    team = team_of(client)
    upgrade(settings.database_url)
    encoder, clock = open_encoder(settings.encoder_folder), clock_for(settings.clock_url)
    database = open_database(
        settings.database_url, encoder=encoder.version, on_commit=lambda _workspace: wake(deliverer, proposer)
    )
    deliverer, solver = Deliverer(database, lambda _workspace: client, clock), SolverProcess()
    proposer = Proposer(database, clock, solver, prepare=solver.start)
    with ExitStack() as stack:
        stack.callback(database.close)
        stack.callback(solver.stop)
        database.ensure_workspace(name=team.name, slack_id=team.id)
        services = Services(database.workspace, clock, encoder, next_due, upload=shown)
        socket = socket_for(build_app(client, services), tokens.app)
        beat = Beat(database, encoder, clock, settings.beat_seconds)
        parts: list[Part] = [deliverer, proposer, beat, Reencoding(database, encoder, clock)]
        for part in (*parts, *listening(settings, database, clock)):
            part.start()
            stack.callback(part.stop)
        stack.callback(socket.close)
        socket.connect()  # type: ignore[no-untyped-call]
        yield


class Part(Protocol):
    """Something that works on its own from start to stop."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Woken(Protocol):
    """Something that rests until there is work."""

    def wake(self) -> None: ...


def wake(*resting: Woken) -> None:
    """Have each of them look now whether there is something to do."""
    for one in resting:
        one.wake()


def listening(settings: Settings, database: Database, clock: Clock) -> Iterator[HttpServer]:
    """What programs of the company send readings to, where the operator chose a port."""
    if settings.http_port is not None:
        yield HttpServer(database, clock, settings.http_host, settings.http_port)
        log.info("listening", host=settings.http_host, port=settings.http_port)


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
