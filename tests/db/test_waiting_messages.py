"""Messages that are not to be sent before a time."""

from db.database import Database
from db.registers import SqlRegisters
from tests.builders import NOW, at, posting
from tests.db.test_outbox import EARLIER, claim, one, queue


def test_a_message_is_not_sent_before_its_time(registers: SqlRegisters, database: Database) -> None:
    outbox = database.outbox("main")
    queue(registers, posting(not_before=at(1)))

    assert (claim(outbox, NOW), database.waiting_workspaces(NOW)) == ([], [])
    assert len(claim(outbox, at(1))) == 1


def test_what_waits_for_the_morning_holds_up_no_other_message_of_the_conversation(
    registers: SqlRegisters, database: Database
) -> None:
    outbox = database.outbox("main")
    queue(registers, posting(not_before=at(1)), posting(delivery_key="now"))
    message = one(outbox)
    assert message.posting.delivery_key == "now"

    outbox.posted(message, "D1", "1.1", message.wanted, EARLIER)
    assert len(claim(outbox, at(1))) == 1


def test_what_is_tried_again_later_still_comes_before_what_was_queued_after_it(
    registers: SqlRegisters, database: Database
) -> None:
    outbox = database.outbox("main")
    queue(registers, posting(), posting(delivery_key="later"))
    outbox.retry(one(outbox), at(hours=1), "Slack asks to wait.")

    assert claim(outbox, NOW) == []
