"""A deployment: three replicas are ended and started again one by one, twice, while everybody goes on working."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.bot.sandbox.world import exchange, until
from tests.chaos.company import EXECUTIVES, PEOPLE, slack_id
from tests.chaos.ledger import counted
from tests.chaos.replicas import DRAINED_S, Replica
from tests.chaos.running import Run, settle
from tests.chaos.traffic import Traffic
from tests.chaos.world import World, created

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]

TIMES = 2
STARTED_S = 90.0
ANSWERED_S = 10.0
HOURS = timedelta(hours=2.5)
"""How far time moves on before and after each restart: some of the company's digests and lists become due meanwhile."""


@dataclass
class Asking:
    """Somebody types commands all the time, one after the other."""

    world: World
    asked: int = 0
    unanswered: list[str] = field(default_factory=list)
    between: threading.Lock = field(default_factory=threading.Lock)
    """Held while a command waits for its answer, which Slack takes for half an hour of its own time."""
    _stopping: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Ask until it is enough."""
        while not self._stopping.wait(0.1):
            with self.between:
                self._ask()

    def _ask(self) -> None:
        self.asked += 1
        word = f"nothing{self.asked}"
        place = {"user": slack_id(1 + self.asked % PEOPLE), "channel": EXECUTIVES}
        exchange(f"{self.world.url}/page/send", {**place, "text": f"/cx find {word}"})
        ends, told = time.monotonic() + ANSWERED_S, ""
        while not told and time.monotonic() < ends:
            seen = exchange(f"{self.world.url}/page/messages?{urlencode(place)}")["messages"]
            told = next((one["text"] for one in seen if word in one["text"]), "")
            time.sleep(0.05)
        if f"“{word}”" not in told:
            self.unanswered.append(f"{word}: {told or 'nothing'}")

    def stop(self) -> None:
        """Enough."""
        self._stopping.set()


@contextmanager
def asking(world: World) -> Iterator[Asking]:
    """Somebody asks for as long as this lasts."""
    somebody = Asking(world)
    thread = threading.Thread(target=somebody.go_on, name="asking")
    thread.start()
    try:
        yield somebody
    finally:
        somebody.stop()
        thread.join()


def restart(world: World, somebody: Asking, replica: Replica) -> float:
    """End it in order and wait until the next one in its place serves; how long the end took."""
    later(world, somebody)
    took = replica.end()
    until(lambda: replica.serving, STARTED_S)
    later(world, somebody)
    return took


def later(world: World, somebody: Asking) -> None:
    """Let some hours pass; a second later everybody has noticed."""
    with somebody.between:
        world.clocks.advance(HOURS)
    time.sleep(1)


def test_a_deployment_loses_and_doubles_nothing_and_every_command_is_answered(tmp_path: Path) -> None:
    with created("postgresql", tmp_path) as world:
        until(lambda: len(world.replicas.serving()) == len(world.replicas.all), STARTED_S)
        traffic = Traffic(world, seed=3)
        with traffic.going_on(), asking(world) as somebody:
            took = [restart(world, somebody, replica) for _ in range(TIMES) for replica in world.replicas.all]
        settle(world, Run("postgresql", 3))
        ledger = counted(world, traffic, world.clocks.now() - timedelta(minutes=5))

    assert (ledger.broken, ledger.uncertain) == ([], [])
    assert somebody.unanswered == []
    assert somebody.asked > len(took)
    assert set(world.replicas.ends) == {0}
    assert max(took) < DRAINED_S
