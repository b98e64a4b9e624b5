"""Running the bot of one workspace by Socket Mode until it is told to stop."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog
from slack_sdk import WebClient

from bot.app import Listeners, build_app, slack_client
from bot.clock import Clock, clock_for
from bot.delivery.pace import Times
from bot.delivery.pictures import shown
from bot.delivery.worker import Deliverer
from bot.detecting import Detector
from bot.encoder import open_encoder
from bot.http.health import health_app
from bot.http.server import HttpServer, readings_app
from bot.proposing.process import SolverProcess
from bot.proposing.worker import Proposer
from bot.reencoding import Reencoding
from bot.scheduling.beat import Beat
from bot.scheduling.due_times import next_due
from bot.seeing.levels import Levels
from bot.seeing.logs import set_up_logs
from bot.seeing.meters import Meters
from bot.seeing.pulses import Pulse
from bot.seeing.vitals import Vitals
from bot.settings import Settings
from bot.socketmode.envelopes import Envelopes
from bot.socketmode.sockets import Sockets
from bot.starting import Team, bring_up_to_date, team_of, tokens_of
from bot.stopping import AtWork, InOrder, Part, Told, at_work, leave
from db.database import Database, open_database
from handlers.context import Services
from planning.schedules.defaults import add_usual
from planning.similarity import Encoder

log = structlog.get_logger()


class Woken(Part, Protocol):
    """Something that rests until there is work."""

    def wake(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the parts of a bot share."""

    settings: Settings
    database: Database
    client: WebClient
    encoder: Encoder
    clock: Clock
    meters: Meters


@dataclass(slots=True)
class Crew:
    """The parts of a bot: those that are woken by every commit, and the others."""

    solver: SolverProcess
    resting: Sequence[Woken]
    beat: Beat
    sockets: Sockets
    others: Sequence[Part]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything that works on its own; what is asked by Slack begins last."""
        return (*self.resting, self.beat, *self.others)


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
    """Everything that a running bot has; its health is answered for from before it is up until the end."""
    tokens = tokens_of(settings)
    client = slack_client(tokens.bot, settings.slack_api_url, settings.slack_timeout_seconds)
    team = team_of(client)
    encoder, clock = open_encoder(settings.encoder_folder), clock_for(settings.clock_url)
    resting, beating = list[Woken](), list[Woken]()
    database = open_database(
        settings.database_url,
        encoder=encoder.version,
        on_commit=lambda _workspace: wake(resting),
        on_asked=lambda _workspace: wake(beating),
    )
    vitals = Vitals(database)
    tools = Tools(settings, database, client, encoder, clock, Meters(Levels(database, clock)))
    with ExitStack() as stack:
        stack.callback(database.close)
        stack.enter_context(at_work(examined(settings, vitals, tools.meters)))
        bring_up_to_date(settings.database_url, told or Told())
        settle_in(database, team, clock)
        crew = crew_of(tools, tokens.app)
        stack.callback(crew.solver.stop)
        resting.extend(crew.resting)
        beating.append(crew.beat)
        bot = stack.enter_context(at_work([*listening(tools), *crew.parts]))
        vitals.come_up(pulses_of((*crew.parts, crew.sockets)), crew.sockets)
        stack.callback(crew.solver.hurry)
        stack.callback(vitals.drain)
        yield bot


def crew_of(tools: Tools, app_token: str) -> Crew:
    """All parts, not yet at work."""
    database, client, clock = tools.database, tools.client, tools.clock
    solver, listeners = SolverProcess(), Listeners()
    times = Times.of(tools.settings.slack_timeout_seconds)
    deliverer = Deliverer(database, lambda _workspace: client, clock, times=times, meters=tools.meters)
    proposer = Proposer(database, clock, solver, prepare=solver.start)
    services = Services(database.hurried, clock, tools.encoder, next_due, upload=shown)
    app = build_app(client, services, tools.meters, listeners)
    sockets = Sockets(client, app_token, Envelopes(app), tools.meters.connected)
    beat = Beat(database, tools.encoder, clock, tools.settings.beat_seconds, tools.meters)
    reencoding = Reencoding(database, tools.encoder, clock)
    detector = Detector(database, clock, tools.meters)
    return Crew(solver, [deliverer, proposer, detector], beat, sockets, [reencoding, InOrder(listeners, sockets)])


def wake(resting: Sequence[Woken]) -> None:
    """Have each of them look now whether there is something to do."""
    for one in resting:
        one.wake()


def pulses_of(parts: Sequence[object]) -> dict[str, Pulse]:
    """The signs of life of those that give any."""
    found = ((type(part).__name__.lower(), getattr(part, "pulse", None)) for part in parts)
    return {name: pulse for name, pulse in found if isinstance(pulse, Pulse)}


def settle_in(database: Database, team: Team, clock: Clock) -> None:
    """The workspace of the team is there, with its usual schedules."""
    workspace = database.ensure_workspace(name=team.name, slack_id=team.id)
    with database.registers(workspace.id).writing() as register:
        add_usual(register, clock(), next_due)


def listening(tools: Tools) -> Iterator[HttpServer]:
    """What programs of the company send readings to, where the operator chose a port."""
    host, port = tools.settings.http_host, tools.settings.http_port
    if port is not None:
        yield HttpServer(readings_app(tools.database, tools.clock), host, port)
        log.info("listening", host=host, port=port)


def examined(settings: Settings, vitals: Vitals, meters: Meters) -> list[Part]:
    """Where health and meters are asked for, where the operator chose a port."""
    if settings.health_port is None:
        return []
    app = health_app(vitals, meters)
    return [HttpServer(app, settings.http_host, settings.health_port, setting="CONCORD_HEALTH_PORT")]
