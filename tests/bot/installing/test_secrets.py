"""From the first click to the last row deleted, with all that is ever logged, nothing secret comes out anywhere."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import structlog
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.commands.keys import run_rotate
from bot.commands.tenants import run_workspaces
from bot.doctor import run_doctor
from bot.installing.purging import PurgeChore
from bot.seeing.logs import set_up_logs
from db.database import Database
from db.purging import OWNED
from planning.installations.notices import EndNotice
from planning.installations.values import CannotOpen, Ending
from tests.bot.installing.stub import KEY, Office, Slack
from tests.bot.installing.test_events import command
from tests.builders import NOW

NEWER = Fernet.generate_key().decode()
LATER = NOW + timedelta(hours=1)
UNINSTALLED = EndNotice(Ending.UNINSTALLED, LATER, "T0HARBOUR", None, is_organisation=False)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that any library ever says, as it is logged."""
    names = ("slack_sdk", "slack_bolt", "")
    levels = {name: logging.getLogger(name).level for name in names}
    handlers, written = logging.root.handlers[:], StringIO()
    set_up_logs("debug")
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(written)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    logging.root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


def test_nothing_secret_comes_out(
    provider: Slack, database: Database, log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    office = Office.opened(provider, database, database_url=url)
    said: list[object] = []

    token = _story(office, url, said)

    told = capsys.readouterr()
    everything = "\n".join([log.getvalue(), told.out, told.err, *map(repr, said)])
    assert "Sending a request" in log.getvalue()
    for secret in (token, "xoxb-T0", "client-secret-0", "signing-secret-0", KEY, NEWER, "code-one"):
        assert secret not in everything, secret


def _story(office: Office, url: str, said: list[object]) -> str:
    """Installed, used, sealed anew, refused, uninstalled, deleted; the token."""
    state, _ = office.begin()
    said += [office.come_back(state, "forged", code="code-one").body, office.come_back(state, code="spent").body]
    token = office.install("code-one")
    said += [command(office).body, office.desk, office.settings, _rows(office.database)]
    installation = office.desk.installations.of("T0HARBOUR")
    office.slack.good.discard(token)
    said += [installation, command(office, user_id="U0NEW").body]
    newer = Office.opened(office.slack, office.database, office.time, database_url=url, token_keys=f"{NEWER},{KEY}")
    run_rotate(newer.settings, as_json=False)
    run_workspaces(newer.settings, as_json=True)
    run_doctor(newer.settings, None, as_json=False)
    with pytest.raises(CannotOpen) as caught:
        office.desk.installations.of("T0HARBOUR")
    said += [caught.value, command(office, user_id="U0NEW").body]
    newer.desk.life.end(UNINSTALLED)
    said += [command(newer).body, _rows(office.database)]
    PurgeChore(office.database, at_most_s=60)(NOW + timedelta(days=31))
    assert office.database.workspaces() == []
    return token


def _rows(database: Database) -> list[object]:
    with database.everywhere.reading() as session:
        return [row for table in OWNED for row in session.execute(select(table))]
