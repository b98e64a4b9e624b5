"""All replicas are stopped in the middle of a transaction: others write meanwhile, and they go on when they wake."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from planning.outbox.values import Address, Delivery, MessageKind, Posting
from tests.bot.sandbox.world import until
from tests.chaos.company import PLAIN
from tests.chaos.world import World, created

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]

SOON_S = 60.0
DAY = timedelta(days=1)
SENT = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' OR state = 'idle in transaction' AND :mine"
)


def waiting(world: World, *, idle: bool = False) -> int:
    """How many transactions wait for a lock, or for a process that has stopped, too."""
    with world.database.engine.connect() as connection:
        return connection.scalar(SENT, {"mine": idle}) or 0


def queue(world: World, key: str) -> None:
    with world.registers.writing() as register:
        payload: dict[str, object] = {"source": key, "new": 1}
        posting = Posting(key, MessageKind.IMPORTED, 1, Address.channel(PLAIN[0]), payload)
        register.postings.add(posting, world.clocks.now())


def sent(world: World) -> list[str]:
    outbox = world.database.outbox(world.registers.workspace).page(100, states=(Delivery.SENT,))
    return [message.posting.delivery_key for message in outbox.items if message.posting.kind is MessageKind.IMPORTED]


def test_who_is_stopped_within_a_transaction_holds_nobody_up(tmp_path: Path) -> None:
    with created("postgresql", tmp_path) as world:
        until(lambda: len(world.replicas.serving()) == len(world.replicas.all), SOON_S)
        with world.registers.writing():
            world.clocks.advance(DAY)
            until(lambda: waiting(world), SOON_S)
            for replica in world.replicas.all:
                replica.send(signal.SIGSTOP)
        until(lambda: waiting(world, idle=True), SOON_S)

        queue(world, "while they stand still")
        for replica in world.replicas.all:
            replica.send(signal.SIGCONT)
        queue(world, "afterwards")
        until(lambda: len(sent(world)) == 2, SOON_S)

        assert sent(world)[::-1] == ["while they stand still", "afterwards"]
        assert set(world.replicas.ends) == set()
