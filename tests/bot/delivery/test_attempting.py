from collections.abc import Mapping

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, ImageBlock

from bot.delivery.album import Album
from bot.delivery.attempting import Attempt
from bot.delivery.drawn import Drawn
from bot.delivery.outcomes import Posted
from bot.delivery.pictures import Picture
from handlers.views.charts import coverage_png
from handlers.views.text import Message as Shown
from handlers.views.text import paragraph
from planning.outbox.values import Address, MessageKind
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import GENERAL, Control
from tests.builders import coverage, message, posting

COVERAGE = {"coverage": Picture("Coverage", lambda: coverage_png(coverage()), coverage())}


def with_a_bad_picture(files: Mapping[str, str]) -> Shown:
    """Slack refuses the message with the picture, as it does while a file is not ready."""
    image = [ImageBlock(alt_text="", slack_file={"id": "F0NOTTHERE"})] if files else []
    return Shown("The digest", [paragraph("The digest"), *image])


def test_a_picture_that_slack_refuses_is_left_out_once(
    client: WebClient, control: Control, clock: MovableClock, album: Album
) -> None:
    drawn = Drawn(with_a_bad_picture, COVERAGE)
    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))

    outcome = Attempt()(client, wanted, drawn, album)

    assert isinstance(outcome, Posted)
    assert [call["error"] for call in control.calls("chat.postMessage")] == ["invalid_blocks", None]


def test_a_picture_that_cannot_be_drawn_does_not_keep_the_words(
    client: WebClient, clock: MovableClock, album: Album
) -> None:
    def broken() -> bytes:
        raise RuntimeError("no ink")

    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))

    drawn = Drawn(with_a_bad_picture, {"coverage": Picture("Coverage", broken, None)})

    assert isinstance(Attempt()(client, wanted, drawn, album), Posted)


def test_a_picture_that_fails_leaves_the_other_one(client: WebClient, clock: MovableClock, album: Album) -> None:
    def broken() -> bytes:
        raise RuntimeError("no ink")

    asked: list[set[str]] = []

    def message_with(files: Mapping[str, str]) -> Shown:
        asked.append(set(files))
        return Shown(
            "The digest", [ImageBlock(alt_text="Coverage", slack_file={"id": file}) for file in files.values()]
        )

    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))
    drawn = Drawn(message_with, {"trends": Picture("Trends", broken, None), **COVERAGE})

    assert isinstance(Attempt()(client, wanted, drawn, album), Posted)
    assert asked == [{"coverage"}]


def test_a_slack_that_does_not_know_a_block_gets_the_plain_message(
    client: WebClient, control: Control, clock: MovableClock, album: Album
) -> None:
    def new_block(_files: Mapping[str, str]) -> Shown:
        return Shown("The digest", [Block(type="not_yet")])

    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))
    drawn = Drawn(new_block, plainly=lambda: Shown("The digest", [paragraph("In rows")]))

    assert isinstance(Attempt()(client, wanted, drawn, album), Posted)
    assert [call["error"] for call in control.calls("chat.postMessage")] == ["invalid_blocks", None]


def test_two_posts_in_one_channel_keep_their_distance(client: WebClient, clock: MovableClock, album: Album) -> None:
    waited: list[float] = []
    attempt = Attempt(wait=waited.append)
    for key in ("first", "second"):
        wanted = message(posting=posting(delivery_key=key, address=Address.channel(GENERAL)))
        attempt(client, wanted, Drawn(with_a_bad_picture), album)

    assert len(waited) == 1
    assert waited[0] == pytest.approx(1.0, abs=0.5)
