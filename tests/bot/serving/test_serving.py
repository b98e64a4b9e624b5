"""Real replicas of `concord serve`."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.serving.callers import READING_S
from db.database import Database
from tests.bot.commandline import Concord
from tests.bot.sandbox.world import until
from tests.bot.serving.town import (
    KEY,
    SECRET,
    Replica,
    Slack,
    command,
    free_port,
    get,
    install,
    post,
    replica,
    serve_environment,
    signed,
    slack,
)

pytestmark = pytest.mark.chaos

PROMISED_S = 10.0
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the kind of database."""
AT_ONCE = 8


@dataclass
class Place:
    """A database in which Concord is installed in two teams, and a Slack."""

    url: str
    slack: Slack
    folder: Path

    def say(self, replica: Replica, team: str, text: str, **more: str) -> tuple[int, str]:
        """Somebody types `/cx` and a text."""
        body = command(self.slack.url, team, text, **more)
        return post(replica.port, body, signed(body))


@pytest.fixture
def place(database: Database, database_url: URL, tmp_path: Path) -> Iterator[Place]:
    install(database, "T0ONE")
    install(database, "T0TWO")
    with slack() as town:
        yield Place(database_url.render_as_string(hide_password=False), town, tmp_path)


@pytest.fixture
def one(place: Place) -> Iterator[Replica]:
    with replica(place.url, place.slack.url, place.folder, CONCORD_SERVE_THREADS="8") as one:
        yield one


def test_each_team_is_answered_with_its_own_token_and_nobody_else_is(place: Place, one: Replica) -> None:
    statuses = [place.say(one, team, "help")[0] for team in ("T0ONE", "T0TWO", "T0NONE")]

    assert statuses == [200] * 3
    until(lambda: len(place.slack.said("/response")) == 3)
    assert [asked.team for asked in place.slack.said("/api/users.info")] == ["T0ONE", "T0TWO"]
    (refused,) = place.slack.said("/response/T0NONE")
    assert "not installed" in refused.text


@ON_SQLITE
def test_health_and_meters_have_a_port_of_their_own_and_nothing_else_is_there(place: Place, one: Replica) -> None:
    assert get(one.health, "/metrics")[0] == 200
    assert [get(one.port, path)[0] for path in ("/metrics", "/healthz", "/")] == [404] * 3


@ON_SQLITE
def test_no_secret_is_in_the_log(place: Place, one: Replica) -> None:
    place.say(one, "T0ONE", "a text of somebody's")
    body = command(place.slack.url, "T0ONE", "a forged text of somebody's")
    forged = signed(body, secret="another")
    post(one.port, body, forged)
    get(one.port, "/slack/oauth_redirect?code=a-code-of-slack&state=a-state-of-ours")
    one.stop()

    told = one.log.read_text()
    secrets = ("somebody", "xoxb-", SECRET, KEY, forged["X-Slack-Signature"], "a-code-of-slack", "a-state-of-ours")
    assert "running" in told
    assert not [secret for secret in secrets if secret in told]


def test_told_to_stop_under_traffic_it_goes_in_time_and_does_what_it_has_acknowledged(
    place: Place, one: Replica
) -> None:
    place.say(one, "T0ONE", "help")
    place.slack.pause_s = 0.3
    acknowledged = list[str]()

    def talk(person: int) -> None:
        for turn in range(200):
            mark = f"{person}-{turn}"
            try:
                status, _ = place.say(one, "T0ONE", "help", response_url=f"{place.slack.url}/response/{mark}/")
            except (OSError, HTTPException):
                return
            assert status == 200
            acknowledged.append(mark)

    with ThreadPoolExecutor(AT_ONCE) as people:
        talking = [people.submit(talk, person) for person in range(AT_ONCE)]
        until(lambda: len(acknowledged) > 3 * AT_ONCE, seconds=30)
        status, seconds = one.stop()
        for talk_of_one in talking:
            talk_of_one.result()

    assert (status, seconds < PROMISED_S) == (0, True)
    answered = {asked.path.split("/")[2] for asked in place.slack.said("/response")}
    assert set(acknowledged) <= answered


@ON_SQLITE
def test_who_says_nothing_or_too_slowly_takes_no_thread_for_long(place: Place, one: Replica) -> None:
    with ExitStack() as callers:
        for said in (b"", b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{") * 100:
            caller = callers.enter_context(socket.create_connection(("127.0.0.1", one.port)))
            caller.sendall(said)
        began = time.monotonic()

        assert place.say(one, "T0ONE", "help")[0] == 200
        assert time.monotonic() - began < READING_S / 2


@ON_SQLITE
def test_with_such_callers_on_the_line_it_still_goes_in_time(one: Replica) -> None:
    with (
        socket.create_connection(("127.0.0.1", one.port)) as silent,
        socket.create_connection(("127.0.0.1", one.port)) as slow,
    ):
        slow.sendall(b"POST /slack/events HTTP/1.1\r\n")
        status, seconds = one.stop()
        assert silent.fileno() > 0

    assert (status, seconds < PROMISED_S) == (0, True)


@ON_SQLITE
def test_its_worker_is_started_again_when_it_dies(place: Place, one: Replica) -> None:
    (worker,) = subprocess.run(
        ["pgrep", "-P", str(one.process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    subprocess.run(["kill", "-KILL", worker], check=True)
    until(lambda: not one.ready(), seconds=20)
    until(one.ready, seconds=60)

    assert place.say(one, "T0ONE", "help")[0] == 200


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_replicas_do_once_what_both_are_shown(database: Database, place: Place) -> None:
    with (
        replica(place.url, place.slack.url, place.folder) as one,
        replica(place.url, place.slack.url, place.folder) as two,
        ThreadPoolExecutor(AT_ONCE) as slacks,
    ):
        bodies = [command(place.slack.url, "T0ONE", "help", trigger_id=str(turn)) for turn in range(5)]
        asked = [(port, body, signed(body)) for body in bodies for port in (one.port, two.port) * 2]
        statuses = list(slacks.map(lambda request: post(*request)[0], asked))
        until(lambda: len(place.slack.said("/response")) >= len(bodies))
        time.sleep(0.5)

        assert set(statuses) == {200}
        assert len(place.slack.said("/response")) == len(bodies)
        assert [each.stop()[0] for each in (one, two)] == [0, 0]


def test_what_is_missing_is_named(concord: Concord) -> None:
    ended = concord("serve", env={"CONCORD_SLACK_CLIENT_ID": "1.2", "CONCORD_TOKEN_KEYS": KEY})

    assert ended.exit_code == 1
    assert "CONCORD_SLACK_CLIENT_SECRET, CONCORD_SLACK_SIGNING_SECRET, CONCORD_PUBLIC_URL" in ended.stderr
    assert "concord doctor" in ended.stderr


def test_a_port_that_is_taken_is_named(concord: Concord, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = concord("serve", env=serve_environment(f"sqlite:///{tmp_path / 'a.db'}", "http://127.0.0.1:9", port))

    assert ended.exit_code == 1
    assert f"127.0.0.1:{port} cannot be listened on" in ended.stderr
    assert "CONCORD_SERVE_PORT" in ended.stderr


def test_a_fault_at_the_start_ends_it_instead_of_starting_again_for_ever(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = serve_environment(f"sqlite:///{tmp_path / 'a.db'}", "http://127.0.0.1:9", free_port())
        told["CONCORD_HEALTH_PORT"] = str(taken.getsockname()[1])
        command = (sys.executable, "-m", "bot", "serve")
        ended = subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode != 0
    assert "CONCORD_HEALTH_PORT" in ended.stderr
