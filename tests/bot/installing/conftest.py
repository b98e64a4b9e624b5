"""A Slack that installs, and a replica."""

from collections.abc import Iterator

import pytest

from db.database import Database
from tests.bot.installing.stub import Office, Slack, slack


@pytest.fixture
def provider() -> Iterator[Slack]:
    """A Slack of its own for each test."""
    with slack() as told:
        yield told


@pytest.fixture
def office(provider: Slack, database: Database) -> Office:
    """A replica on a database without workspaces."""
    return Office.opened(provider, database)
