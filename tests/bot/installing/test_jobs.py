"""Jobs of a workspace that has left stop at once, in whatever they are."""

from datetime import timedelta

import pytest

from bot.delivery.delivering import Sender
from bot.delivery.worker import Deliverer
from db.outbox import Outbox
from planning.installations.notices import EndNotice
from planning.installations.values import Ending
from planning.outbox.values import Address, Delivery, MessageKind, Posting
from tests.bot.installing.stub import KEY, Office
from tests.builders import NOW, digest
from tests.scheduled import done_digest

TOMORROW = NOW + timedelta(days=1)
UNINSTALLED = EndNotice(Ending.UNINSTALLED, TOMORROW, "T0HARBOUR", None, is_organisation=False)


@pytest.fixture
def outbox(office: Office) -> Outbox:
    """Installed, with a message that waits; by tomorrow something that is scheduled is due."""
    office.install("one")
    registers = office.database.workspace("T0HARBOUR")
    with registers.writing() as register:
        sent = done_digest(register, digest())
        register.postings.add(Posting("digest:1", MessageKind.DIGEST, sent.id, Address.channel("C0EXEC")), NOW)
    return office.database.outbox(registers.workspace)


def deliverer(office: Office) -> Deliverer:
    return Deliverer(office.database, office.desk.clients.of, office.time)


def states(outbox: Outbox) -> set[Delivery]:
    return {message.state for message in outbox.page(10).items}


def test_nothing_is_due_where_it_was_uninstalled_until_it_is_back(office: Office, outbox: Outbox) -> None:
    assert office.database.due_workspaces(TOMORROW) == [outbox.workspace]
    office.desk.life.end(UNINSTALLED)

    assert deliverer(office).deliver_once() == 0
    assert office.database.due_workspaces(TOMORROW) == []
    assert office.database.backlog(TOMORROW).messages == ()

    office.install("two")
    assert deliverer(office).deliver_once()
    assert office.database.due_workspaces(TOMORROW) == [outbox.workspace]


def test_what_a_replica_has_claimed_already_is_given_back_and_not_sent(office: Office, outbox: Outbox) -> None:
    working = Sender(office.database, office.desk.clients.of, office.time)
    claimed = outbox.claim(NOW, timedelta(minutes=5), 10)
    office.desk.life.end(UNINSTALLED)
    office.slack.asked.clear()

    for message in claimed:
        working.send(outbox.workspace, message, 0.0)

    assert office.slack.asked == []
    assert states(outbox) == {Delivery.PENDING}


def test_a_token_that_no_key_opens_keeps_messages_waiting(office: Office, outbox: Outbox) -> None:
    lost = Office.opened(office.slack, office.database, token_keys=KEY[:-2] + "A=")

    deliverer(lost).deliver_once()

    assert states(outbox) == {Delivery.PENDING}
    assert "cannot be opened" in (outbox.page(10).items[0].error or "")
