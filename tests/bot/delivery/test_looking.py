"""Looking for a message in doubt where the clocks do not agree."""

from collections.abc import Callable
from datetime import timedelta

from bot.delivery.worker import Deliverer
from tests.bot.delivery.conftest import MovableClock
from tests.bot.sandbox.world import Control


def test_what_was_queued_by_a_clock_that_was_ahead_is_found(
    deliverer: Deliverer, queue: Callable[..., None], control: Control, clock: MovableClock
) -> None:
    clock.ahead = timedelta(hours=22)
    queue()
    control.fault("chat.postMessage", "drop_after")
    deliverer.deliver_once()
    deliverer.deliver_once()

    assert len(control.calls("chat.postMessage")) == 1
