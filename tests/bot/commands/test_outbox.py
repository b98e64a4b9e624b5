"""The outbox at the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.database import open_database
from db.outbox import Outbox
from planning.outbox.values import Address, Delivery
from tests.bot.commandline import Concord, told
from tests.builders import NOW, posting


@pytest.fixture
def outbox(filled: Concord, tmp_path: Path) -> Outbox:
    """Four messages of long ago: one failed, one is in doubt, one is sent, one waits."""
    database = open_database(f"sqlite:///{tmp_path / 'concord.db'}")
    registers = database.workspace(None)
    with registers.writing() as register:
        for n in range(1, 5):
            register.postings.add(posting(delivery_key=f"alert:{n}:C{n}", address=Address.channel(f"C{n}")), NOW)
    outbox = database.outbox(registers.workspace)
    first, second, third = outbox.claim(NOW, timedelta(minutes=1), 3)
    outbox.failed(first, "The channel is archived. Choose another one.")
    outbox.uncertain(second, "The connection broke.", NOW)
    outbox.posted(third, "C3", "1.3", 1, NOW)
    return outbox


def states(outbox: Outbox) -> list[Delivery]:
    return [outbox.by_id(n).state for n in range(1, 5)]


def test_what_did_not_arrive_is_listed_with_where_and_why(filled: Concord, outbox: Outbox) -> None:
    result = filled("outbox", "list", "--state", "stuck")

    assert result.exit_code == 0, result.output
    assert "2 messages, the newest first" in result.stdout
    assert "1 failed  alert:1:C1 → channel:C1" in result.stdout
    assert "1 attempt" in result.stdout
    assert "The channel is archived." in result.stdout


def test_a_long_list_goes_on(filled: Concord, outbox: Outbox) -> None:
    assert "… and 2 more; --offset 2 goes on." in filled("outbox", "list", "--limit", "2").stdout
    assert [one["id"] for one in told(filled("outbox", "list", "--offset", "2", "--json"))["items"]] == [2, 1]


def test_programs_are_told_all_but_the_words(filled: Concord, outbox: Outbox) -> None:
    (one,) = told(filled("outbox", "list", "--state", "failed", "--json"))["items"]

    assert (one["key"], one["where"], one["attempts"]) == ("alert:1:C1", "channel:C1", 1)
    assert "payload" not in one


def test_what_failed_is_sent_again(filled: Concord, outbox: Outbox) -> None:
    assert "1 message is sent again." in filled("outbox", "resend", "--all-failed").stdout
    assert told(filled("outbox", "resend", "2", "--json")) == {"done": [2], "left": []}
    assert states(outbox)[:2] == [Delivery.PENDING, Delivery.PENDING]


def test_what_is_dropped_is_never_sent(filled: Concord, outbox: Outbox) -> None:
    result = filled("outbox", "drop", "1", "2", "3", "4")

    assert states(outbox) == [Delivery.DROPPED, Delivery.DROPPED, Delivery.SENT, Delivery.DROPPED]
    assert (result.exit_code, "Left as they are: 3." in result.stderr) == (1, True)


def test_what_slack_refuses_for_now_is_said(filled: Concord, outbox: Outbox) -> None:
    now = datetime.now(UTC)
    outbox.hold("*", now + timedelta(minutes=50), now)

    assert "Slack refuses everything until" in filled("outbox", "list").stdout
    assert list(told(filled("outbox", "list", "--json"))["held"]) == ["*"]


def test_a_wrong_use_says_what_to_say(filled: Concord, outbox: Outbox) -> None:
    assert filled("outbox", "resend").exit_code == 2
    assert filled("outbox", "resend", "1", "--all-failed").exit_code == 2
