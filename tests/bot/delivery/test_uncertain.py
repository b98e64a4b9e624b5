"""Messages of which nobody knew whether they had arrived: each ends up in Slack once, or waits for a steward."""

from collections.abc import Callable
from dataclasses import replace

from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.pace import USUAL
from bot.delivery.sending import Place, post
from bot.delivery.worker import Deliverer
from bot.sandbox.server import running
from db.database import Database
from handlers.views.text import Message as Shown
from planning.outbox.values import Address, Delivery, MessageKind
from tests.bot.delivery.conftest import MovableClock, Rested
from tests.bot.delivery.test_worker import delivered, posts, stored
from tests.bot.sandbox.world import BOT_TOKEN, GENERAL, SCOPES, Control, workspace_file

Queue = Callable[..., None]


def test_a_post_whose_answer_got_lost_is_found_and_not_repeated(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue()
    control.fault("chat.postMessage", "drop_after")
    deliverer.deliver_once()

    assert stored(database).state is Delivery.SENT
    assert deliverer.deliver_once() == 0
    assert len(delivered(control, database)) == 1
    assert len(posts(control)) == 1


def test_a_post_that_never_arrived_is_repeated_once_that_is_certain(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue()
    control.fault("chat.postMessage", "drop_before")
    deliverer.deliver_once()
    assert stored(database).state is Delivery.PENDING

    deliverer.deliver_once()
    assert len(delivered(control, database)) == 1


def test_a_message_in_doubt_is_not_repeated_before_slack_had_time(
    database: Database, queue: Queue, client: WebClient, clock: MovableClock, control: Control
) -> None:
    queue()
    control.fault("chat.postMessage", "drop_before")
    patient = Rested(database, client, clock, replace(USUAL, patience=60.0))
    patient.deliver_once()
    patient.deliver_once()

    assert stored(database).state is Delivery.UNCERTAIN
    assert len(posts(control)) == 1


def test_a_fault_of_slack_itself_leaves_a_doubt_that_is_looked_up(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue()
    control.fault("chat.postMessage", "server_error")
    deliverer.deliver_once()
    deliverer.deliver_once()

    assert len(delivered(control, database)) == 1


def test_where_history_may_not_be_read_a_doubt_waits_for_a_steward(
    database: Database, queue: Queue, clock: MovableClock
) -> None:
    queue()
    scopes = tuple(scope for scope in SCOPES if not scope.endswith(":history"))
    with running(workspace_file(scopes=scopes)) as sandbox:
        control, client = Control(sandbox.url), slack_client(BOT_TOKEN, sandbox.api_url)
        deliverer = Rested(database, client, clock)
        control.fault("chat.postMessage", "drop_after")
        for _ in range(3):
            deliverer.deliver_once()

        assert stored(database).state is Delivery.UNCERTAIN
        assert len(posts(control)) == 1

        database.outbox("main").resend(1)
        deliverer.deliver_once()
        assert len(posts(control)) == 2


def test_a_sender_that_died_before_posting_is_taken_over_after_its_lease(
    database: Database, deliverer: Deliverer, queue: Queue, control: Control, clock: MovableClock
) -> None:
    queue()
    database.outbox("main").claim(clock(), USUAL.lease, 10)
    assert deliverer.deliver_once() == 0

    clock.ahead = USUAL.lease
    deliverer.deliver_once()
    deliverer.deliver_once()
    assert len(delivered(control, database)) == 1


def test_a_sender_that_died_after_posting_leaves_one_message(
    database: Database, deliverer: Deliverer, queue: Queue, client: WebClient, control: Control, clock: MovableClock
) -> None:
    queue(MessageKind.DIGEST, Address.channel(GENERAL))
    (claimed,) = database.outbox("main").claim(clock(), USUAL.lease, 10)
    post(client, Place(GENERAL), Shown("The digest", []).arguments(), claimed.posting.delivery_key)

    clock.ahead = USUAL.lease
    for _ in range(3):
        deliverer.deliver_once()
    assert len(delivered(control, database)) == 1


def test_what_an_earlier_process_left_in_doubt_is_taken_up_at_the_start(
    database: Database, deliverer: Deliverer, queue: Queue, client: WebClient, control: Control, clock: MovableClock
) -> None:
    queue(MessageKind.DIGEST, Address.channel(GENERAL))
    (claimed,) = database.outbox("main").claim(clock(), USUAL.lease, 10)
    post(client, Place(GENERAL), Shown("The digest", []).arguments(), claimed.posting.delivery_key)
    database.outbox("main").uncertain(claimed, "The connection broke.", clock())

    deliverer.deliver_once()
    assert stored(database).state is Delivery.SENT
    assert len(delivered(control, database)) == 1
