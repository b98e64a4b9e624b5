import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import ImageBlock

from bot.delivery.attempting import Attempt
from bot.delivery.drawing import Drawn
from bot.delivery.outcomes import Posted
from bot.sandbox.server import Sandbox
from handlers.views.charts import coverage_png
from handlers.views.text import Message as Shown
from handlers.views.text import paragraph
from planning.outbox.values import Address, MessageKind
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import GENERAL, Control
from tests.builders import coverage, message, posting


def with_a_bad_picture(picture: str | None) -> Shown:
    """Slack refuses the message with the picture, as it does while a file is not ready."""
    image = [ImageBlock(alt_text="", slack_file={"id": "F0NOTTHERE"})] if picture else []
    return Shown("The digest", [paragraph("The digest"), *image])


def test_a_picture_that_slack_refuses_is_left_out_once(
    client: WebClient, control: Control, clock: MovableClock, sandbox: Sandbox
) -> None:
    drawn = Drawn(with_a_bad_picture, lambda: coverage_png(coverage()))
    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))

    outcome = Attempt(clock)(client, wanted, drawn)

    assert isinstance(outcome, Posted)
    assert [call["error"] for call in control.calls("chat.postMessage")] == ["invalid_blocks", None]


def test_a_picture_that_cannot_be_drawn_does_not_keep_the_words(client: WebClient, clock: MovableClock) -> None:
    def broken() -> bytes:
        raise RuntimeError("no ink")

    wanted = message(posting=posting(kind=MessageKind.DIGEST, address=Address.channel(GENERAL)))

    assert isinstance(Attempt(clock)(client, wanted, Drawn(with_a_bad_picture, broken)), Posted)


def test_two_posts_in_one_channel_keep_their_distance(client: WebClient, clock: MovableClock) -> None:
    waited: list[float] = []
    attempt = Attempt(clock, wait=waited.append)
    for key in ("first", "second"):
        wanted = message(posting=posting(delivery_key=key, address=Address.channel(GENERAL)))
        attempt(client, wanted, Drawn(with_a_bad_picture))

    assert len(waited) == 1
    assert waited[0] == pytest.approx(1.0, abs=0.5)
