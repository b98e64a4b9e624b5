"""The migrations make the tables that the rows describe, and take them back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, inspect, make_url

from db.database import open_database
from db.engine import open_engine
from db.migrating import check, current, downgrade, pending, upgrade
from planning.plans.values import Acceptance
from tests import asked, builders, planned, proposed
from tests.builders import NOW, draft, entry, found, posting, vector
from tests.scheduled import done_digest

ROOT = Path(__file__).parent.parent.parent


def fill(url: URL) -> None:
    database = open_database(url)
    with database.registers(database.ensure_workspace().id).writing() as register:
        builders.company(register)
        register.metrics.add(builders.metric())
        register.metrics.add(builders.metric(name="Calls"))
        register.metrics.save_tensions([builders.tension()])
        register.readings.add_all([builders.reading(), builders.reading(version=2)])
        register.pools.add(builders.pool())
        register.problems.add(builders.problem(owner=1))
        register.measurements.save(builders.measurement())
        register.journeys.add_hand_off(builders.hand_off())
        register.journeys.keep_version(builders.saved_journey())
        named = {"effects": (builders.effect(),), "requests": (builders.request(),), "serves": 1}
        for n in (1, 2):
            register.initiatives.add(draft(stages=(1, 2), contacts=(builders.contact(),), **named), vector(n), NOW)
        register.findings.add(found(), NOW)
        register.preferences.save(planned.preferences())
        register.alerts.add(planned.alert())
        pledged = planned.terms(pledges=(planned.pledge(),))
        register.plans.add(planned.plan(terms=pledged, acceptances=(Acceptance(1, 1, NOW, 1),)))
        register.postings.add(posting(), NOW)
        done_digest(register, builders.digest())
        register.audit.add(entry(actor=1))
        register.api_keys.add(builders.api_key())
        register.pictures.keep("trends:1", "F1", NOW)
        register.polls.invite(register.polls.add(asked.poll(result=asked.naming_result())).id, [(1, 1)])
        register.ratifications.save_stances(register.ratifications.add(asked.ratification()).id, [asked.stance()])
        register.proposals.add(proposed.done(asked_by=1))
        register.decisions.add(planned.decision(proposal=1, plan=1, by=1, delegate=2))
    database.close()


def tables(url: URL) -> set[str]:
    engine = open_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


def is_pending(url: URL) -> bool:
    engine = open_engine(url)
    try:
        return pending(engine)
    finally:
        engine.dispose()


def test_the_migrations_equal_the_rows_on_the_way_up_and_up_again(empty_url: URL) -> None:
    assert (current(empty_url), is_pending(empty_url)) == (None, True)
    upgrade(empty_url)
    assert (current(empty_url), is_pending(empty_url)) == ("2026_11_26_walls", False)
    check(empty_url)

    fill(empty_url)
    upgrade(empty_url)
    check(empty_url)
    downgrade(empty_url, "base")
    assert (tables(empty_url), current(empty_url)) == (set(), None)

    upgrade(empty_url)
    check(empty_url)
    fill(empty_url)


def test_processes_that_start_together_migrate_once(empty_url: URL) -> None:
    program = "import sys; from db.migrating import upgrade; upgrade(sys.argv[1])"
    command = [sys.executable, "-W", "error", "-c", program, empty_url.render_as_string(hide_password=False)]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]

    assert [process.communicate(timeout=120)[1] for process in started] == [""] * 3
    assert [process.returncode for process in started] == [0] * 3
    check(empty_url)


@pytest.mark.parametrize("way", ["option", "environment"])
def test_alembic_can_be_used_by_hand(tmp_path: Path, way: str) -> None:
    url = f"sqlite:///{tmp_path}/concord.db"
    option = ["-x", f"url={url}"] if way == "option" else []
    environment = {**os.environ, "CONCORD_DATABASE_URL": "" if way == "option" else url}
    alembic = [sys.executable, "-m", "alembic", *option]

    subprocess.run([*alembic, "upgrade", "head"], cwd=ROOT, env=environment, check=True, capture_output=True)

    assert not is_pending(make_url(url))
    check(url)


def test_by_hand_it_asks_which_database() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "CONCORD_DATABASE_URL"}
    alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
    asked = subprocess.run(alembic, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)

    assert asked.returncode != 0
    assert "Which database?" in asked.stderr
