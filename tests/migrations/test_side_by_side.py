"""While replicas are restarted one by one, some of the release before work beside those of this one.

Their statements are written out here as that release sends them: with its columns, and none of the new ones.
"""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import URL, text

from db.database import open_database
from db.engine import open_engine
from db.registers import SqlRegisters
from planning.outbox.values import MessageKind
from planning.schedules.defaults import add_usual
from planning.schedules.values import OccurrenceState
from tests.builders import NOW, at, company, schedule
from tests.scheduled import do_due, weekly

DUE = "SELECT id FROM schedules WHERE workspace_id = 'main' AND next_due_at <= :now AND NOT paused"
OCCUR = (
    "INSERT INTO occurrences (workspace_id, id, schedule_id, due_at, state, claimed_at, digest, reason) "
    "VALUES ('main', 900, :schedule, :due_at, 'claimed', :due_at, '{}', '') ON CONFLICT DO NOTHING RETURNING id"
)
ADVANCE = "UPDATE schedules SET next_due_at = :then WHERE workspace_id = 'main' AND id = :schedule"
QUEUE = (
    "INSERT INTO outbox (workspace_id, id, delivery_key, kind, subject, address, payload, state, created_at, wanted, "
    "shown, attempts, error, follows) VALUES ('main', 900, 'digest:900', 'digest', 900, 'channel:C1', '{}', 'pending', "
    ":now, 1, 0, 0, '', '')"
)


def before(url: URL, statement: str, **values: Any) -> list[Any]:
    """What a replica of the release before gets for a statement of its own."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            found = connection.execute(text(statement), {name: _sent(url, value) for name, value in values.items()})
            return list(found.scalars()) if found.returns_rows else []
    finally:
        engine.dispose()


def _sent(url: URL, value: Any) -> Any:
    """SQLite keeps moments as text, in UTC."""
    is_moment = isinstance(value, datetime) and url.get_backend_name() == "sqlite"
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if is_moment else value


@pytest.fixture
def executive(registers: SqlRegisters) -> int:
    """The number of the executives' digest, due now; everything usual is due as well."""
    with registers.writing() as register:
        company(register)
        id = register.schedules.add(schedule()).id
        add_usual(register, NOW, lambda _schedule, now: now)
    return id


def test_the_release_before_sees_no_schedule_but_the_executives(database_url: URL, executive: int) -> None:
    assert before(database_url, DUE, now=at(30)) == [executive]


def test_what_the_release_before_has_done_is_not_done_again(
    registers: SqlRegisters, database_url: URL, executive: int
) -> None:
    assert before(database_url, OCCUR, schedule=executive, due_at=NOW) == [900]
    before(database_url, ADVANCE, schedule=executive, then=at(7))

    with registers.writing() as register:
        do_due(register, NOW, weekly)
        made = register.schedules.history(executive, 10).items
    assert [one.state for one in made] == [OccurrenceState.DONE]
    assert digests(database_url) == []


def test_what_this_release_has_noticed_is_not_due_for_the_release_before(
    registers: SqlRegisters, database_url: URL, executive: int
) -> None:
    with registers.writing() as register:
        do_due(register, NOW, weekly)

    assert before(database_url, DUE, now=NOW) == []
    assert before(database_url, OCCUR, schedule=executive, due_at=NOW) == []
    assert len(digests(database_url)) == 1


def test_what_the_release_before_queues_is_sent(database_url: URL, executive: int) -> None:
    before(database_url, QUEUE, now=NOW)

    assert digests(database_url) == ["digest:900"]


def digests(url: URL) -> list[str]:
    """The delivery keys of the digests that wait to be sent."""
    database = open_database(url)
    try:
        messages = database.outbox("main").page(100).items
        return [one.posting.delivery_key for one in messages if one.posting.kind is MessageKind.DIGEST]
    finally:
        database.close()
