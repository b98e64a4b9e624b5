"""What nobody needs any more when its turn comes is not sent, and troubles no steward."""

from collections.abc import Callable
from dataclasses import replace

from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.resending import stuck
from planning.outbox.values import Delivery, MessageKind
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import ANA, Control

Queue = Callable[..., None]


def state(database: Database, id: int = 1) -> Delivery:
    return database.outbox("main").by_id(id).state


def test_a_morning_list_whose_needs_were_all_met_is_not_sent(
    deliverer: Deliverer,
    queue: Queue,
    control: Control,
    database: Database,
    registers: SqlRegisters,
    clock: MovableClock,
) -> None:
    with registers.writing() as register:
        nora = register.people.add("Nora New", slack_id="U0NORA")
    queue(MessageKind.MORNING, subject=nora.id)
    deliverer.deliver_once()

    assert state(database) is Delivery.DROPPED
    assert control.calls("chat.postMessage") == []
    assert database.waiting_workspaces(clock()) == []
    with registers.reading() as register:
        assert stuck(register, clock()).total == 0


def test_word_of_joining_that_was_taken_back_is_not_sent(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(MessageKind.JOINED)
    deliverer.deliver_once()

    assert state(database) is Delivery.DROPPED
    assert control.calls("chat.postMessage") == []


def test_what_follows_a_message_that_was_not_sent_stands_by_itself(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database
) -> None:
    queue(MessageKind.JOINED)
    queue(follows=f"joined:1:person:{ANA}")
    deliverer.deliver_once()
    deliverer.deliver_once()

    assert [state(database), state(database, 2)] == [Delivery.DROPPED, Delivery.SENT]


def test_what_is_in_slack_already_stays_when_there_is_nothing_more_to_tell(
    deliverer: Deliverer, queue: Queue, database: Database, registers: SqlRegisters, clock: MovableClock
) -> None:
    queue(MessageKind.JOINED)
    with registers.writing() as register:
        given_up = replace(register.initiatives.by_id(1), joined=2)
        register.initiatives.save(given_up)
    deliverer.deliver_once()
    with registers.writing() as register:
        register.initiatives.save(replace(given_up, joined=None))
        register.postings.revise(MessageKind.JOINED, 1)

    assert [deliverer.deliver_once(), deliverer.deliver_once()] == [1, 0]
    assert state(database) is Delivery.SENT
