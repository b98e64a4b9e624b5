"""Messages in the thread of another one: after it, below it, and never lost with it."""

import pytest

from db.database import Database
from db.outbox import Head, Outbox
from db.registers import SqlRegisters
from planning.outbox.values import Address, Delivery, Message, Posting
from tests.builders import NOW, at, posting
from tests.db.test_outbox import EARLIER, LEASE, claim, one, queue

HEAD = "head"
ELSEWHERE = Address.channel("C0OTHER")


@pytest.fixture
def outbox(database: Database, registers: SqlRegisters) -> Outbox:
    return database.outbox("main")


def head() -> Posting:
    return posting(delivery_key=HEAD)


def reply(n: int = 1, **fields: object) -> Posting:
    return posting(**{"delivery_key": f"reply:{n}", "follows": HEAD, **fields})


def keys(messages: list[Message]) -> list[str]:
    return [message.posting.delivery_key for message in messages]


def test_a_reply_comes_back_as_queued(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply())

    assert outbox.by_id(2).posting == reply()
    assert outbox.head(outbox.by_id(2)) is None


def test_a_reply_never_overtakes_what_it_follows(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply(address=ELSEWHERE))
    message = one(outbox)
    assert claim(outbox) == []

    outbox.uncertain(message, "The connection broke.", EARLIER)
    assert claim(outbox, at(1)) == []

    outbox.posted(message, "D1", "1.1", message.wanted, EARLIER)
    assert keys(claim(outbox)) == ["reply:1"]
    assert outbox.head(outbox.by_id(2)) == Head("D1", "1.1")


def test_a_reply_to_what_failed_goes_its_own_way(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply())
    outbox.failed(one(outbox), "The channel is gone.")

    assert keys(claim(outbox)) == ["reply:1"]
    assert outbox.head(outbox.by_id(2)) is None


def test_a_reply_to_what_was_never_queued_goes_its_own_way(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, reply())

    assert keys(claim(outbox)) == ["reply:1"]


def test_a_reply_that_waits_holds_up_nobody(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting(delivery_key=HEAD, address=ELSEWHERE), reply(), posting(delivery_key="other"))

    assert keys(claim(outbox)) == [HEAD, "other"]


def test_replies_keep_their_order(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply(1), reply(2))
    outbox.posted(one(outbox), "D1", "1.1", 1, EARLIER)
    first = one(outbox)
    outbox.retry(first, at(hours=1), "Slack asked to wait.")

    assert claim(outbox) == []
    assert keys(claim(outbox, at(1))) == ["reply:1"]


def test_a_reply_to_a_reply_stands_in_the_same_thread(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply(1), reply(2, follows="reply:1"))

    assert outbox.by_id(3).posting.follows == HEAD


def test_a_reply_is_revised_where_it_stands(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, head(), reply(subject=7))
    outbox.posted(one(outbox), "D1", "1.1", 1, EARLIER)
    outbox.posted(one(outbox), "D1", "1.2", 1, EARLIER)
    with registers.writing() as register:
        register.postings.revise(reply().kind, 7)

    (edit,) = outbox.claim(NOW, LEASE, 10)
    assert (edit.state, edit.ts) == (Delivery.SENT, "1.2")
