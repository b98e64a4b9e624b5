"""How fast Slack may be called, kept by the claim for all replicas."""

from datetime import timedelta

import pytest

from db.database import Database
from db.outbox import Outbox
from db.registers import SqlRegisters
from planning.outbox.pacing import LIFTED, RATES, Method
from planning.outbox.values import Address, Posting
from tests.builders import NOW, at, posting
from tests.db.test_outbox import EARLIER, LEASE, claim, one, queue, revise, to

POSTS, EDITS, OPENS = (RATES[method].burst for method in (Method.POST, Method.UPDATE, Method.OPEN))


@pytest.fixture
def outbox(database: Database, registers: SqlRegisters) -> Outbox:
    return database.outbox("main")


def in_channel(n: int) -> Posting:
    return posting(delivery_key=f"alert:{n}:C{n}", address=Address.channel(f"C{n}"))


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_a_conversation_rests_for_a_second_after_each_message_and_edit(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1), to("U1", 2))
    first = one(outbox)
    outbox.posted(first, "D1", "1.1", 1, NOW)
    revise(registers)

    assert claim(outbox, NOW + seconds(0.9)) == []
    edit = one(outbox, NOW + seconds(1.1))
    outbox.posted(edit, "D1", "1.1", edit.wanted, NOW + seconds(1.1))
    assert claim(outbox, NOW + seconds(2)) == []
    assert one(outbox, NOW + seconds(2.2)).id == 2


def test_a_conversation_rests_when_the_one_who_asks_began_to_ask_a_moment_before(
    registers: SqlRegisters, outbox: Outbox
) -> None:
    queue(registers, to("U1", 1), to("U1", 2))
    outbox.posted(one(outbox), "D1", "1.1", 1, NOW + seconds(3))

    assert claim(outbox) == []


def test_a_conversation_does_not_rest_for_what_a_clock_in_the_future_wrote(
    registers: SqlRegisters, outbox: Outbox
) -> None:
    queue(registers, to("U1", 1), to("U1", 2))
    outbox.posted(one(outbox), "D1", "1.1", 1, at(1))

    assert one(outbox).id == 2


def test_a_workspace_is_given_what_slack_has_room_for_and_not_visited_until_there_is_more(
    registers: SqlRegisters, outbox: Outbox, database: Database
) -> None:
    queue(registers, *(in_channel(n) for n in range(POSTS + 5)))

    assert len(claim(outbox, limit=99)) == POSTS
    assert (claim(outbox), database.waiting_workspaces(NOW)) == ([], [])
    later = NOW + RATES[Method.POST].interval * 2 + seconds(0.01)
    assert database.waiting_workspaces(later) == ["main"]
    assert len(claim(outbox, later)) == 2


def test_edits_go_on_while_posts_wait(registers: SqlRegisters, outbox: Outbox, database: Database) -> None:
    queue(registers, in_channel(99))
    outbox.posted(one(outbox), "C99", "1.1", 1, EARLIER)
    queue(registers, *(in_channel(n) for n in range(POSTS)))
    claim(outbox, limit=99)
    queue(registers, in_channel(100))
    with registers.writing() as register:
        register.postings.revise(in_channel(99).kind, in_channel(99).subject)

    assert database.waiting_workspaces(NOW) == ["main"]
    assert 1 in [message.id for message in claim(outbox)]


def test_conversations_that_must_be_opened_wait_and_others_overtake_them(
    registers: SqlRegisters, outbox: Outbox
) -> None:
    queue(registers, *(to(f"U{n}", n) for n in range(OPENS + 3)), in_channel(1))

    assert len(claim(outbox, limit=OPENS + 2)) == OPENS
    assert [str(message.posting.address) for message in claim(outbox)] == ["channel:C1"]


def test_a_conversation_that_was_opened_before_is_known(registers: SqlRegisters, outbox: Outbox) -> None:
    queue(registers, to("U1", 1), to("U1", 2))
    outbox.posted(one(outbox), "D1", "1.1", 1, EARLIER)

    assert one(outbox).channel == "D1"


def test_what_slack_refuses_waits_for_everybody_and_a_shorter_refusal_does_not_end_it(
    registers: SqlRegisters, outbox: Outbox, database: Database
) -> None:
    queue(registers, in_channel(1))
    outbox.hold(Method.POST, NOW + seconds(40), NOW)
    outbox.hold(Method.POST, NOW + seconds(5), NOW)

    assert (claim(outbox), database.waiting_workspaces(NOW + seconds(39))) == ([], [])
    assert outbox.held(NOW) == {"chat.postMessage": NOW + seconds(40)}
    assert len(claim(outbox, NOW + seconds(41))) == 1


@pytest.mark.parametrize("method", [Method.POST, Method.ALL])
def test_a_refusal_absurdly_far_ahead_holds_nobody(registers: SqlRegisters, outbox: Outbox, method: Method) -> None:
    queue(registers, in_channel(1))
    outbox.hold(method, at(30), at(30, hours=-1))

    assert len(claim(outbox)) == 1


def test_everything_may_be_held_at_once(registers: SqlRegisters, outbox: Outbox, database: Database) -> None:
    queue(registers, in_channel(1))
    outbox.hold(Method.ALL, at(hours=1), NOW)

    assert (claim(outbox), database.waiting_workspaces(NOW)) == ([], [])
    assert not outbox.take(Method.FILES, 1, NOW)
    assert outbox.take(Method.FILES, 1, at(hours=1.1))


def test_the_pace_can_be_lifted(registers: SqlRegisters, database: Database) -> None:
    queue(registers, *(in_channel(n) for n in range(POSTS + 5)))
    lifted = Outbox(database.within("main"), "main", LIFTED)

    assert len(lifted.claim(NOW, LEASE, 99)) == POSTS + 5
