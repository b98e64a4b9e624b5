"""What cannot be sent is kept, and the stewards hear of it."""

from datetime import timedelta

import pytest

from db.database import Database
from db.outbox import Outbox
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.parking import leave_in_doubt, park
from planning.outbox.resending import drop, leave
from planning.outbox.values import Address, Delivery, Message, MessageKind
from tests.builders import NOW, at, posting, steward

SAM = steward(id=1)
LEASE = timedelta(minutes=1)
SATURDAY = 5 - NOW.weekday()
"""Days from now."""


@pytest.fixture
def outbox(database: Database, company: SqlRegisters) -> Outbox:
    """The outbox of a company that Sam looks after."""
    with company.writing() as register:
        register.people.save(steward(id=1, slack_id="U0SAM"))
    return database.outbox("main")


def claimed(company: SqlRegisters, outbox: Outbox, n: int = 1, **fields: object) -> Message:
    with company.writing() as register:
        to = Address.channel(f"C{n}")
        register.postings.add(posting(**{"delivery_key": f"alert:{n}", "address": to, **fields}), NOW)
    return next(one for one in outbox.claim(NOW, LEASE, 99) if one.posting.kind is not MessageKind.STUCK)


def parked(company: SqlRegisters, message: Message, days: float = 0) -> bool:
    with company.writing() as register:
        return park(register, message, "The channel is archived.", at(days))


def cards(outbox: Outbox) -> list[Message]:
    return [one for one in outbox.page(99).items if one.posting.kind is MessageKind.STUCK]


def test_a_steward_is_told_once_a_day_and_the_card_is_kept_true(company: SqlRegisters, outbox: Outbox) -> None:
    for n in (1, 2):
        assert parked(company, claimed(company, outbox, n))

    (card,) = cards(outbox)
    assert str(card.posting.address) == "person:U0SAM"
    assert card.wanted > 1
    parked(company, claimed(company, outbox, 3), days=1)
    assert len(cards(outbox)) == 2


def test_at_the_weekend_a_steward_is_told_on_monday_morning_and_once(company: SqlRegisters, outbox: Outbox) -> None:
    for n, days in ((1, SATURDAY), (2, SATURDAY + 1)):
        parked(company, claimed(company, outbox, n), days)

    (card,) = cards(outbox)
    assert card.not_before is not None
    assert (card.not_before.weekday(), card.not_before > at(SATURDAY + 1)) == (0, True)


def test_who_lost_the_message_parks_nothing_and_tells_nobody(company: SqlRegisters, outbox: Outbox) -> None:
    message = claimed(company, outbox)
    outbox.retry(message, NOW, "")
    outbox.claim(NOW, LEASE, 9)

    assert not parked(company, message)
    assert (outbox.by_id(1).state, cards(outbox)) == (Delivery.SENDING, [])


def test_a_card_that_cannot_be_sent_makes_no_other_card(company: SqlRegisters, outbox: Outbox) -> None:
    parked(company, claimed(company, outbox))
    (card,) = outbox.claim(NOW, LEASE, 9)
    parked(company, card, days=1)

    assert [one.state for one in cards(outbox)] == [Delivery.FAILED]


def test_what_cannot_be_looked_up_is_told_once(company: SqlRegisters, outbox: Outbox, database: Database) -> None:
    outbox.uncertain(claimed(company, outbox), "The connection broke.", NOW)
    for hours in (0, 1):
        (doubt,) = database.doubts("main").claim(at(hours=hours), LEASE, 9)
        with company.writing() as register:
            leave_in_doubt(register, doubt, at(hours=hours + 0.5), at(hours=hours))

    (card,) = cards(outbox)
    assert card.wanted == 2


def test_a_steward_may_leave_what_failed_and_only_once(company: SqlRegisters, outbox: Outbox) -> None:
    parked(company, claimed(company, outbox))
    wanted = cards(outbox)[0].wanted
    with company.writing() as register:
        leave(register, 1, SAM, NOW)

    assert outbox.by_id(1).state is Delivery.DROPPED
    assert cards(outbox)[0].wanted == wanted + 1
    with company.reading() as register:
        assert "message.dropped" in [entry.verb for entry in register.audit.since(None)]
    with company.writing() as register, pytest.raises(AlreadyDone):
        leave(register, 1, SAM, NOW)


def test_nobody_else_may_leave_it(company: SqlRegisters, outbox: Outbox) -> None:
    parked(company, claimed(company, outbox))

    with company.writing() as register, pytest.raises(NotAllowed):
        leave(register, 1, register.people.by_id(2), NOW)


def test_only_the_operator_drops_what_still_waits(company: SqlRegisters, outbox: Outbox) -> None:
    outbox.retry(claimed(company, outbox), NOW, "")
    with company.writing() as register:
        assert not drop(register, 1, NOW)
        assert drop(register, 1, NOW, waiting=True)

    assert (outbox.by_id(1).state, outbox.claim(NOW, LEASE, 9)) == (Delivery.DROPPED, [])
