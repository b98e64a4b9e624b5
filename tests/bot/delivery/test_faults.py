"""Faults of our own and of the database, in the middle of a delivery."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from slack_sdk import WebClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.delivery.settling import Settled, Settling
from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from db.settling import Arrived
from planning.outbox.values import Address, Delivery, MessageKind
from tests.bot.delivery.conftest import HASTY, MovableClock
from tests.bot.delivery.test_worker import posts, stored
from tests.bot.sandbox.world import BEN, Control

Queue = Callable[..., None]


class Faulty:
    """Gives the client of a workspace after so many faults."""

    def __init__(self, client: WebClient, faults: int = 1) -> None:
        self.client, self.faults = client, faults

    def __call__(self, _workspace: str) -> WebClient:
        """The client, or a fault."""
        if self.faults:
            self.faults -= 1
            raise RuntimeError("This is a fault of our own.")
        return self.client


@contextmanager
def away(database: Database, statements: int) -> Iterator[None]:
    """The database refuses the next statements that change messages."""
    left = [None] * statements

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE outbox") and left:
            left.pop()
            raise OperationalError(statement, {}, Exception("The server is restarting."))

    event.listen(database.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", refuse)


def faulty(database: Database, client: WebClient, clock: MovableClock, faults: int = 1) -> Deliverer:
    return Deliverer(database, Faulty(client, faults), clock, times=HASTY)


def test_an_edit_that_a_fault_interrupted_is_due_again_soon(
    database: Database,
    registers: SqlRegisters,
    deliverer: Deliverer,
    queue: Queue,
    client: WebClient,
    clock: MovableClock,
) -> None:
    queue()
    deliverer.deliver_once()
    with registers.writing() as register:
        register.postings.revise(MessageKind.ALERT, 1)
    clock.ahead += timedelta(seconds=2)
    faulty(database, client, clock).deliver_once()
    waiting = stored(database)
    assert (waiting.state, waiting.leased_until) == (Delivery.SENT, None)
    assert "fault of its own" in waiting.error

    clock.ahead += timedelta(seconds=10)
    deliverer.deliver_once()
    assert stored(database).shown == 2


def test_a_post_that_a_fault_interrupted_is_looked_up_before_it_is_repeated(
    database: Database, queue: Queue, client: WebClient, clock: MovableClock, control: Control
) -> None:
    queue()
    after_a_fault = faulty(database, client, clock)
    after_a_fault.deliver_once()
    assert len(control.calls("conversations.history")) == 1

    clock.ahead += timedelta(seconds=2)
    after_a_fault.deliver_once()
    assert stored(database).state is Delivery.SENT
    assert len(posts(control)) == 1


def test_a_doubt_that_cannot_be_looked_up_for_a_fault_does_not_hold_up_the_others(
    database: Database, queue: Queue, client: WebClient, clock: MovableClock
) -> None:
    queue()
    queue(address=Address.person(BEN))
    outbox = database.outbox("main")
    for message in outbox.claim(clock(), HASTY.lease, 9):
        outbox.uncertain(message, "The connection broke.", clock())
    faulty(database, client, clock).deliver_once()

    assert [stored(database, id).state for id in (1, 2)] == [Delivery.UNCERTAIN, Delivery.PENDING]


def test_what_arrived_is_written_down_when_the_database_is_away_for_a_moment(
    database: Database, queue: Queue, clock: MovableClock
) -> None:
    queue()
    outbox, told = database.outbox("main"), list[bool]()
    (message,) = outbox.claim(clock(), HASTY.lease, 1)
    with away(database, statements=1):
        Settling().take(Settled(outbox, Arrived(message, "D1", "1.1", clock()), told.append))

    assert told == [True]
    assert stored(database).state is Delivery.SENT
