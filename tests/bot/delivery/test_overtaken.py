"""What nobody needs any more when its turn comes is not sent, and troubles no steward."""

from collections.abc import Callable
from dataclasses import replace

from bot.delivery.drawing import present
from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.resending import stuck
from planning.outbox.values import Address, Delivery, MessageKind
from planning.workspace.departing import depart
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import ANA, Control
from tests.builders import NOW

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


def test_who_has_left_is_sent_nothing_that_waited_for_them(
    deliverer: Deliverer, queue: Queue, control: Control, database: Database, registers: SqlRegisters
) -> None:
    with registers.writing() as register:
        ana = register.people.add("Ana Diaz", slack_id=ANA)
    queue()
    with registers.writing() as register:
        depart(register, ana, NOW)
    deliverer.deliver_once()

    assert state(database) is Delivery.DROPPED
    assert control.calls("chat.postMessage") == []


def test_a_conversation_that_begins_leaves_out_who_has_left(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        for name in ("Ana", "Ben", "Cem"):
            register.people.add(name, slack_id=f"U0{name.upper()}")
        depart(register, register.people.by_id(1), NOW)

        assert present(register, Address.group(("U0ANA", "U0BEN", "U0CEM"))) == Address.group(("U0BEN", "U0CEM"))
        assert present(register, Address.group(("U0ANA", "U0BEN"))) == Address.person("U0BEN")
        assert present(register, Address.channel("C1")) == Address.channel("C1")
