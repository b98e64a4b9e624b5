"""What Slack refuses: for a while, for this conversation, for good."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.preferences import Preferences
from planning.outbox.values import Address, Delivery, Message, MessageKind
from planning.workspace.values import Role
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import ANA, BEN, CLOSED, GENERAL, Control, Json
from tests.builders import steward

Queue = Callable[..., None]


@pytest.fixture
def kept(queue: Queue, registers: SqlRegisters) -> SqlRegisters:
    """Ben looks after the workspace, at all hours."""
    with registers.writing() as register:
        ben = register.people.by_id(2)
        register.people.save(steward(id=2, name=ben.name, slack_id=BEN, roles=ben.roles | {Role.STEWARD}))
        register.preferences.save(Preferences(2, begins=time(0), ends=time.max, weekdays=frozenset(range(7))))
    return registers


def stored(database: Database, id: int) -> Message:
    return database.outbox("main").by_id(id)


def told(control: Control, database: Database) -> list[Json]:
    """What the stewards were told."""
    cards = [one for one in database.outbox("main").page(9).items if one.posting.kind is MessageKind.STUCK]
    return [one for card in cards for one in control.messages(str(card.channel)) if one.get("bot_id")]


@pytest.mark.usefixtures("kept")
def test_a_steward_gets_one_card_of_what_cannot_be_sent_and_it_is_edited_in_place(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    for n in (1, 2):
        queue(MessageKind.IMPORTED, Address.channel(CLOSED), n)
        deliverer.deliver_once()
        deliverer.deliver_once()
    for _ in range(3):
        deliverer.deliver_once()

    (card,) = told(control, database)
    assert "2 messages did not arrive" in card["text"]
    assert "The channel is archived" in card["text"]
    assert "Send again" in str(card["blocks"])


@pytest.mark.usefixtures("kept")
def test_a_refused_token_fails_nothing_and_all_goes_when_it_works_again(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database, clock: MovableClock
) -> None:
    for n in (1, 2):
        queue(MessageKind.IMPORTED, Address.channel(GENERAL), n)
    control.fault("chat.postMessage", "error", error="token_revoked")
    deliverer.deliver_once()
    assert "revoked" in stored(database, 1).error
    assert deliverer.deliver_once() == 0
    assert "*" in database.outbox("main").held(clock())

    clock.ahead += timedelta(hours=1)
    deliverer.deliver_once()
    deliverer.deliver_once()
    assert [stored(database, id).state for id in (1, 2)] == [Delivery.SENT, Delivery.SENT]


def test_when_slack_asks_one_message_to_wait_none_is_posted_meanwhile_by_anybody(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database, clock: MovableClock
) -> None:
    queue(MessageKind.IMPORTED, Address.channel(GENERAL), 1)
    control.fault("chat.postMessage", "ratelimited", retry_after=40)
    deliverer.deliver_once()
    queue(address=Address.person(ANA))

    assert deliverer.deliver_once() == 0
    assert database.waiting_workspaces(clock()) == []
    clock.ahead += timedelta(seconds=41)
    assert deliverer.deliver_once() == 2


def test_a_conversation_is_opened_once(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    for n in (1, 2):
        queue(MessageKind.IMPORTED, Address.person(ANA), n)
        deliverer.deliver_once()

    assert stored(database, 2).channel == stored(database, 1).channel
    assert len(control.calls("conversations.open")) == 1


def test_a_conversation_that_is_gone_is_opened_anew(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(MessageKind.IMPORTED, Address.person(ANA), 1)
    deliverer.deliver_once()
    queue(MessageKind.IMPORTED, Address.person(ANA), 2)
    control.fault("chat.postMessage", "error", error="channel_not_found")
    deliverer.deliver_once()

    assert stored(database, 2).state is Delivery.SENT
    assert len(control.calls("conversations.open")) == 2
