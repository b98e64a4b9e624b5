"""A request that comes a second time."""

import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from slack_bolt import BoltRequest
from sqlalchemy import func, select

from bot.crew import Tools
from bot.scheduling.chores import do_chores
from bot.seeing.meters import Meters
from bot.serving.credentials import credentials_of
from bot.serving.door import Door
from bot.serving.gate import Gate
from bot.serving.replays import digest_of
from bot.serving.serving import by_http, chores_of
from bot.settings import Settings
from db.database import Database
from db.installation_rows import SeenRequestRow
from db.seen_requests import SeenRequests
from db.transactions import BUSY
from tests.bot.sandbox.world import until
from tests.bot.serving.town import KEY, SECRET, Slack, command, install, knock, signed, slack
from tests.builders import NOW
from tests.handlers.slack import WordEncoder


@pytest.fixture
def town() -> Iterator[Slack]:
    with slack() as town:
        yield town


def door(database: Database, town: Slack) -> Door:
    """What a replica has for Slack."""
    settings = Settings(
        slack_api_url=f"{town.url}/api/",
        slack_client_id="1.2",
        slack_client_secret=SecretStr("x"),
        slack_signing_secret=SecretStr(SECRET),
        public_url="https://concord.example",
        token_keys=SecretStr(KEY),
    )
    tools = Tools(settings, database, WordEncoder(), lambda: NOW, Meters())
    return by_http(tools, credentials_of(settings), Gate(), lambda: None)[0]


@pytest.fixture
def doors(database: Database, town: Slack) -> tuple[Door, Door]:
    """Two replicas, and Concord installed in a team."""
    install(database, "T0ONE")
    return door(database, town), door(database, town)


def digest(body: bytes, headers: Mapping[str, str]) -> str:
    return digest_of(BoltRequest(body=body.decode(), headers={**headers}))


def answers(town: Slack) -> int:
    return len(town.said("/response"))


def test_the_same_request_changes_nothing(doors: tuple[Door, Door], town: Slack) -> None:
    body = command(town.url, "T0ONE", "help")
    headers = signed(body)
    first, again = knock(doors[0], body, headers), knock(doors[0], body, headers)

    assert (first[0], again) == (200, (200, ""))
    until(lambda: answers(town))
    time.sleep(0.2)
    assert answers(town) == 1


def test_it_changes_nothing_at_another_replica_at_the_same_time(doors: tuple[Door, Door], town: Slack) -> None:
    body = command(town.url, "T0ONE", "help")
    headers = signed(body)
    with ThreadPoolExecutor(8) as slacks:
        statuses = list(slacks.map(lambda turn: knock(doors[turn % 2], body, headers)[0], range(8)))

    assert statuses == [200] * 8
    until(lambda: answers(town))
    time.sleep(0.2)
    assert answers(town) == 1


def test_what_slack_tries_again_is_done_although_its_first_try_was_cut_off(
    database: Database, doors: tuple[Door, Door], town: Slack
) -> None:
    body = command(town.url, "T0ONE", "help")
    cut_off, retry = signed(body), signed(body, at=1)
    assert SeenRequests(database.everywhere).is_first(digest(body, cut_off), datetime.now(UTC))

    knock(doors[0], body, cut_off)
    knock(doors[1], body, retry)

    until(lambda: answers(town))
    assert answers(town) == 1


def test_what_slack_did_not_sign_leaves_nothing_behind(
    database: Database, doors: tuple[Door, Door], town: Slack
) -> None:
    body = command(town.url, "T0ONE", "help")
    knock(doors[0], body, signed(body, secret="of another app"))
    knock(doors[0], b"ssl_check=1", {})

    with database.everywhere.reading() as session:
        assert session.scalar(select(func.count()).select_from(SeenRequestRow)) == 0


def test_a_beat_forgets_what_cannot_come_again(database: Database) -> None:
    seen, now = SeenRequests(database.everywhere), datetime.now(UTC)
    seen.is_first("old", now - timedelta(hours=1))
    seen.is_first("young", now)
    do_chores(chores_of(database), NOW)

    assert (seen.is_first("old", now), seen.is_first("young", now)) == (True, False)


def busy_with(database: Database, doors: tuple[Door, Door], body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """The answer while somebody else is noting the same request."""
    with database.everywhere.writing() as session:
        session.add(SeenRequestRow(digest=digest(body, headers), seen_at=NOW))
        session.flush()
        return knock(doors[0], body, headers)


def test_a_person_is_told_that_the_register_is_busy(database: Database, doors: tuple[Door, Door], town: Slack) -> None:
    body = command(town.url, "T0ONE", "help")

    assert busy_with(database, doors, body, signed(body))[0] == 200
    assert BUSY in until(lambda: town.said("/response"))[0].text


def test_an_event_that_cannot_be_noted_is_left_for_slack_to_send_again(
    database: Database, doors: tuple[Door, Door]
) -> None:
    body = json.dumps(
        {"type": "event_callback", "team_id": "T0ONE", "event_time": 1, "event": {"type": "app_uninstalled"}}
    ).encode()

    assert busy_with(database, doors, body, signed(body))[0] == 503
