"""The outbox: queued with the change, claimed by one, settled by the one who claimed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from db.database import Database
from db.outbox import Outbox
from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.outbox.values import Address, Delivery, Message, MessageKind, Posting
from tests.builders import NOW, at, posting

LEASE = timedelta(minutes=2)
EARLIER = at(hours=-1)
"""Long enough ago for the conversation to have had its rest."""


@pytest.fixture
def outbox(database: Database, registers: SqlRegisters) -> Outbox:
    return database.outbox("main")


def queue(registers: SqlRegisters, *postings: Posting) -> None:
    with registers.writing() as register:
        assert [register.postings.add(one, NOW) for one in postings] == [True] * len(postings)


def to(person: str, n: int = 1, **fields: object) -> Posting:
    return posting(delivery_key=f"alert:{n}:{person}", subject=n, address=Address.person(person), **fields)


def revise(registers: SqlRegisters, *subjects: int) -> int:
    with registers.writing() as register:
        return register.postings.revise(MessageKind.ALERT, *(subjects or (1,)))


def claim(outbox: Outbox, now: datetime = NOW, limit: int = 10) -> list[Message]:
    return outbox.claim(now, LEASE, limit)


def one(outbox: Outbox, now: datetime = NOW) -> Message:
    (message,) = claim(outbox, now)
    return message


def doubt(outbox: Outbox, message: Message, reason: str) -> bool:
    return outbox.uncertain(message, reason, EARLIER)


def send_all(outbox: Outbox) -> None:
    while claimed := claim(outbox):
        for message in claimed:
            assert outbox.posted(message, "D1", f"1.{message.id}", message.wanted, EARLIER)


@pytest.mark.parametrize("address", [Address.person("U1"), Address.channel("C1"), Address.group(("U2", "U1", "U3"))])
def test_a_message_comes_back_as_queued(registers: SqlRegisters, outbox: Outbox, address: Address) -> None:
    asked = posting(address=address, payload={"counts": [1, 2], "name": "<!channel> \x00 😀"})
    queue(registers, asked)

    assert outbox.by_id(1) == Message(1, asked, Delivery.PENDING, NOW)
    assert outbox.depth() == 1


def test_a_delivery_key_is_queued_once(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    with registers.writing() as register:
        assert not register.postings.add(posting(subject=9), at(1))

    assert outbox.page(10).items == (Message(1, posting(), Delivery.PENDING, NOW),)


def test_a_claimed_message_is_ours_until_it_is_posted(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    message = one(outbox)

    assert (message.state, message.attempts, message.leased_until) == (Delivery.SENDING, 1, NOW + LEASE)
    assert claim(outbox, at(1)) == []
    assert outbox.posted(message, "D1", "1.2", message.wanted, EARLIER)
    posted = outbox.by_id(1)
    assert (posted.state, posted.channel, posted.ts, posted.shown) == (Delivery.SENT, "D1", "1.2", 1)
    assert claim(outbox, at(1)) == []
    assert outbox.depth() == 0


def test_a_revised_message_is_edited_in_place(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1"), to("U2"), to("U1", 2))
    send_all(outbox)

    assert revise(registers) == 2
    first, second = claim(outbox)
    assert [message.state for message in (first, second)] == [Delivery.SENT, Delivery.SENT]
    assert [message.posting.address.ids for message in (first, second)] == [("U1",), ("U2",)]
    assert claim(outbox) == []
    assert outbox.posted(first, "D1", "1.1", first.wanted, EARLIER)
    assert outbox.posted(second, "D1", "1.2", second.wanted, EARLIER)
    assert outbox.depth() == 0
    assert outbox.by_id(1).ts == "1.1"


def test_messages_about_several_subjects_are_revised_at_once(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1"), to("U2", 2), to("U3", 3))
    send_all(outbox)

    assert revise(registers, 1, 3, 9) == 2
    assert [message.posting.address.ids for message in claim(outbox)] == [("U1",), ("U3",)]
    with registers.writing() as register:
        assert (register.postings.revise(MessageKind.ALERT), register.postings.changed) == (0, False)


def test_what_is_revised_while_it_is_sent_is_edited_afterwards(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, posting())
    message = one(outbox)
    revise(registers)
    outbox.posted(message, "D1", "1.1", message.wanted, EARLIER)

    edit = one(outbox)
    assert (edit.state, edit.shown, edit.wanted) == (Delivery.SENT, 1, 2)


def test_a_conversation_gets_one_at_a_time_and_in_order(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1), to("U1", 2), to("U2", 3), to("U1", 4))

    assert [message.id for message in claim(outbox)] == [1, 3]
    assert claim(outbox) == []
    first = outbox.by_id(1)
    outbox.retry(first, at(hours=1), "ratelimited")
    assert claim(outbox) == []
    assert [message.id for message in claim(outbox, at(hours=1))] == [1]
    outbox.failed(outbox.by_id(1), "is_archived")
    assert [message.id for message in claim(outbox)] == [2]


def test_an_edit_that_waits_does_not_hold_up_new_messages(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1))
    send_all(outbox)
    revise(registers)
    outbox.retry(one(outbox), at(hours=1), "ratelimited")
    queue(registers, to("U1", 2))

    assert [message.id for message in claim(outbox)] == [2]


def test_a_claim_takes_no_more_than_asked_for_the_oldest_first(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, *(to(f"U{n}", n) for n in range(5)))

    assert [message.id for message in claim(outbox, limit=2)] == [1, 2]
    assert [message.id for message in claim(outbox, limit=9)] == [3, 4, 5]


@pytest.mark.parametrize("settle", [Outbox.failed, doubt])
def test_a_person_may_have_it_sent_again(
    registers: SqlRegisters, outbox: Outbox, settle: Callable[[Outbox, Message, str], bool]
) -> None:
    queue(registers, posting())
    assert not outbox.resend(1)
    assert settle(outbox, one(outbox), "channel_not_found")
    assert (claim(outbox), outbox.depth()) == ([], 0)

    assert outbox.resend(1)
    again = one(outbox)
    assert (again.attempts, again.error) == (2, "")


@pytest.mark.parametrize("settle", [Outbox.failed, doubt])
def test_what_is_stuck_is_sent_again_by_planning_with_a_word_to_delivery(
    registers: SqlRegisters, outbox: Outbox, settle: Callable[[Outbox, Message, str], bool]
) -> None:
    queue(registers, posting())
    settle(outbox, one(outbox), "no")
    woken: list[str] = []
    told = replace(registers, on_commit=woken.append)
    with told.writing() as register:
        assert [message.error for message in register.postings.stuck(NOW, at(1), 5).items] == ["no"]
        assert register.postings.stuck(at(1), at(1), 5).items == ()
        assert register.postings.resend(1)
        assert not register.postings.resend(1)

    assert woken == ["main"]
    with told.writing() as register:
        assert not register.postings.resend(1)
    assert woken == ["main"]
    assert one(outbox).attempts == 2


def test_a_page_is_the_newest_first_and_by_state(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, *(to(f"U{n}", n) for n in range(3)))
    outbox.failed(claim(outbox, limit=1)[0], "no")

    assert [message.id for message in outbox.page(2).items] == [3, 2]
    assert outbox.page(2, 2).hidden == 0
    assert [message.id for message in outbox.page(5, states=[Delivery.FAILED]).items] == [1]


def test_an_unknown_message_says_so(outbox: Outbox) -> None:
    with pytest.raises(NotFound):
        outbox.by_id(1)


def test_two_claims_at_once_never_give_the_same_message(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, *(to(f"U{n % 10}", n) for n in range(30)))
    together = Barrier(3)

    def deliver(_: int) -> list[int]:
        together.wait()
        taken = []
        for _round in range(12):
            for message in outbox.claim(NOW, LEASE, 3):
                taken.append(message.id)
                assert outbox.posted(message, "D1", f"1.{message.id}", message.wanted, EARLIER)
        return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [id for ids in pool.map(deliver, range(3)) for id in ids]
    assert sorted(taken) == list(range(1, 31))


def test_only_the_workspaces_with_something_to_do_are_visited(registers: SqlRegisters, database: Database) -> None:
    database.ensure_workspace("quiet")
    outbox = database.outbox("main")
    assert database.waiting_workspaces(NOW) == []

    queue(registers, posting())
    assert database.waiting_workspaces(NOW) == ["main"]
    message = one(outbox)
    assert database.waiting_workspaces(NOW) == []
    assert (database.doubting_workspaces(NOW), database.doubting_workspaces(NOW + LEASE)) == ([], ["main"])
    outbox.retry(message, at(hours=1), "later")
    assert (database.waiting_workspaces(NOW), database.waiting_workspaces(at(1))) == ([], ["main"])


def test_a_workspace_does_not_touch_the_messages_of_another(registers: SqlRegisters, database: Database) -> None:
    queue(registers, posting())
    other = database.outbox(database.ensure_workspace("other").id)

    assert (other.claim(NOW, LEASE, 9), other.page(9).total, other.depth()) == ([], 0, 0)
    message = one(database.outbox("main"))
    assert not other.posted(message, "D1", "1.1", 1, EARLIER)
    assert replace(message, state=Delivery.SENDING) == database.outbox("main").by_id(1)
