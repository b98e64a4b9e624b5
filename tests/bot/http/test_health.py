"""What is asked by whoever looks after the bot."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import URL

from bot.http.health import HEALTH, LIVE, METRICS, READY, health_app
from bot.http.server import HttpServer
from bot.seeing.levels import Levels
from bot.seeing.meters import Meters
from bot.seeing.pulses import Pulse
from bot.seeing.vitals import Vitals
from db.database import Database, open_database
from db.registers import SqlRegisters
from tests.builders import NOW, posting, schedule


@dataclass
class Serving:
    connected: int = 2


@contextmanager
def asked(vitals: Vitals, meters: Meters) -> Iterator[str]:
    """The address where a bot's health is asked for."""
    server = HttpServer(health_app(vitals, meters), "127.0.0.1", 0)
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def answer(vitals: Vitals, path: str) -> tuple[int, dict[str, Any]]:
    with asked(vitals, Meters()) as address:
        try:
            with urlopen(f"{address}{path}", timeout=20) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)


def failing(vitals: Vitals, path: str) -> list[str]:
    """The checks that keep it from being well."""
    status, told = answer(vitals, path)
    names = [name for name, check in told["checks"].items() if not check["ok"]]
    assert (status, told["ok"]) == ((200, True) if not names else (503, False))
    return names


@pytest.fixture
def vitals(database: Database) -> Vitals:
    """Those of a bot that is well."""
    vitals = Vitals(database)
    vitals.come_up({"beat": Pulse(), "deliverer": Pulse()}, Serving())
    return vitals


def test_a_bot_that_is_well_says_so(vitals: Vitals) -> None:
    status, told = answer(vitals, HEALTH)

    assert (status, told["ok"]) == (200, True)
    assert {"process", "beat", "deliverer", "started", "stopping", "database", "slack"} == told["checks"].keys()


def test_one_that_comes_up_is_alive_and_not_ready(database: Database) -> None:
    assert failing(Vitals(database), LIVE) == []
    assert failing(Vitals(database), READY) == ["started", "slack"]


def test_one_that_stops_is_alive_and_not_ready(vitals: Vitals) -> None:
    vitals.drain()

    assert failing(vitals, LIVE) == []
    assert failing(vitals, READY) == ["stopping"]


def test_a_part_that_gives_no_sign_makes_it_dead_and_leaves_it_ready(vitals: Vitals) -> None:
    vitals.pulses = {"beat": Pulse(silent=-1.0), "deliverer": Pulse()}

    assert failing(vitals, LIVE) == ["beat"]
    assert failing(vitals, READY) == []


def test_without_slack_it_is_not_ready(vitals: Vitals) -> None:
    vitals.sockets = Serving(0)

    assert failing(vitals, READY) == ["slack"]


def test_without_its_database_it_is_alive_and_not_ready() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:9/none")
    vitals = Vitals(database)
    vitals.come_up({}, Serving())

    assert failing(vitals, LIVE) == []
    assert failing(vitals, READY) == ["database"]
    database.close()


def test_with_old_tables_it_is_not_ready(empty: URL) -> None:
    database = open_database(empty)
    vitals = Vitals(database)
    vitals.come_up({}, Serving())

    assert failing(vitals, READY) == ["database"]
    database.close()


@pytest.fixture
def empty(tmp_path: Any) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "empty.db"))


def test_the_meters_tell_what_waits_and_since_when(database: Database, registers: SqlRegisters) -> None:
    with registers.writing() as register:
        register.postings.add(posting(), NOW - timedelta(minutes=5))
        register.schedules.add(schedule(next_due_at=NOW - timedelta(hours=1)))
    meters = Meters(Levels(database, lambda: NOW))
    with asked(Vitals(database), meters) as address, urlopen(f"{address}{METRICS}", timeout=20) as response:
        told = response.read().decode()

    assert 'concord_outbox_waiting{state="pending"} 1.0' in told
    assert 'concord_outbox_oldest_seconds{state="pending"} 300.0' in told
    assert 'concord_due_oldest_seconds{kind="executive"} 3600.0' in told
    assert "concord_database_up 1.0" in told


def test_the_meters_are_told_while_the_database_is_down() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:9/none")
    told = Meters(Levels(database, lambda: NOW)).told().decode()
    database.close()

    assert "concord_database_up 0.0" in told


def test_however_often_the_meters_are_read_the_database_is_asked_once(
    database: Database, registers: SqlRegisters
) -> None:
    levels = Levels(database, lambda: NOW)
    before = list(levels())
    with registers.writing() as register:
        register.postings.add(posting(), NOW)

    assert list(levels()) == before
