from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from structlog.testing import capture_logs

from bot.app import slack_client
from bot.delivery.worker import Deliverer
from bot.sandbox.server import running
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.values import Address, Delivery, Message, MessageKind
from tests.bot.delivery.conftest import HASTY, MovableClock, Rested
from tests.bot.sandbox.world import (
    ANA,
    BEN,
    BOT_TOKEN,
    CLOSED,
    GENERAL,
    QUIET,
    SCOPES,
    Control,
    Json,
    until,
    workspace_file,
)

Queue = Callable[..., None]


def stored(database: Database, id: int = 1) -> Message:
    return database.outbox("main").by_id(id)


def delivered(control: Control, database: Database, id: int = 1) -> list[Json]:
    """What the app has posted where the message is."""
    channel = stored(database, id).channel
    assert channel is not None
    return [message for message in control.messages(channel) if message.get("bot_id")]


def posts(control: Control) -> list[Json]:
    return control.calls("chat.postMessage")


def test_an_alert_arrives_once_as_a_direct_message_with_its_key(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue()

    assert deliverer.deliver_once() == 1
    assert deliverer.deliver_once() == 0

    (message,) = delivered(control, database)
    assert message["metadata"]["event_payload"] == {"delivery_key": f"alert:1:person:{ANA}"}
    assert message["ts"] == stored(database).ts
    assert stored(database).state is Delivery.SENT


def test_a_decided_overlap_is_edited_in_place(
    deliverer: Deliverer,
    queue: Queue,
    control: Control,
    database: Database,
    registers: SqlRegisters,
    clock: MovableClock,
) -> None:
    queue()
    deliverer.deliver_once()
    with registers.writing() as register:
        register.findings.save(replace(register.findings.by_id(1), closed_at=clock()), clock())
        register.postings.revise(MessageKind.ALERT, 1)
    deliverer.deliver_once()

    (message,) = delivered(control, database)
    assert "Closed by itself" in message["text"]
    assert stored(database).shown == stored(database).wanted == 2


def test_a_digest_arrives_with_its_picture(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(MessageKind.DIGEST, Address.channel(GENERAL))
    deliverer.deliver_once()

    (message,) = delivered(control, database)
    (image,) = [block for block in message["blocks"] if block["type"] == "image"]
    (completed,) = control.calls("files.completeUploadExternal")
    assert image["slack_file"]["id"] in str(completed["args"]["files"])


def test_a_digest_arrives_without_its_picture_where_files_may_not_be_written(
    database: Database, queue: Queue, clock: MovableClock
) -> None:
    queue(MessageKind.DIGEST, Address.channel(GENERAL))
    scopes = tuple(scope for scope in SCOPES if not scope.startswith("files"))
    with running(workspace_file(scopes=scopes)) as sandbox:
        client = slack_client(BOT_TOKEN, sandbox.api_url)
        Deliverer(database, lambda _workspace: client, clock).deliver_once()
        (message,) = delivered(Control(sandbox.url), database)

    assert all(block["type"] != "image" for block in message["blocks"])


def test_a_conversation_of_several_people_is_opened_and_kept(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(MessageKind.IMPORTED, Address.group((ANA, BEN)))
    deliverer.deliver_once()

    assert len(delivered(control, database)) == 1
    conversations = control.read("conversations")["conversations"]
    (group,) = [one for one in conversations if one["id"] == stored(database).channel]
    assert {ANA, BEN} <= set(group["members"])


def test_when_slack_asks_to_wait_it_is_waited_for_as_long(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database, clock: MovableClock
) -> None:
    queue()
    control.fault("chat.postMessage", "ratelimited", retry_after=40)
    deliverer.deliver_once()
    waiting = stored(database)
    assert waiting.state is Delivery.PENDING
    assert waiting.not_before is not None
    assert timedelta(seconds=35) < waiting.not_before - clock() <= timedelta(seconds=40)
    assert deliverer.deliver_once() == 0

    clock.ahead = timedelta(seconds=41)
    deliverer.deliver_once()
    assert len(delivered(control, database)) == 1


@pytest.mark.parametrize(
    ("channel", "reason"), [(QUIET, "Invite it there"), (CLOSED, "archived"), ("C0NOWHERE", "gone")]
)
def test_a_channel_that_cannot_be_posted_to_fails_with_a_plain_reason(
    channel: str, reason: str, deliverer: Deliverer, queue: Queue, database: Database
) -> None:
    queue(MessageKind.IMPORTED, Address.channel(channel))
    deliverer.deliver_once()

    assert stored(database).state is Delivery.FAILED
    assert reason in stored(database).error


def test_slack_out_of_reach_means_later_and_nothing_is_lost(
    database: Database, queue: Queue, clock: MovableClock
) -> None:
    queue()
    away = slack_client(BOT_TOKEN, "http://127.0.0.1:9/api/")
    Deliverer(database, lambda _workspace: away, clock).deliver_once()

    assert stored(database).state is Delivery.PENDING
    assert stored(database).error == "Slack could not be reached."


def test_one_message_that_cannot_be_drawn_does_not_hold_up_the_others(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(subject=99)
    queue(address=Address.person(BEN))
    deliverer.deliver_once()

    assert stored(database, 1).state is Delivery.FAILED
    assert len(delivered(control, database, 2)) == 1


def test_nothing_is_posted_on_a_lease_that_is_about_to_end(
    database: Database, client: WebClient, queue: Queue, control: Control, clock: MovableClock
) -> None:
    queue()
    hasty = Rested(database, client, clock, replace(HASTY, lease=timedelta(seconds=5)))
    hasty.deliver_once()

    assert posts(control) == []
    assert stored(database).state is Delivery.PENDING


def test_an_edit_of_a_deleted_message_is_given_up_quietly(
    deliverer: Deliverer,
    queue: Queue,
    client: WebClient,
    database: Database,
    registers: SqlRegisters,
    clock: MovableClock,
) -> None:
    queue()
    deliverer.deliver_once()
    sent = stored(database)
    client.chat_delete(channel=str(sent.channel), ts=str(sent.ts))
    with registers.writing() as register:
        register.postings.revise(MessageKind.ALERT, 1)
    deliverer.deliver_once()

    assert deliverer.deliver_once() == 0
    assert stored(database).state is Delivery.SENT
    assert stored(database).shown == 2


def test_a_started_sender_sends_when_woken_and_stops_cleanly(
    deliverer: Deliverer, queue: Queue, database: Database
) -> None:
    deliverer.start()
    try:
        queue()
        deliverer.wake()
        until(lambda: stored(database).state is Delivery.SENT)
    finally:
        deliverer.stop()


def test_the_log_names_the_delivery_and_quotes_nobody(deliverer: Deliverer, queue: Queue) -> None:
    queue()
    with capture_logs() as logs:
        deliverer.deliver_once()

    (line,) = [log for log in logs if log["event"] == "delivered"]
    assert (line["workspace"], line["delivery_key"]) == ("main", f"alert:1:person:{ANA}")
    assert "Clearer letters" not in str(logs)
