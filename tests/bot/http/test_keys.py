"""What a key lets a program do, and how often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db.calling import KEY_RATE, Calls
from db.database import Database
from db.registers import SqlRegisters
from planning.workspace.keying import make_key
from tests.bot.http.test_readings import ONE, SECRET, Caller, listening
from tests.builders import NOW, metric, steward

OTHER = "cx_another-of-a-test"


@pytest.fixture
def caller(database: Database, company: SqlRegisters) -> Iterator[Caller]:
    """Two programs that may send readings of Satisfaction, at an API whose clock stands still."""
    with company.writing() as register:
        register.metrics.add(metric(name="Satisfaction", stage=None, owner=None, feeds=None))
        for name, secret in (("Survey tool", SECRET), ("Telephone", OTHER)):
            make_key(register, name, secret, steward(id=1), NOW)
    with listening(database) as caller:
        yield caller


def test_who_calls_too_often_is_told_when_to_come_again_and_nobody_else_is_held_up(caller: Caller) -> None:
    statuses = [caller.send({"readings": [ONE]}).status for _ in range(KEY_RATE.burst)]
    refused = caller.send({"readings": [ONE]})

    assert set(statuses) == {200}
    assert (refused.status, refused.body["error"], refused.headers["retry-after"]) == (429, "rate_limited", "1")
    assert "Wait 1 second" in refused.body["message"]
    assert caller.send({"readings": [ONE]}, OTHER).status == 200


def test_what_cannot_be_read_counts_too(caller: Caller) -> None:
    answers = [caller.send(b"{").status for _ in range(KEY_RATE.burst + 1)]

    assert answers == [422] * KEY_RATE.burst + [429]


def test_replicas_count_together(database: Database, company: SqlRegisters) -> None:
    calls = [Calls(company.transactions, company.workspace) for _ in range(2 * KEY_RATE.burst)]
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda one: one.wait_before(1, NOW), calls))

    assert waits.count(timedelta()) == KEY_RATE.burst
    assert not calls[0].wait_before(1, NOW + KEY_RATE.interval)


def test_a_key_without_the_scope_is_told_which_one_it_lacks(caller: Caller, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.api_keys.save(replace(register.api_keys.by_id(1), scopes=frozenset()))

    answer = caller.send({"readings": [ONE]})

    assert (answer.status, answer.body["error"]) == (403, "forbidden")
    assert "readings:write" in answer.body["message"]


def test_a_key_opens_its_own_workspace_only(caller: Caller, database: Database, company: SqlRegisters) -> None:
    other = database.registers(database.ensure_workspace("other", name="Other").id)
    with other.writing() as register:
        register.metrics.add(metric(name="Satisfaction", stage=None, owner=None, feeds=None))

    assert caller.send({"readings": [ONE]}).body["added"] == 1
    with other.reading() as register:
        assert not register.readings.of(1).get(1)
