"""What became of the messages that somebody took on, written down by that one only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from db.database import Database
from db.outbox import Outbox
from db.postings import MessageRow
from db.registers import SqlRegisters
from db.settling import Arrived
from planning.outbox.values import Delivery, Message
from tests.bot.sandbox.world import until
from tests.builders import NOW, at, posting
from tests.db.test_outbox import EARLIER, LEASE, claim, one, queue, revise, send_all, to


@pytest.fixture
def outbox(database: Database, registers: SqlRegisters) -> Outbox:
    return database.outbox("main")


def arrived(message: Message, ts: str = "1.1") -> Arrived:
    return Arrived(message, "D1", ts, EARLIER)


@contextmanager
def held(database: Database, id: int) -> Iterator[None]:
    """Another transaction is at the message."""
    with database.engine.begin() as connection:
        connection.execute(select(MessageRow.id).where(MessageRow.id == id).with_for_update())
        yield


def test_a_sender_that_stopped_leaves_it_uncertain(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1), to("U1", 2))
    one(outbox)

    assert outbox.expired(NOW + LEASE - timedelta(seconds=1)) == []
    (lost,) = outbox.expired(NOW + LEASE)
    assert (lost.id, lost.state) == (1, Delivery.UNCERTAIN)
    assert "stopped" in lost.error
    assert outbox.expired(at(1)) == []
    assert claim(outbox, at(1)) == []


def test_an_uncertain_message_that_is_found_counts_as_posted(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    one(outbox)
    (lost,) = outbox.expired(at(1))

    assert outbox.posted(lost, "D1", "1.1", 1, EARLIER)
    assert outbox.by_id(1).state is Delivery.SENT


def test_an_uncertain_message_that_is_not_there_is_sent_again(
    registers: SqlRegisters, outbox: Outbox, database: Database
) -> None:
    queue(registers, posting())
    one(outbox)
    outbox.expired(at(1))
    (lost,) = database.doubts("main").claim(at(1), LEASE, 9)

    assert database.doubts("main").missing(lost, at(1))
    assert one(outbox, at(1)).attempts == 2


def test_an_edit_that_was_interrupted_is_due_again(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    send_all(outbox)
    revise(registers)
    one(outbox)

    assert claim(outbox) == []
    assert outbox.expired(at(1)) == []
    assert one(outbox, at(1)).state is Delivery.SENT


def test_an_edit_that_cannot_be_made_is_given_up_until_the_next_change(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    send_all(outbox)
    revise(registers)
    outbox.failed(one(outbox), "message_not_found")

    assert (outbox.by_id(1).state, outbox.by_id(1).error) == (Delivery.SENT, "message_not_found")
    assert claim(outbox) == []
    revise(registers)
    assert one(outbox).wanted == 3


def test_who_lost_the_claim_settles_nothing(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    slow = one(outbox)
    outbox.retry(slow, NOW, "connection lost")
    quick = one(outbox)

    assert quick.attempts == slow.attempts + 1
    assert not outbox.posted(slow, "D1", "1.1", 1, EARLIER)
    assert not outbox.retry(slow, NOW, "again")
    assert not outbox.failed(slow, "no")
    assert not outbox.uncertain(slow, "no", EARLIER)
    assert outbox.by_id(1) == quick
    assert outbox.posted(quick, "D1", "1.2", 1, EARLIER)
    assert not outbox.failed(quick, "too late")


def test_an_uncertain_edit_is_simply_due_again(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    send_all(outbox)
    revise(registers)
    assert outbox.uncertain(one(outbox), "connection lost", EARLIER)

    assert one(outbox).state is Delivery.SENT


def test_of_several_that_arrived_the_one_that_was_lost_changes_nothing(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1), to("U2", 2))
    slow, other = claim(outbox)
    outbox.retry(slow, NOW, "connection lost")
    quick = one(outbox)

    assert outbox.arrived([arrived(slow), arrived(other, "1.2")]) == {1: False, 2: True}
    assert outbox.by_id(1) == quick
    assert outbox.by_id(2).state is Delivery.SENT


def test_an_edit_that_was_lost_changes_nothing_either(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    send_all(outbox)
    revise(registers)
    slow = one(outbox)
    quick = one(outbox, at(1))

    assert outbox.arrived([arrived(slow)]) == {1: False}
    assert outbox.by_id(1) == quick


def test_what_is_not_there_any_more_does_not_count(registers: SqlRegisters, outbox: Outbox, database: Database) -> None:
    queue(registers, posting())
    message = one(outbox)
    with database.engine.begin() as connection:
        connection.execute(delete(MessageRow))

    assert outbox.arrived([arrived(message)]) == {1: False}


def test_what_was_written_down_counts_again_when_only_the_answer_got_lost(
    registers: SqlRegisters, outbox: Outbox
) -> None:
    queue(registers, posting())
    message = one(outbox)

    assert outbox.arrived([arrived(message)]) == outbox.arrived([arrived(message)]) == {1: True}
    assert outbox.arrived([arrived(message, "9.9")]) == {1: False}


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_another_transaction_holds_is_written_after_the_others(
    registers: SqlRegisters, outbox: Outbox, database: Database
) -> None:
    queue(registers, to("U1", 1), to("U2", 2))
    first, second = claim(outbox)

    with ThreadPoolExecutor(1) as pool:
        with held(database, 1):
            counted = pool.submit(outbox.arrived, [arrived(first), arrived(second, "1.2")])
            until(lambda: outbox.by_id(2).state is Delivery.SENT)
            assert outbox.by_id(1).state is Delivery.SENDING
        assert counted.result(timeout=20) == {1: True, 2: True}
