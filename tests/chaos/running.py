"""A run: so many rounds of mishaps over a company at work, then quiet, then the count."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from db.postings import MessageRow
from db.queueing import LEASE_AT_MOST
from planning.outbox.values import Delivery, Message
from planning.schedules.values import OccurrenceState
from tests.chaos.books import Ledger
from tests.chaos.company import UNREADABLE
from tests.chaos.ledger import counted, meant_for_later
from tests.chaos.mishaps import calm, round_of, somebody, storm
from tests.chaos.traffic import Traffic
from tests.chaos.world import World, created

QUIET_EVERY = 50
SETTLE_S = 240.0
"""So long everything may take to settle once nothing goes wrong any more."""
SHORT, LONG = timedelta(minutes=2), timedelta(hours=2.5)
"""How far time moves on in two of three rounds, besides by itself; somebody must be there, or all is late."""
LATEST = 5
WAITING = (OccurrenceState.DUE, OccurrenceState.RUNNING)
PATIENT_S, STEP = 8.0, timedelta(minutes=1)
"""What waits longer than this waits for a later time; that comes step by step, between two messages where it can."""


@dataclass
class Run:
    """What a run did, and what came of it."""

    kind: str
    seed: int
    rounds: int = 0
    mishaps: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    ends: Counter[int] = field(default_factory=Counter)
    slowest_end: float = 0.0
    settled_in: list[float] = field(default_factory=list)
    seconds: float = 0.0
    days: float = 0.0
    ledger: Ledger = field(default_factory=Ledger)


Say = Callable[[str], object]


def run(kind: str, seed: int, rounds: int, minutes: float, say: Say, keep: Path | None = None) -> Run:
    """Run on a database of a kind; with `keep`, logs stay in that folder."""
    with tempfile.TemporaryDirectory(prefix="concord-chaos-") as made:
        folder = keep or Path(made)
        with created(kind, folder) as world:
            return _run(world, Run(kind, seed), rounds, minutes, say)


def _run(world: World, done: Run, rounds: int, minutes: float, say: Say) -> Run:
    began, ends = time.monotonic(), time.monotonic() + 60 * minutes
    first = world.clocks.now()
    traffic = Traffic(world, done.seed)
    with traffic.going_on():
        while done.rounds < rounds and time.monotonic() < ends:
            done.rounds += 1
            _round(world, done, Random(f"{done.seed} {done.kind} {done.rounds}"))
            if done.rounds % QUIET_EVERY == 0:
                with traffic.resting():
                    done.settled_in.append(settle(world, done))
                say(f"{done.kind}: round {done.rounds}, settled in {done.settled_in[-1]:.0f} s")
    done.settled_in.append(settle(world, done))
    until = world.clocks.now()
    done.days = (until - first) / timedelta(days=1)
    done.ends, done.slowest_end = world.replicas.ends, world.replicas.slowest_end
    done.ledger = _closed(world, traffic, until)
    done.seconds = time.monotonic() - began
    return done


def _round(world: World, done: Run, chance: Random) -> None:
    if chance.random() < 0.7 and somebody(world, chance) is not None:
        span = (LONG - SHORT).total_seconds()
        world.clocks.advance(SHORT + timedelta(seconds=chance.random() ** 3 * span))
    for mishap in round_of(chance):
        done.mishaps[mishap.__name__] += 1
        if mishap in (calm, storm):
            _note_weather(world, done)
        mishap(world, chance)
    world.fetch_calls()


def _note_weather(world: World, done: Run) -> None:
    done.struck += Counter(world.control.read("weather")["struck"])


def settle(world: World, done: Run) -> float:
    """Let everybody work in peace until nothing waits; how long it took, at most SETTLE_S."""
    began = time.monotonic()
    _note_weather(world, done)
    calm(world, Random(0))
    world.control.post("socket", {"action": "accept"})
    for replica in world.replicas.all:
        world.clocks.skew(replica.name, timedelta())
    world.replicas.wake_all()
    stepped = began
    while time.monotonic() - began < SETTLE_S and not _quiet(world):
        time.sleep(0.5)
        waited = time.monotonic() - stepped
        if waited > PATIENT_S or (stepped > began and not _somebody_sends(world)):
            world.clocks.advance(STEP)
            stepped = time.monotonic()
    world.fetch_calls()
    return time.monotonic() - began


def _somebody_sends(world: World) -> bool:
    """Whether a message is on its way: who sends it would lose it for a jump of the clock, and begin again."""
    now = world.clocks.now()
    leased = MessageRow.leased_until.between(now, now + LEASE_AT_MOST)
    sending = exists().where(MessageRow.state.in_((Delivery.SENDING, Delivery.SENT)), leased)
    try:
        with world.database.everywhere.reading() as session:
            return bool(session.scalar(select(sending)))
    except SQLAlchemyError:
        return True


def _quiet(world: World) -> bool:
    """Whether nothing is due that somebody could do."""
    now = world.clocks.now()
    try:
        return not _occurrences_wait(world) and not _messages_wait(world, now)
    except SQLAlchemyError:
        return False


def _messages_wait(world: World, now: datetime) -> bool:
    outbox = world.database.outbox(world.registers.workspace)
    open_ones = outbox.page(1000, states=(Delivery.PENDING, Delivery.SENDING, Delivery.UNCERTAIN)).items
    return bool(world.database.waiting_workspaces(now)) or any(_waits(one, now) for one in open_ones)


def _waits(message: Message, now: datetime) -> bool:
    if message.state is Delivery.UNCERTAIN:
        return UNREADABLE not in message.posting.address.ids
    return not meant_for_later(message, now)


def _occurrences_wait(world: World) -> bool:
    with world.registers.reading() as register:
        histories = [register.schedules.history(each.id, LATEST).items for each in register.schedules.all()]
    return any(one.state in WAITING for history in histories for one in history)


def _closed(world: World, traffic: Traffic, until: datetime) -> Ledger:
    return counted(world, traffic, until - timedelta(minutes=5))
