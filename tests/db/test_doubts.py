"""Messages in doubt: one looks them up at a time, and their conversation keeps its order meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from threading import Barrier

import pytest

from db.database import Database
from db.doubts import DoubtedMessages
from db.outbox import Outbox
from db.registers import SqlRegisters
from planning.outbox.values import Delivery, Message
from tests.builders import NOW, at
from tests.db.test_outbox import LEASE, claim, one, queue, to

SECOND = timedelta(seconds=1)


@pytest.fixture
def outbox(database: Database, registers: SqlRegisters) -> Outbox:
    return database.outbox("main")


@pytest.fixture
def doubts(database: Database, registers: SqlRegisters) -> DoubtedMessages:
    return database.doubts("main")


@pytest.fixture
def doubted(registers: SqlRegisters, outbox: Outbox) -> Message:
    """The first of two messages of a conversation may or may not have arrived."""
    queue(registers, to("U1", 1), to("U1", 2))
    message = one(outbox)
    outbox.uncertain(message, "The connection broke.", NOW)
    return message


def taken(doubts: DoubtedMessages, hours: float = 0) -> Message:
    (message,) = doubts.claim(at(hours=hours), LEASE, 9)
    return message


@pytest.mark.usefixtures("doubted")
def test_only_one_looks_a_message_up_until_its_lease_ends(doubts: DoubtedMessages, database: Database) -> None:
    assert database.doubting_workspaces(NOW) == ["main"]
    taken(doubts)

    assert (doubts.claim(NOW, LEASE, 9), database.doubting_workspaces(NOW)) == ([], [])
    assert len(doubts.claim(NOW + LEASE, LEASE, 9)) == 1


@pytest.mark.usefixtures("doubted")
def test_of_two_who_find_that_it_is_missing_only_the_last_one_to_take_it_on_counts(
    doubts: DoubtedMessages, outbox: Outbox
) -> None:
    first, second = taken(doubts), taken(doubts, hours=1)

    assert not doubts.missing(first, at(hours=1))
    assert doubts.missing(second, at(hours=1))
    again = one(outbox, at(hours=1))
    assert not doubts.missing(second, at(hours=1))
    assert (again.id, outbox.by_id(1)) == (1, again)


@pytest.mark.usefixtures("doubted")
def test_two_at_once_send_it_once(doubts: DoubtedMessages, outbox: Outbox) -> None:
    looks, together = [taken(doubts), taken(doubts, hours=1)], Barrier(2)

    def settle(message: Message) -> int:
        together.wait()
        doubts.missing(message, at(hours=1))
        return len([one for one in claim(outbox, at(hours=1)) if one.id == 1])

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(settle, looks)) == 1


def test_a_sender_that_was_only_slow_tells_what_it_knows(
    doubted: Message, doubts: DoubtedMessages, outbox: Outbox
) -> None:
    look = taken(doubts)

    assert outbox.posted(doubted, "D1", "1.1", 1, NOW)
    assert not doubts.missing(look, NOW)
    assert outbox.by_id(1).state is Delivery.SENT


def test_a_sender_knows_that_its_message_is_no_longer_its_own(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1"))
    message = one(outbox)
    assert outbox.holds(message)

    outbox.expired(at(1))
    assert not outbox.holds(message)


@pytest.mark.usefixtures("doubted")
def test_later_messages_wait_for_one_in_doubt_though_the_clock_jumps(outbox: Outbox) -> None:
    assert claim(outbox, NOW + SECOND) == claim(outbox, at(365)) == []


@pytest.mark.usefixtures("doubted")
def test_nobody_waits_for_one_that_cannot_be_looked_up(
    registers: SqlRegisters, doubts: DoubtedMessages, outbox: Outbox, database: Database
) -> None:
    first = taken(doubts)
    with registers.writing() as register:
        assert register.postings.unreadable(first, at(hours=0.5))
        assert [message.id for message in register.postings.stuck(NOW, NOW, 5).items] == [1]

    assert database.doubting_workspaces(at(hours=0.4)) == []
    assert one(outbox).id == 2
    again = taken(doubts, hours=0.5)
    with registers.writing() as register:
        assert not register.postings.unreadable(again, at(hours=2))


def test_a_lease_that_a_clock_in_the_future_gave_is_over(
    registers: SqlRegisters, outbox: Outbox, database: Database
) -> None:
    queue(registers, to("U1"))
    one(outbox, at(1))

    assert database.doubting_workspaces(NOW) == ["main"]
    assert [message.id for message in outbox.expired(NOW)] == [1]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_conversation_keeps_its_order_and_each_message_comes_once(
    registers: SqlRegisters, outbox: Outbox, doubts: DoubtedMessages, seed: int
) -> None:
    """Two replicas claim, some of them die, some posts get lost, some answers do; everything is looked up."""
    chance, now, shown = Random(seed), NOW, list[tuple[str, int]]()
    queue(registers, *(to(f"U{n % 3}", n) for n in range(1, 16)))
    while outbox.depth() or outbox.page(1, states=(Delivery.UNCERTAIN,)).total:
        now += timedelta(seconds=chance.choice((0.5, 2, 70)))
        for message in outbox.claim(now, LEASE, 2) + outbox.claim(now, LEASE, 2):
            tell(outbox, message, chance, now, shown)
        outbox.expired(now)
        for message in doubts.claim(now, LEASE, chance.randint(1, 3)):
            look_up(outbox, doubts, message, now, shown)

    assert sorted(id for _, id in shown) == list(range(1, 16))
    for person in ("U0", "U1", "U2"):
        ids = [id for whom, id in shown if whom == person]
        assert ids == sorted(ids)


def tell(outbox: Outbox, message: Message, chance: Random, now: datetime, shown: list[tuple[str, int]]) -> None:
    """Try to post it, with any outcome."""
    outcome = chance.choice(("posted", "answer lost", "post lost", "died before", "died after", "later"))
    if outcome in ("posted", "answer lost", "died after"):
        shown.append((message.posting.address.ids[0], message.id))
    if outcome == "posted":
        outbox.posted(message, "D1", f"1.{message.id}", 1, now)
    if outcome in ("answer lost", "post lost"):
        outbox.uncertain(message, "The connection broke.", now)
    if outcome == "later":
        outbox.retry(message, now + timedelta(seconds=chance.uniform(1, 90)), "Slack asked to wait.")


def look_up(
    outbox: Outbox, doubts: DoubtedMessages, message: Message, now: datetime, shown: list[tuple[str, int]]
) -> None:
    """Find it, or have it sent again."""
    if (message.posting.address.ids[0], message.id) in shown:
        assert outbox.posted(message, "D1", f"1.{message.id}", 1, now)
    else:
        assert doubts.missing(message, now)
