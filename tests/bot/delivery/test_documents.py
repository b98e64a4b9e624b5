"""Files that are shared into a conversation: once, where they belong, and found again."""

from urllib.request import urlopen

import pytest
from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.album import Album
from bot.delivery.attempting import Attempt
from bot.delivery.documents import Document, marked
from bot.delivery.drawn import Drawn
from bot.delivery.looking import found
from bot.delivery.outcomes import Later, Outcome, Posted, Refused, Unsure
from bot.delivery.pacing import Pacer
from bot.sandbox.server import running
from db.outbox import Head
from handlers.views.text import Message as Shown
from planning.outbox.values import Address, Message
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import BOT_TOKEN, CLOSED, GENERAL, QUIET, SCOPES, Control, Json, workspace_file
from tests.builders import message, posting

INVITATION = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
DOCUMENT = Document("plan-12.ics", "The session", lambda: INVITATION, "text/calendar")
DRAWN = Drawn(lambda _files: Shown("Here is the session", []), document=DOCUMENT)


def wanted(to: str = GENERAL, key: str = "calendar:12", **fields: object) -> Message:
    return message(posting=posting(delivery_key=key, address=Address.channel(to)), **fields)


@pytest.fixture
def attempt(clock: MovableClock) -> Attempt:
    return Attempt(wait=lambda _seconds: None, pacer=Pacer(0.0))


def attempted(attempt: Attempt, client: WebClient, album: Album, one: Message, drawn: Drawn = DRAWN) -> Outcome:
    return attempt(client, one, drawn, album)


def shared(control: Control, channel: str = GENERAL) -> list[Json]:
    return [each for each in control.messages(channel) if each.get("files")]


def test_a_document_arrives_with_its_words(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    outcome = attempted(attempt, client, album, wanted())

    (there,) = shared(control)
    (file,) = there["files"]
    assert outcome == Posted(GENERAL, there["ts"])
    assert (there["text"], file["title"]) == ("Here is the session", "The session")
    assert file["name"] == marked("plan-12.ics", "calendar:12")
    with urlopen(file["url_private"], timeout=5) as answer:
        assert answer.read() == INVITATION


def test_a_document_follows_into_a_thread(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    head = client.chat_postMessage(channel=GENERAL, text="The plan")
    attempt(client, wanted(QUIET), DRAWN, album, Head(GENERAL, head["ts"]))

    (there,) = shared(control)
    assert there["thread_ts"] == head["ts"]


def test_a_document_whose_answer_got_lost_is_found_and_another_one_is_not(
    attempt: Attempt, client: WebClient, album: Album, control: Control, clock: MovableClock
) -> None:
    control.fault("files.completeUploadExternal", "drop_after")
    outcome = attempted(attempt, client, album, wanted())

    assert isinstance(outcome, Unsure)
    (there,) = shared(control)
    assert found(client, wanted(created_at=clock()), None) == Posted(GENERAL, there["ts"])
    assert found(client, wanted(key="calendar:13", created_at=clock()), None) is None


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "upload"])
def test_a_fault_before_the_document_is_shared_means_later(
    attempt: Attempt, client: WebClient, album: Album, control: Control, step: str
) -> None:
    control.fault(step, "drop_after")

    assert isinstance(attempted(attempt, client, album, wanted()), Later)
    assert isinstance(attempted(attempt, client, album, wanted()), Posted)
    assert len(shared(control)) == 1


def test_a_document_that_slack_still_looks_at_has_arrived(
    attempt: Attempt, client: WebClient, album: Album, control: Control
) -> None:
    control.fault("files.info", "slow", times=100)

    assert attempted(attempt, client, album, wanted()) == Posted(GENERAL, "")


def test_a_document_is_never_edited(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    outcome = attempted(attempt, client, album, wanted(channel="C9", ts="1.1"))

    assert outcome == Posted("C9", "1.1")
    assert (control.calls("chat.update"), shared(control)) == ([], [])


@pytest.mark.parametrize(("channel", "reason"), [(QUIET, "Invite it there"), (CLOSED, "archived")])
def test_a_document_that_may_not_be_shared_fails_with_a_plain_reason(
    attempt: Attempt, client: WebClient, album: Album, channel: str, reason: str
) -> None:
    outcome = attempted(attempt, client, album, wanted(channel))

    assert isinstance(outcome, Refused)
    assert reason in outcome.reason


def test_a_document_that_cannot_be_made_fails(attempt: Attempt, client: WebClient, album: Album) -> None:
    def broken() -> bytes:
        raise RuntimeError("no paper")

    drawn = Drawn(DRAWN.message, document=Document("plan-12.ics", "The session", broken, "text/calendar"))

    assert isinstance(attempted(attempt, client, album, wanted(), drawn), Refused)


def test_without_the_permission_a_document_fails_with_the_way_to_get_it(attempt: Attempt, album: Album) -> None:
    scopes = tuple(scope for scope in SCOPES if not scope.startswith("files"))
    with running(workspace_file(scopes=scopes)) as sandbox:
        outcome = attempted(attempt, slack_client(BOT_TOKEN, sandbox.api_url), album, wanted())

    assert isinstance(outcome, Refused)
    assert "concord doctor" in outcome.reason
