"""What goes wrong in a round: each mishap is a function of the world and of the round's own luck."""

import signal
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random

from tests.chaos.replicas import Replica
from tests.chaos.world import TIMEOUT_S, World

Mishap = Callable[[World, Random], None]

STALL_S = (6.5 * TIMEOUT_S, 9.0 * TIMEOUT_S)
"""Longer than the lease of a message."""
WAIT_S = 6.0
"""So long a round waits for somebody to kill."""
METHODS = (
    *("chat.postMessage",) * 4,
    "chat.update",
    "chat.update",
    "conversations.open",
    "files.completeUploadExternal",
)
STORM: Mapping[str, float] = {
    "ratelimited": 0.04,
    "server_error": 0.05,
    "error": 0.02,
    "drop_before": 0.04,
    "drop_after": 0.05,
    "hold_after": 0.02,
    "slow": 0.08,
}
SLOW_S = 1.6 * TIMEOUT_S
"""Later than the bot waits for, and earlier than it believes that nothing comes any more."""
CHATTER = frozenset({"auth.test", "apps.connections.open"})
"""What a bot needs to start at all: these fail rarely enough by themselves."""


def kill(world: World, chance: Random) -> None:
    """SIGKILL somebody who works, at some moment."""
    victim = somebody(world, chance)
    time.sleep(chance.uniform(0, 0.6))
    if victim is not None:
        victim.kill()


def kill_while_it_asks(world: World, chance: Random) -> None:
    """SIGKILL whoever is in the middle of a request: Slack has done what was asked, or will never."""
    fault = world.control.fault(chance.choice(METHODS), chance.choice(("hold_before", "hold_after")))
    ends = time.monotonic() + 1.5 * TIMEOUT_S
    while time.monotonic() < ends and not _holds(world, fault):
        time.sleep(0.02)
    kill(world, chance)
    world.control.post(f"faults/{fault}/release", {})


def stall(world: World, chance: Random) -> None:
    """SIGSTOP somebody for longer than their leases last."""
    victim = somebody(world, chance)
    if victim is not None:
        world.replicas.stall(victim, chance.uniform(*STALL_S))


def deploy(world: World, chance: Random) -> None:
    """SIGTERM somebody, as in a deployment."""
    victim = somebody(world, chance)
    if victim is not None:
        world.replicas.deploy(victim)


def storm(world: World, chance: Random) -> None:
    """Slack refuses, breaks, drops and delays for a while."""
    order = {"seed": chance.randrange(2**31), "chances": STORM, "but": sorted(CHATTER), "seconds": SLOW_S}
    world.control.post("weather", order)


def calm(world: World, _chance: Random) -> None:
    """Slack works."""
    world.control.clear_faults()


def hang_up(world: World, _chance: Random) -> None:
    """Slack asks for new connections, or ends the old ones without a word."""
    world.control.post("socket", {"action": "disconnect"})


def cut_off(world: World, chance: Random) -> None:
    """Slack ends all connections and takes none for a moment."""
    world.control.post("socket", {"action": "refuse"})
    time.sleep(chance.uniform(0.1, 0.5))
    world.control.post("socket", {"action": "accept"})


def restart_database(world: World, chance: Random) -> None:
    """The database crashes, or is restarted while all are at work."""
    if world.postgres is not None:
        world.postgres.stop(chance.choice((signal.SIGQUIT, signal.SIGINT)))
        time.sleep(chance.uniform(0, 0.5))
        world.postgres.start()


def leap(world: World, chance: Random) -> None:
    """All clocks jump by hours, up to a day."""
    world.clocks.advance(timedelta(days=chance.uniform(0.2, 1)))


def skew(world: World, chance: Random) -> None:
    """The clock of one replica goes wrong by anything up to a day, or right again."""
    victim = chance.choice(world.replicas.all).name
    wrong = world.clocks.skews.get(victim)
    by = timedelta() if wrong else timedelta(seconds=chance.choice((-1, 1)) * 10 ** chance.uniform(0, 4.9))
    world.clocks.skew(victim, by)


def double(world: World, chance: Random) -> None:
    """Slack delivers every event and every press twice, or once again."""
    world.control.post("duplicate_events", {"on": chance.random() < 0.5})


BESIDES: tuple[tuple[int, Mishap], ...] = (
    (16, storm),
    (10, calm),
    (8, stall),
    (8, deploy),
    (6, restart_database),
    (4, hang_up),
    (3, cut_off),
    (1, leap),
    (6, skew),
    (4, double),
)
"""How often each happens besides the kill that every round has; in one of three rounds nothing does."""


def round_of(chance: Random) -> list[Mishap]:
    """What happens in a round, in this order."""
    happens: list[Mishap] = [kill_while_it_asks if chance.random() < 0.3 else kill]
    weights, besides = zip(*BESIDES, strict=True)
    happens += chance.choices(besides, weights, k=chance.choice((0, 1, 2)))
    chance.shuffle(happens)
    return happens


def somebody(world: World, chance: Random) -> Replica | None:
    """One of those who serve; None where nobody does for long."""
    ends = time.monotonic() + WAIT_S
    while time.monotonic() < ends:
        if serving := world.replicas.serving():
            return chance.choice(serving)
        time.sleep(0.05)
    return None


def _holds(world: World, fault: str) -> bool:
    return bool(world.control.faults().get(fault, {}).get("holding"))
