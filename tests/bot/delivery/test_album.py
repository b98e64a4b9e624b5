"""Pictures in messages: uploaded once, known by what they show."""

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import ImageBlock

from bot.delivery.album import Album
from bot.delivery.attempting import Attempt
from bot.delivery.drawn import Drawn
from bot.delivery.outcomes import Posted
from bot.delivery.pacing import Pacer
from bot.delivery.pictures import Picture
from db.registers import SqlRegisters
from handlers.views.charts import coverage_png
from handlers.views.text import Message as Shown
from planning.outbox.values import Address
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import GENERAL, Control
from tests.builders import at, coverage, message, posting


def drawn(title: str = "Coverage", *, people: str = "", told: list[str] | None = None) -> Drawn:
    """A message with one picture; `told` hears each time that it is drawn."""

    def draw() -> bytes:
        if told is not None:
            told.append(title)
        return coverage_png(coverage())

    picture = Picture(title, draw, coverage())
    return Drawn(
        lambda files: Shown(
            f"Plan {people}", [ImageBlock(slack_file={"id": id}, alt_text="x") for id in files.values()]
        ),
        {"coverage": picture},
    )


@pytest.fixture
def attempt(clock: MovableClock) -> Attempt:
    return Attempt(wait=lambda _seconds: None, pacer=Pacer(0.0))


def posted(attempt: Attempt, client: WebClient, album: Album, shown: Drawn, key: str = "first") -> Posted:
    outcome = attempt(
        client, message(posting=posting(delivery_key=key, address=Address.channel(GENERAL))), shown, album
    )
    assert isinstance(outcome, Posted)
    return outcome


def edited(attempt: Attempt, client: WebClient, album: Album, shown: Drawn, at: Posted) -> None:
    outcome = attempt(client, message(channel=at.channel, ts=at.ts), shown, album)
    assert outcome == at


def pictures(control: Control) -> list[str]:
    """What each message shows."""
    blocks = [block for each in control.messages() for block in each.get("blocks", [])]
    return [block["slack_file"]["id"] for block in blocks if block["type"] == "image"]


def uploads(control: Control) -> int:
    return len(control.calls("files.completeUploadExternal"))


def test_an_edit_keeps_the_picture(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    told: list[str] = []
    there = posted(attempt, client, album, drawn(told=told))
    before = pictures(control)
    edited(attempt, client, album, drawn(people="of two", told=told), there)

    assert (pictures(control), uploads(control), told) == (before, 1, ["Coverage"])
    assert control.messages()[-1]["text"] == "Plan of two"


def test_an_edit_shows_another_picture(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    there = posted(attempt, client, album, drawn())
    before = pictures(control)
    edited(attempt, client, album, drawn("After"), there)

    assert len(pictures(control)) == 1
    assert (pictures(control) == before, uploads(control)) == (False, 2)


def test_two_messages_share_a_picture(attempt: Attempt, client: WebClient, album: Album, control: Control) -> None:
    for key in ("first", "second"):
        posted(attempt, client, album, drawn(), key)

    assert (len(pictures(control)), len(set(pictures(control))), uploads(control)) == (2, 1, 1)


def test_a_picture_that_was_deleted_in_slack_is_uploaded_anew(
    attempt: Attempt, client: WebClient, album: Album, control: Control
) -> None:
    there = posted(attempt, client, album, drawn())
    (lost,) = pictures(control)
    client.files_delete(file=lost)
    for people in ("of two", "of three"):
        edited(attempt, client, album, drawn(people=people), there)

    assert (pictures(control) == [lost], uploads(control)) == (False, 2)


def test_a_picture_in_a_message_outlives_the_retention(
    attempt: Attempt, client: WebClient, album: Album, control: Control, registers: SqlRegisters
) -> None:
    posted(attempt, client, album, drawn())

    with registers.writing() as register:
        assert register.pictures.forget(at(10_000), 100) == []
