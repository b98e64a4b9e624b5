"""A provider as new for each test, and the app's address."""

from collections.abc import Iterator

import pytest

from bot.sandbox.provider.server import RunningProvider, providing
from bot.sandbox.state import Pace
from tests.bot.sandbox.provider.company import Admin, Hook, hooked, provider_file

QUICK = Pace(ack_seconds=0.4, retry_delays=(0.0, 0.1), closing_seconds=0.1)


@pytest.fixture
def hook() -> Iterator[Hook]:
    """Where the app is reached."""
    with hooked() as hook:
        yield hook


@pytest.fixture
def running(hook: Hook) -> Iterator[RunningProvider]:
    """Three places that can install the app."""
    with providing(provider_file(hook.url), pace=QUICK) as running:
        yield running


@pytest.fixture
def admin(running: RunningProvider) -> Admin:
    """Somebody who may install it."""
    return Admin(running)
