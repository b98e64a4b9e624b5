"""Up to schedules and down again, with data in every new place."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, create_engine, inspect, text

from db.database import open_database
from db.migrating import downgrade, upgrade
from db.registers import SqlRegister
from planning.schedules.cron import Cron
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from tests import builders
from tests.builders import NOW, at, digest
from tests.planned import preferences
from tests.scheduled import do_due, done_digest, scheduled

BEFORE = "2026_11_23_plans"
FRIDAY = (
    "INSERT INTO schedules (workspace_id, id, channel, weekday, hour, minute, zone, next_due_at, paused)"
    " VALUES ('main', 1, 'C1', 4, 16, 30, 'Europe/Oslo', :at, :paused)"
)
LAST_WEEK = (
    "INSERT INTO occurrences (workspace_id, id, schedule_id, due_at, state, claimed_at, digest, reason)"
    " VALUES ('main', 1, 1, :at, 'claimed', :at, '{}', '')"
)
NEW = {"check_ins", "detections", "paces"}


def rows(url: URL, query: str, values: Mapping[str, object] | None = None) -> Sequence[Any]:
    engine = create_engine(url)
    with engine.begin() as connection:
        found = connection.execute(text(query), values or {})
        kept = list(found) if found.returns_rows else []
    engine.dispose()
    return kept


@contextmanager
def writing(url: URL) -> Iterator[SqlRegister]:
    database = open_database(url)
    with database.registers(database.ensure_workspace().id).writing() as register:
        yield register
    database.close()


def schedule_of(url: URL, kind: ScheduleKind, subject: int = 0) -> Schedule | None:
    with writing(url) as register:
        return register.schedules.of(kind, subject)


@pytest.fixture
def before(empty_url: URL) -> URL:
    """As the release before wrote it: a digest on Fridays, last week's done, and two people who want a list or not."""
    upgrade(empty_url)
    with writing(empty_url) as register:
        builders.company(register)
        for person in (1, 2):
            register.preferences.save(preferences(person=person, weekdays=frozenset({0, 2})))
    downgrade(empty_url, BEFORE)
    rows(empty_url, FRIDAY, {"at": str(at(4, hours=6.5)), "paused": False})
    rows(empty_url, LAST_WEEK, {"at": str(at(-3, hours=6.5))})
    rows(empty_url, "UPDATE preferences SET morning = :yes, begins = '07:15' WHERE person_id = 1", {"yes": True})
    rows(empty_url, "INSERT INTO counters (workspace_id, name, last) VALUES ('main', 'schedules', 1)")
    rows(empty_url, "INSERT INTO counters (workspace_id, name, last) VALUES ('main', 'occurrences', 1)")
    return empty_url


def test_the_digest_goes_on_as_it_was(before: URL) -> None:
    upgrade(before)

    weekly = schedule_of(before, ScheduleKind.EXECUTIVE)
    assert weekly is not None
    assert (str(weekly), weekly.channel, weekly.next_due_at) == (
        "every Friday at 16:30 (Europe/Oslo)",
        "C1",
        at(4, hours=6.5),
    )
    with writing(before) as register:
        assert register.schedules.last_done_at(weekly.id) == at(-3, hours=6.5)


def test_who_wanted_a_list_has_a_schedule_in_their_own_zone(before: URL) -> None:
    upgrade(before)

    mine = schedule_of(before, ScheduleKind.PERSONAL, 1)
    assert mine is not None
    assert str(mine) == "every Monday and Wednesday at 07:15 (Europe/Oslo)"
    local = mine.next_due_at.astimezone(ZoneInfo("Europe/Oslo"))
    assert (local.weekday() in (0, 2), f"{local:%H:%M}") == (True, "07:15")
    assert timedelta() < mine.next_due_at - datetime.now(local.tzinfo) <= timedelta(days=5, hours=1)
    assert schedule_of(before, ScheduleKind.PERSONAL, 2) is None


def test_what_was_there_before_is_there_after_going_up_and_down(before: URL) -> None:
    upgrade(before)
    downgrade(before, BEFORE)

    (kept,) = rows(before, "SELECT id, channel, weekday, hour, minute, zone FROM schedules")
    assert tuple(kept) == (1, "C1", 4, 16, 30, "Europe/Oslo")
    assert [bool(row[0]) for row in rows(before, "SELECT morning FROM preferences ORDER BY person_id")] == [True, False]
    assert len(rows(before, "SELECT id FROM occurrences WHERE state = 'claimed'")) == 1


def test_a_list_that_is_paused_is_not_wanted_below(before: URL) -> None:
    upgrade(before)
    with writing(before) as register:
        mine = register.schedules.of(ScheduleKind.PERSONAL, 1)
        assert mine is not None
        register.schedules.save(replace(mine, paused=True))
    downgrade(before, BEFORE)

    assert [bool(row[0]) for row in rows(before, "SELECT morning FROM preferences")] == [False, False]


@pytest.mark.parametrize("state", [OccurrenceState.DUE, OccurrenceState.RUNNING])
def test_what_was_not_done_yet_is_due_again_below_and_done_once_above(empty_url: URL, state: OccurrenceState) -> None:
    upgrade(empty_url)
    with writing(empty_url) as register:
        weekly = scheduled(register, next_due_at=at(7))
        open_now = Occurrence(0, weekly.id, NOW, state, NOW, attempts=1, leased_until=at(minutes=5))
        register.schedules.occur(open_now)
    downgrade(empty_url, BEFORE)

    assert rows(empty_url, "SELECT id FROM occurrences") == []
    (due,) = rows(empty_url, "SELECT next_due_at FROM schedules")
    assert str(due[0]).startswith("2027-03-01 09:00")
    upgrade(empty_url)
    with writing(empty_url) as register:
        assert [one.due_at for one in do_due(register, at(0.1))] == [NOW]


def test_what_failed_is_told_as_left_out_below(empty_url: URL) -> None:
    upgrade(empty_url)
    with writing(empty_url) as register:
        done_digest(register, digest(), at(-7))
        register.schedules.occur(Occurrence(0, 1, NOW, OccurrenceState.FAILED, NOW, reason="It failed 5 times."))
    downgrade(empty_url, BEFORE)

    told = rows(empty_url, "SELECT state, reason FROM occurrences ORDER BY due_at")
    assert [tuple(one) for one in told] == [("claimed", ""), ("skipped", "It failed 5 times.")]


def test_the_other_kinds_and_the_new_tables_are_gone_below(empty_url: URL) -> None:
    upgrade(empty_url)
    with writing(empty_url) as register:
        builders.company(register)
        for kind in ScheduleKind:
            known = scheduled(register, kind, cron=Cron.of("0 9 1-7 1,4 tue"))
            register.schedules.occur(Occurrence(0, known.id, NOW, OccurrenceState.DUE, NOW))
    downgrade(empty_url, BEFORE)

    engine = create_engine(empty_url)
    assert not NEW & {*inspect(engine).get_table_names()}
    engine.dispose()
    assert len(rows(empty_url, "SELECT id FROM schedules")) == 1
