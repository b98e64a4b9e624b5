"""Several workspaces, threads, replicas and clocks that jump."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.delivering import Sender
from bot.delivery.pace import USUAL, Lease
from bot.delivery.worker import Deliverer
from bot.sandbox.server import running
from db.database import Database
from planning.outbox.values import Address, Delivery, MessageKind
from tests.bot.delivery.conftest import MovableClock, Rested
from tests.bot.sandbox.world import BOT_TOKEN, GENERAL, Control, until, workspace_file
from tests.builders import posting

Queue = Callable[..., None]


def queue_many(database: Database, workspace: str, count: int, address: Address | None = None) -> None:
    """Messages that need no more than an address: summaries of imports."""
    database.ensure_workspace(workspace)
    with database.registers(workspace).writing() as register:
        for n in range(count):
            to = address or Address.channel(f"C0NOWHERE{n}")
            key = f"imported:{n}:{to}"
            register.postings.add(posting(delivery_key=key, kind=MessageKind.IMPORTED, address=to), datetime.now(UTC))


def states(database: Database, workspace: str) -> list[Delivery]:
    return [message.state for message in database.outbox(workspace).page(1000).items]


@contextmanager
def at_work(*deliverers: Deliverer) -> Iterator[None]:
    for deliverer in deliverers:
        deliverer.start()
    try:
        yield
    finally:
        for deliverer in deliverers:
            deliverer.stop()


def test_a_workspace_whose_slack_does_not_answer_delays_no_other_one(
    database: Database, queue: Queue, client: WebClient, control: Control
) -> None:
    with running(workspace_file()) as other:
        Control(other.url).fault("chat.postMessage", "slow", times=999, seconds=30)
        slow = slack_client(BOT_TOKEN, other.api_url, 5)
        for number in range(3):
            queue_many(database, f"a-slow-{number}", 50)
        clients = {f"a-slow-{number}": slow for number in range(3)}
        queue()
        began = time.monotonic()
        deliverer = Deliverer(database, lambda id: clients.get(id, client), lambda: datetime.now(UTC))
        deliverer.start()
        try:
            until(lambda: states(database, "main") == [Delivery.SENT])
            assert time.monotonic() - began < 5
        finally:
            deliverer.stop()


def test_two_replicas_keep_a_channels_distance_and_order(
    database: Database, queue: Queue, client: WebClient, control: Control
) -> None:
    queue_many(database, "main", 4, Address.channel(GENERAL))
    replicas = [Deliverer(database, lambda _id: client, lambda: datetime.now(UTC)) for _ in range(2)]
    with at_work(*replicas):
        until(lambda: set(states(database, "main")) == {Delivery.SENT}, seconds=20)

    posted = [message for message in control.messages(GENERAL) if message.get("bot_id")]
    keys = [message["metadata"]["event_payload"]["delivery_key"] for message in posted]
    assert keys == [f"imported:{n}:channel:{GENERAL}" for n in range(4)]
    ticks = [call["ticked"] for call in control.calls("chat.postMessage")]
    assert min(after - before for before, after in pairwise(ticks)) >= 1.0


def test_stopping_ends_in_time_and_leaves_what_was_not_begun_to_others(
    database: Database, queue: Queue, client: WebClient, control: Control
) -> None:
    control.fault("chat.postMessage", "slow", times=99, seconds=1)
    queue_many(database, "main", 30)
    deliverer = Deliverer(database, lambda _id: client, lambda: datetime.now(UTC))
    deliverer.start()
    until(lambda: Delivery.SENDING in states(database, "main"))
    began = time.monotonic()
    deliverer.stop()

    assert time.monotonic() - began < 6
    assert Delivery.SENDING not in states(database, "main")
    assert states(database, "main").count(Delivery.PENDING) > 15


def test_who_wakes_up_after_the_lease_posts_nothing(
    database: Database, queue: Queue, client: WebClient, control: Control, clock: MovableClock
) -> None:
    queue()
    (claimed,) = database.outbox("main").claim(clock(), USUAL.lease, 1)
    stalled = Sender(database, lambda _id: client, clock)
    stalled.send("main", claimed, time.monotonic() - USUAL.lease.total_seconds())

    assert control.calls("chat.postMessage") == []
    assert states(database, "main") == [Delivery.PENDING]


def test_a_slow_sender_asks_whether_a_clock_that_jumped_made_others_take_over(
    database: Database, queue: Queue, client: WebClient, control: Control, clock: MovableClock
) -> None:
    queue()
    (claimed,) = database.outbox("main").claim(clock(), USUAL.lease, 1)
    database.outbox("main").expired(clock() + timedelta(days=1))
    slow = Sender(database, lambda _id: client, clock)
    slow.send("main", claimed, time.monotonic() - USUAL.unasked - 1)

    assert control.calls("chat.postMessage") == []


@pytest.mark.parametrize(("passed", "ours", "allowed"), [(0, False, True), (6, True, True), (6, False, False)])
def test_a_lease_asks_only_when_it_is_late(passed: float, ours: bool, allowed: bool) -> None:
    assert Lease(USUAL, time.monotonic() - passed, lambda: ours).allows() is allowed


def test_when_a_clock_jumps_a_doubt_is_still_believed_only_after_real_time(
    database: Database, queue: Queue, client: WebClient, control: Control, clock: MovableClock
) -> None:
    queue()
    database.outbox("main").claim(clock(), USUAL.lease, 1)
    clock.ahead = timedelta(hours=5)
    patient = Rested(database, client, clock, replace(USUAL, patience=5.0))
    patient.deliver_once()
    patient.deliver_once()
    assert states(database, "main") == [Delivery.UNCERTAIN]

    time.sleep(5.1)
    patient.deliver_once()
    assert states(database, "main") == [Delivery.PENDING]
