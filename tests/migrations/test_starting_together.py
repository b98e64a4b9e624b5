"""Replicas start together, one of another release among them; the tables are migrated once and nobody falls over."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Timer

import pytest
from sqlalchemy import URL, text
from structlog.testing import capture_logs

from bot.starting import CannotStart, bring_up_to_date
from db.database import open_database
from db.engine import open_engine
from db.migrating import Tables, check, current, downgrade, standing, upgrade
from tests.postgres import restartable

ROOT = Path(__file__).parent.parent.parent
REPLICAS = 3
PROGRAM = (
    "import sys; from threading import Event; from bot.starting import bring_up_to_date as up; up(sys.argv[1], Event())"
)
UNKNOWN = "2099_01_01_a_later_release"


def told(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def started_together(url: URL) -> list[tuple[int, str]]:
    """How each of the processes ended, and what it complained of."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, told(url)]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(REPLICAS)]
    complaints = [process.communicate(timeout=120)[1] for process in started]
    return [(process.returncode, said) for process, said in zip(started, complaints, strict=True)]


@pytest.mark.parametrize("revision", ["base", "-1"], ids=["empty", "the release before"])
def test_replicas_that_start_together_migrate_once(empty_url: URL, revision: str) -> None:
    upgrade(empty_url)
    downgrade(empty_url, revision)

    assert started_together(empty_url) == [(0, "")] * REPLICAS
    check(empty_url)


def to_a_later_release(url: URL) -> None:
    """As if a release that this one knows nothing of had been there."""
    upgrade(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": UNKNOWN})
    engine.dispose()


def test_a_replica_of_the_release_before_goes_on_with_the_tables_of_this_one(empty_url: URL) -> None:
    to_a_later_release(empty_url)

    with capture_logs() as logs:
        bring_up_to_date(told(empty_url), Event())

    assert current(empty_url) == UNKNOWN
    assert ["newer release" in line["event"] for line in logs] == [True]
    database = open_database(empty_url)
    assert standing(database.engine) is Tables.NEWER
    assert database.ensure_workspace(name="Harbour").name == "Harbour"
    database.close()


def test_a_bot_waits_for_postgresql_and_says_so_once() -> None:
    with restartable() as server:
        upgrade(server.url)
        server.stop()
        back = Timer(2.5, server.start)
        with capture_logs() as logs:
            back.start()
            bring_up_to_date(told(server.url), Event(), seconds=30)
            back.join()

        assert [line["event"] for line in logs] == ["the database does not answer; waiting for it"]


def test_a_bot_whose_postgresql_stays_away_says_what_to_do() -> None:
    with pytest.raises(CannotStart, match="Is it running, and is CONCORD_DATABASE_URL right"):
        bring_up_to_date("postgresql://concord:secret@127.0.0.1:9/none", Event(), seconds=0.1)


def test_a_bot_that_waits_is_told_to_stop() -> None:
    stop = Event()
    stop.set()

    with pytest.raises(CannotStart):
        bring_up_to_date("postgresql://concord:secret@127.0.0.1:9/none", stop)
