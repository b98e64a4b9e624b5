"""A workspace as new for each test, the app's client, and people at the page."""

import gc
import logging
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.server import Sandbox, running
from bot.sandbox.state import Pace
from tests.bot.sandbox.world import APP_TOKEN, BOT_TOKEN, Control, PageUser, exchange, page_user, until, workspace_file

QUICK = Pace(ack_seconds=0.4, retry_delays=(0.0, 0.2, 0.4), closing_seconds=0.2)


@pytest.fixture(scope="session")
def server() -> Iterator[Sandbox]:
    """A running workspace that waits for nobody long."""
    with running(workspace_file(), pace=QUICK) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(server: Sandbox) -> Sandbox:
    """The same server with nothing left of the test before."""
    exchange(f"{server.url}/control/reset", {})
    return server


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    """The app's client; nothing is sent twice by itself."""
    return WebClient(token=BOT_TOKEN, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    """The test's own access."""
    return Control(sandbox.url)


@pytest.fixture
def at_page(sandbox: Sandbox) -> Iterator[Callable[[str], PageUser]]:
    """Somebody opens the page."""
    with ExitStack() as pages:
        yield lambda user: pages.enter_context(page_user(sandbox.url, user))


@pytest.fixture
def app(client: WebClient) -> App:
    """A Bolt app without listeners."""
    return App(client=client, token_verification_enabled=False)


@pytest.fixture(scope="session")
def closers() -> Iterator[ThreadPoolExecutor]:
    """Ends Socket Mode clients behind the tests: each takes a second to let go of its queue."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def connected(
    sandbox: Sandbox, control: Control, closers: ThreadPoolExecutor
) -> Iterator[Callable[..., SocketModeHandler]]:
    """Connect a Bolt app, once or more than once."""
    handlers: list[SocketModeHandler] = []
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)

    def connect(app: App) -> SocketModeHandler:
        handler = SocketModeHandler(app, APP_TOKEN, ping_interval=0.25)
        handlers.append(handler)
        handler.connect()  # type: ignore[no-untyped-call]
        until(lambda: len(sandbox.workspace.sockets.connections) >= len(handlers))
        return handler

    yield connect
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
    # A client that is left reading takes seconds to notice that it is closed; one whose server goes first does not.
    control.post("socket", {"action": "refuse"})
    for handler in handlers:
        _wait_until_gone(handler)
        closers.submit(handler.close)
    _collect_broken_handshakes()


def _collect_broken_handshakes() -> None:
    """Slack's client leaves the socket of a handshake that broke to the collector, which would tell a later test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def _wait_until_gone(handler: SocketModeHandler) -> None:
    until(lambda: not handler.client.is_connected())
