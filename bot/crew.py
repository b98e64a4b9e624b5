"""The crew of a bot: all that works on its own, whichever way Slack's requests come in, for one workspace or many."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Protocol

import structlog
from slack_sdk import WebClient

from bot.checking.walls import say_without
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
from bot.remembering import TEXTS, Remembering
from bot.scheduling.beat import Beat
from bot.scheduling.chores import Chore
from bot.scheduling.due_times import next_due
from bot.seeing.levels import Levels
from bot.seeing.meters import Meters
from bot.seeing.pulses import Pulse
from bot.seeing.vitals import Connected, Vitals
from bot.settings import Settings
from bot.starting import bring_up_to_date
from bot.stopping import AtWork, Part, at_work
from db.database import Database, open_database
from handlers.context import Services
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
    encoder: Encoder
    clock: Clock
    meters: Meters

    @property
    def services(self) -> Services:
        """What the listeners are given."""
        encoder = Remembering(self.encoder, TEXTS)
        return Services(self.database.hurried, self.clock, encoder, next_due, upload=shown)


@dataclass(frozen=True, slots=True)
class Face:
    """What faces Slack."""

    clients: Callable[[str], WebClient]
    """The client of the workspace with an id of ours."""
    part: Part
    """Takes Slack's requests and has them answered."""
    connected: Connected
    """Whether requests come in."""
    chores: Sequence[Chore] = ()
    """What is done at every beat besides what is due in workspaces."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The parts of a bot: those that are woken by every commit, and the others."""

    solver: SolverProcess
    resting: Sequence[Woken]
    beat: Beat
    others: Sequence[Part]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything that works on its own; what is asked by Slack begins last."""
        return (*self.resting, self.beat, *self.others)


@contextmanager
def working(settings: Settings, face_of: Callable[[Tools], Face], told: Event) -> Iterator[AtWork]:
    """Everything that a running bot has; its health is answered for from before it is up until the end."""
    encoder, clock = open_encoder(settings.encoder_folder), clock_for(settings.clock_url)
    resting, beating = list[Woken](), list[Woken]()
    database = open_database(
        settings.database_url,
        encoder=encoder.version,
        on_commit=lambda _workspace: wake(resting),
        on_asked=lambda _workspace: wake(beating),
    )
    vitals = Vitals(database)
    tools = Tools(settings, database, encoder, clock, Meters(Levels(database, clock)))
    with ExitStack() as stack:
        stack.callback(database.close)
        stack.enter_context(at_work(examined(settings, vitals, tools.meters)))
        bring_up_to_date(settings.database_url, told)
        say_without(database.engine)
        face = face_of(tools)
        crew = crew_of(tools, face)
        stack.callback(crew.solver.stop)
        resting.extend(crew.resting)
        beating.append(crew.beat)
        bot = stack.enter_context(at_work([*listening(tools), *crew.parts]))
        vitals.come_up(pulses_of((*crew.parts, face.connected)), face.connected)
        stack.callback(crew.solver.hurry)
        stack.callback(vitals.drain)
        yield bot


def crew_of(tools: Tools, face: Face) -> Crew:
    """All parts, not yet at work."""
    database, encoder, clock, meters = tools.database, tools.encoder, tools.clock, tools.meters
    solver, times = SolverProcess(), Times.of(tools.settings.slack_timeout_seconds)
    deliverer = Deliverer(database, face.clients, clock, times=times, meters=meters)
    proposer = Proposer(database, clock, solver, prepare=solver.start)
    detector = Detector(database, clock, meters)
    beat = Beat(database, encoder, clock, tools.settings.beat_seconds, meters, face.chores)
    return Crew(solver, [deliverer, proposer, detector], beat, [Reencoding(database, encoder, clock), face.part])


def wake(resting: Sequence[Woken]) -> None:
    """Have each of them look now whether there is something to do."""
    for one in resting:
        one.wake()


def pulses_of(parts: Sequence[object]) -> dict[str, Pulse]:
    """The signs of life of those that give any."""
    found = ((type(part).__name__.lower(), getattr(part, "pulse", None)) for part in parts)
    return {name: pulse for name, pulse in found if isinstance(pulse, Pulse)}


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
