"""What a process that serves many workspaces has, from the moment that it may answer until it has ended."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient

from bot.app import Listeners, Tenants, build_app, slack_client
from bot.clock import system_clock
from bot.crew import Face, Tools, working
from bot.encoder import EncoderFilesError
from bot.installing.authorizing import Admission, Authorizer, not_installed
from bot.installing.clients import Clients
from bot.installing.flow import oauth_flow
from bot.installing.known import Known
from bot.installing.life import Life
from bot.installing.purging import PurgeChore
from bot.installing.states import StateStore
from bot.installing.vault import FernetVault
from bot.scheduling.chores import Chore
from bot.serving.credentials import Credentials, credentials_of
from bot.serving.door import Door
from bot.serving.gate import Gate
from bot.serving.replays import Replays
from bot.serving.signatures import Signatures
from bot.settings import Settings
from bot.starting import CannotStart
from bot.stopping import InOrder
from db.database import Database
from db.installations import Installations
from db.oauth_states import OauthStates
from db.seen_requests import SeenRequests

FAULTS = (CannotStart, EncoderFilesError, OSError)
"""What keeps it from beginning, and whoever runs it can do something about."""

log = structlog.get_logger()


@contextmanager
def serving(settings: Settings, gate: Gate, on_read: Callable[[], object]) -> Iterator[Door]:
    """The crew at work, and the WSGI app beside it."""
    doors = list[Door]()

    def face(tools: Tools) -> Face:
        door, found = by_http(tools, credentials_of(settings), gate, on_read)
        doors.append(door)
        return found

    with working(settings, face, gate.told) as bot:
        log.info("running", host=settings.serve_host, port=settings.serve_port)
        yield doors[0]
        log.info("stopping")
    if bot.left:
        log.warning("left what others will take over", left=bot.left)
    log.info("stopped")


def by_http(tools: Tools, credentials: Credentials, gate: Gate, on_read: Callable[[], object]) -> tuple[Door, Face]:
    """Slack's requests come in by HTTP, for whichever workspace has Concord installed."""
    hurried = replace(tools.database, in_hurry=True).everywhere
    installations = Installations(tools.database.everywhere, FernetVault.of(tools.settings.token_keys))
    life = life_of(tools, installations)
    authorizer = Authorizer(Known(Installations(hurried, installations.vault)))
    tenants = Tenants(
        credentials.signing_secret,
        Replays(SeenRequests(hurried)),
        Admission(authorizer, not_installed(credentials.public_url)),
        flow_of(tools, life),
    )
    listeners, services = Listeners(), replace(tools.services, notices=life)
    app = build_app(client_of(tools.settings, None), services, tools.meters, listeners, tenants)
    door = Door(app, Signatures(credentials.signing_secret), on_read)
    clients = Clients(Known(installations), tools.settings.slack_api_url, tools.settings.slack_timeout_seconds)
    return door, Face(clients.of, InOrder(listeners, gate), gate, chores_of(tools.database))


def life_of(tools: Tools, installations: Installations) -> Life:
    """What becomes of installations is written there."""
    kept = timedelta(days=tools.settings.retention_days)
    return Life(tools.database, installations, tools.clock, partial(client_of, tools.settings), kept)


def flow_of(tools: Tools, life: Life) -> OAuthFlow:
    """How Concord is installed."""
    states = StateStore(OauthStates(tools.database.everywhere), tools.clock)
    return oauth_flow(tools.settings, client_of(tools.settings, None), states, life.begin, tools.clock)


def client_of(settings: Settings, token: str | None) -> WebClient:
    """Calls Slack with a token, or with none of its own."""
    return slack_client(token, settings.slack_api_url, settings.slack_timeout_seconds)


def chores_of(database: Database) -> Sequence[Chore]:
    """What is done at every beat for all workspaces together. Requests were seen by a clock that no test moves."""
    seen = SeenRequests(database.everywhere)
    return lambda _now: seen.forget(system_clock()), PurgeChore(database)
