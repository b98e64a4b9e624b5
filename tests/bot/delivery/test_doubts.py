"""A message in doubt of which Slack never says anything."""

from collections.abc import Callable
from datetime import timedelta

from slack_sdk import WebClient

from bot.delivery.delivering import Sender
from bot.delivery.doubts import Doubts
from bot.delivery.worker import Deliverer
from db.database import Database
from planning.outbox.values import Delivery, MessageKind
from tests.bot.delivery.conftest import HASTY, MovableClock
from tests.bot.sandbox.world import Control

Queue = Callable[..., None]


def states(database: Database) -> list[Delivery]:
    return [database.outbox("main").by_id(id).state for id in (1, 2)]


def look_up(database: Database, client: WebClient, clock: MovableClock, holds_s: float) -> None:
    doubts = Doubts(Sender(database, lambda _id: client, clock, HASTY), holds_s)
    doubts.take("main")
    for doubt in doubts.due()["main"]:
        doubts.settle(doubt)


def test_without_an_answer_the_conversation_waits_for_a_doubt_only_so_long(
    database: Database, queue: Queue, deliverer: Deliverer, client: WebClient, clock: MovableClock, control: Control
) -> None:
    queue()
    queue(MessageKind.DIGEST)
    control.fault("chat.postMessage", "drop_before")
    control.fault("conversations.history", "server_error", times=99)
    deliverer.deliver_once()
    clock.ahead += timedelta(minutes=1)
    look_up(database, client, clock, holds_s=300.0)
    deliverer.deliver_once()
    assert states(database) == [Delivery.UNCERTAIN, Delivery.PENDING]

    clock.ahead += timedelta(minutes=1)
    look_up(database, client, clock, holds_s=0.0)
    deliverer.deliver_once()
    assert states(database) == [Delivery.UNCERTAIN, Delivery.SENT]
