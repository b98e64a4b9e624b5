"""Running the bot of one workspace by Socket Mode until it is told to stop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from slack_sdk import WebClient

from bot.app import Listeners, build_app, slack_client
from bot.clock import Clock
from bot.crew import Face, Tools, working
from bot.scheduling.due_times import next_due
from bot.seeing.logs import set_up_logs
from bot.settings import Settings
from bot.socketmode.envelopes import Envelopes
from bot.socketmode.sockets import Sockets
from bot.starting import Team, Tokens, team_of, tokens_of
from bot.stopping import AtWork, InOrder, Told, leave
from db.database import Database
from planning.installations.leaving import stay
from planning.installations.values import NotInstalled
from planning.schedules.defaults import add_usual

OTHERS = "This process serves another workspace; `concord serve` serves many."

log = structlog.get_logger()


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then stop: no new work, finish what is under way, close."""
    set_up_logs(settings.log_level)
    told = Told()
    told.listen()
    with running(settings, told) as bot:
        log.info("running", slack=settings.slack_api_url)
        told.wait()
        log.info("stopping")
    if bot.left:
        log.warning("left what others will take over", left=bot.left)
    log.info("stopped")
    leave()


@contextmanager
def running(settings: Settings, told: Told | None = None) -> Iterator[AtWork]:
    """Everything that a running bot has, for the workspace that its token belongs to."""
    tokens = tokens_of(settings)
    client = slack_client(tokens.bot, settings.slack_api_url, settings.slack_timeout_seconds)
    team = team_of(client)

    def face(tools: Tools) -> Face:
        return by_sockets(tools, client, tokens, settle_in(tools.database, team, tools.clock))

    with working(settings, face, told or Told()) as bot:
        yield bot


def by_sockets(tools: Tools, client: WebClient, tokens: Tokens, workspace: str) -> Face:
    """Slack's requests come in by Socket Mode; what other workspaces of the register have is not for this token."""
    listeners = Listeners()
    app = build_app(client, tools.services, tools.meters, listeners)
    sockets = Sockets(client, tokens.app, Envelopes(app), tools.meters.connected)
    return Face(only_in(workspace, client), InOrder(listeners, sockets), sockets)


def only_in(workspace: str, client: WebClient) -> Callable[[str], WebClient]:
    """Gives the client of one workspace; raises NotInstalled for the others."""

    def client_of(asked: str) -> WebClient:
        if asked != workspace:
            raise NotInstalled(OTHERS)
        return client

    return client_of


def settle_in(database: Database, team: Team, clock: Clock) -> str:
    """The workspace of the team is there, with its usual schedules, and stays; its id of ours."""
    workspace = database.ensure_workspace(name=team.name, slack_id=team.id)
    with database.registers(workspace.id).writing() as register:
        stay(register)
        add_usual(register, clock(), next_due)
    return workspace.id
