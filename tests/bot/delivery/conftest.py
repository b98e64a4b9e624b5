"""The real outbox, the real sender and a local Slack workspace; a clock that can be moved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.album import Album
from bot.delivery.pace import USUAL, Times
from bot.delivery.worker import Deliverer
from bot.sandbox.server import Sandbox, running
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.values import Address, MessageKind, Posting
from tests.bot.sandbox.world import ANA, BOT_TOKEN, Control, workspace_file
from tests.builders import company, digest, draft, found, vector
from tests.planned import plan
from tests.scheduled import done_digest

HASTY = replace(USUAL, patience=0.0)
"""What is not there is believed at once to be missing."""


class MovableClock:
    """Now, and as far ahead as a test wants."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> MovableClock:
    """The clock of the sender."""
    return MovableClock()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A running workspace."""
    with running(workspace_file()) as sandbox:
        yield sandbox


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    """The test's own access to it."""
    return Control(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    """The app's client."""
    return slack_client(BOT_TOKEN, sandbox.api_url)


class Rested(Deliverer):
    """Lets every conversation have its rest before it looks, by the clock that can be moved."""

    def __init__(self, database: Database, client: WebClient, clock: MovableClock, times: Times = HASTY) -> None:
        super().__init__(database, lambda _workspace: client, clock, times=times)
        self._movable = clock

    def deliver_once(self) -> int:
        """Once whatever is due."""
        self._movable.ahead += timedelta(seconds=2)
        return super().deliver_once()


@pytest.fixture
def deliverer(database: Database, client: WebClient, clock: MovableClock) -> Deliverer:
    """A sender that is not started and believes at once that a message is missing."""
    return Rested(database, client, clock)


@pytest.fixture
def album(registers: SqlRegisters, clock: MovableClock) -> Album:
    """The pictures of the workspace."""
    return Album(registers, clock)


@pytest.fixture
def queue(registers: SqlRegisters, clock: MovableClock) -> Callable[..., None]:
    """Queue a message of a kind for an address: of an overlap of two initiatives, and of a digest."""
    with registers.writing() as register:
        company(register)
        register.initiatives.add(draft(title="Clearer letters"), vector(1), clock())
        register.initiatives.add(draft(title="Plain words", department=2), vector(2), clock())
        register.findings.add(found(), clock())
        register.plans.add(plan())
        done_digest(register, digest(), clock())

    def queue_message(
        kind: MessageKind = MessageKind.ALERT, address: Address | None = None, subject: int = 1, follows: str = ""
    ) -> None:
        to = address or Address.person(ANA)
        with registers.writing() as register:
            key = f"{kind}:{subject}:{to}"
            assert register.postings.add(Posting(key, kind, subject, to, follows=follows), clock())

    return queue_message
