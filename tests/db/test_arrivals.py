"""How far a message has come, as those who had it sent are told."""

from datetime import timedelta

from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.values import Address, Delivery, MessageKind
from tests.builders import NOW, at, posting

LEASE = timedelta(minutes=2)


def arrivals(registers: SqlRegisters, *subjects: int) -> dict[int, Delivery]:
    with registers.reading() as register:
        return register.postings.arrivals([MessageKind.DIGEST], subjects)


def test_it_tells_of_the_wanted_kinds_and_subjects(registers: SqlRegisters, database: Database) -> None:
    with registers.writing() as register:
        for n, kind in enumerate([MessageKind.DIGEST, MessageKind.DIGEST, MessageKind.ALERT], 1):
            address = Address.channel(f"C{n}")
            register.postings.add(posting(delivery_key=f"it:{n}", kind=kind, subject=n, address=address), NOW)
    outbox = database.outbox("main")
    outbox.failed(outbox.claim(NOW, LEASE, 1)[0], "The channel is archived.")

    assert arrivals(registers, 1, 2, 3) == {1: Delivery.FAILED, 2: Delivery.PENDING}
    assert arrivals(registers, 2) == {2: Delivery.PENDING}
    assert arrivals(registers) == {}


def test_what_was_shown_once_was_sent_whatever_becomes_of_its_edits(
    registers: SqlRegisters, database: Database
) -> None:
    outbox = database.outbox("main")
    with registers.writing() as register:
        register.postings.add(posting(kind=MessageKind.DIGEST), NOW)
    outbox.posted(outbox.claim(NOW, LEASE, 1)[0], "C1", "1.1", 1, at(hours=-1))
    with registers.writing() as register:
        register.postings.revise(MessageKind.DIGEST, 1)
    outbox.claim(NOW, LEASE, 1)

    assert arrivals(registers, 1) == {1: Delivery.SENT}
