from datetime import timedelta

import pytest

from db.database import Database
from db.outbox import Outbox
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.resending import LOOKED_FOR, SHOWN, TOLD_FOR, resend, stuck
from planning.outbox.values import Address, Delivery
from tests.builders import NOW, posting, steward

SAM = steward(id=1)
LEASE = timedelta(minutes=1)


@pytest.fixture
def outbox(database: Database, company: SqlRegisters) -> Outbox:
    return database.outbox("main")


def queued(company: SqlRegisters, count: int = 1) -> None:
    with company.writing() as register:
        for n in range(1, count + 1):
            register.postings.add(posting(delivery_key=f"alert:{n}", address=Address.person(f"U{n}")), NOW)


def listed(company: SqlRegisters, after: timedelta = timedelta(0)) -> tuple[list[int], int]:
    with company.reading() as register:
        page = stuck(register, NOW + after)
    return [message.id for message in page.items], page.total


def test_what_failed_is_listed_with_its_reason(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company, 2)
    first, _ = outbox.claim(NOW, LEASE, 9)
    outbox.failed(first, "The channel is archived.")

    with company.reading() as register:
        (message,) = stuck(register, NOW).items
    assert (message.id, message.state, message.error) == (first.id, Delivery.FAILED, "The channel is archived.")


def test_a_doubt_is_listed_once_there_was_time_to_look_it_up(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company)
    outbox.uncertain(outbox.claim(NOW, LEASE, 1)[0], "The connection broke.", NOW)

    assert listed(company, LOOKED_FOR) == ([], 0)
    assert listed(company, LOOKED_FOR + timedelta(seconds=1)) == ([1], 1)


def test_the_newest_few_are_listed_and_all_are_counted(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company, SHOWN + 2)
    for message in outbox.claim(NOW, LEASE, 99):
        outbox.failed(message, "no")

    assert listed(company) == ([7, 6, 5, 4, 3], 7)


def test_old_news_is_not_listed(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company)
    outbox.failed(outbox.claim(NOW, LEASE, 1)[0], "no")

    assert listed(company, TOLD_FOR + timedelta(seconds=1)) == ([], 0)


def test_a_steward_has_it_sent_again_once(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company)
    outbox.failed(outbox.claim(NOW, LEASE, 1)[0], "no")
    with company.writing() as register:
        resend(register, 1, SAM, NOW)

    assert (outbox.by_id(1).state, outbox.by_id(1).error) == (Delivery.PENDING, "")
    assert listed(company) == ([], 0)
    with company.reading() as register:
        assert [entry.subject for entry in register.audit.since(None) if entry.verb == "message.resent"] == [
            "message:1"
        ]
    with company.writing() as register, pytest.raises(AlreadyDone, match="on its way"):
        resend(register, 1, SAM, NOW)


def test_nobody_else_has_it_sent_again(company: SqlRegisters, outbox: Outbox) -> None:
    queued(company)
    outbox.failed(outbox.claim(NOW, LEASE, 1)[0], "no")

    with company.writing() as register, pytest.raises(NotAllowed):
        resend(register, 1, register.people.by_id(2), NOW)
    assert outbox.by_id(1).state is Delivery.FAILED
