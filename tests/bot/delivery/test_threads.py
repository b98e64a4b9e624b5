"""Messages in the thread of another one, in a local Slack workspace."""

from collections.abc import Callable

import pytest
from slack_sdk import WebClient

from bot.delivery.looking import found
from bot.delivery.sending import Place, post
from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from handlers.views.text import Message as Shown
from planning.outbox.values import Address, Delivery, MessageKind
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import ANA, BEN, GENERAL, QUIET, Control, Json
from tests.builders import message, posting

Queue = Callable[..., None]
CARD = f"alert:1:person:{ANA}"


def place(database: Database, id: int) -> tuple[str, str]:
    message = database.outbox("main").by_id(id)
    assert message.channel is not None
    assert message.ts is not None
    return message.channel, message.ts


def thread(client: WebClient, database: Database) -> list[Json]:
    """What stands below the first message."""
    channel, ts = place(database, 1)
    replies: list[Json] = client.conversations_replies(channel=channel, ts=ts)["messages"][1:]
    return replies


@pytest.fixture
def card(queue: Queue) -> None:
    queue()


@pytest.mark.usefixtures("card")
def test_what_follows_a_card_stands_in_its_thread(
    deliverer: Deliverer, queue: Queue, client: WebClient, database: Database, control: Control
) -> None:
    queue(MessageKind.IMPORTED, follows=CARD)
    deliverer.deliver_once()
    opened = len(control.calls("conversations.open"))
    deliverer.deliver_once()

    assert [reply["ts"] for reply in thread(client, database)] == [place(database, 2)[1]]
    assert len(control.calls("conversations.open")) == opened


@pytest.mark.usefixtures("card")
def test_a_reply_goes_where_its_card_is_and_not_to_its_own_address(
    deliverer: Deliverer, queue: Queue, client: WebClient, database: Database
) -> None:
    queue(MessageKind.IMPORTED, Address.person(BEN), follows=CARD)
    for _ in range(2):
        deliverer.deliver_once()

    assert len(thread(client, database)) == 1


@pytest.mark.parametrize("fault", ["drop_after", "drop_before"])
@pytest.mark.usefixtures("card")
def test_a_reply_in_doubt_is_looked_up_in_its_thread(
    deliverer: Deliverer, queue: Queue, client: WebClient, database: Database, control: Control, fault: str
) -> None:
    deliverer.deliver_once()
    queue(MessageKind.IMPORTED, follows=CARD)
    control.fault("chat.postMessage", fault)
    for _ in range(2):
        deliverer.deliver_once()

    assert database.outbox("main").by_id(2).state is Delivery.SENT
    assert len(thread(client, database)) == 1


def test_a_reply_to_what_failed_is_a_message_of_its_own(deliverer: Deliverer, queue: Queue, database: Database) -> None:
    queue(MessageKind.IMPORTED, Address.channel(QUIET))
    queue(MessageKind.IMPORTED, Address.channel(GENERAL), 2, follows=f"imported:1:channel:{QUIET}")
    for _ in range(2):
        deliverer.deliver_once()

    assert database.outbox("main").by_id(1).state is Delivery.FAILED
    assert place(database, 2)[0] == GENERAL


@pytest.mark.usefixtures("card")
def test_a_reply_to_what_was_deleted_is_a_message_of_its_own(
    deliverer: Deliverer, queue: Queue, client: WebClient, database: Database, control: Control
) -> None:
    deliverer.deliver_once()
    channel, ts = place(database, 1)
    client.chat_delete(channel=channel, ts=ts)
    queue(MessageKind.IMPORTED, follows=CARD)
    deliverer.deliver_once()

    (alone,) = [message for message in control.messages(channel) if message.get("bot_id")]
    assert "thread_ts" not in alone
    assert place(database, 2) == (channel, alone["ts"])


@pytest.mark.usefixtures("card")
def test_a_reply_in_doubt_is_looked_up_in_the_conversation_where_its_thread_is_gone(
    deliverer: Deliverer, client: WebClient, database: Database, clock: MovableClock
) -> None:
    deliverer.deliver_once()
    channel, ts = place(database, 1)
    alone = post(client, Place(channel), Shown("The reply", []).arguments(), "reply")
    client.chat_delete(channel=channel, ts=ts)
    reply = posting(delivery_key="reply", address=Address.person(ANA), follows=CARD)

    below = message(posting=reply, created_at=clock())
    assert found(client, below, database.outbox("main").head(below)) == alone


@pytest.mark.usefixtures("card")
def test_a_reply_is_edited_in_its_thread(
    deliverer: Deliverer, queue: Queue, client: WebClient, database: Database, registers: SqlRegisters
) -> None:
    deliverer.deliver_once()
    queue(MessageKind.IMPORTED, follows=CARD)
    deliverer.deliver_once()
    with registers.writing() as register:
        register.postings.revise(MessageKind.IMPORTED, 1)
    deliverer.deliver_once()

    (reply,) = thread(client, database)
    assert "edited" in reply
