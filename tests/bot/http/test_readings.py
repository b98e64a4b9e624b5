"""Readings by HTTP, on a real server at a free port."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.http.bodies import BYTES_MAX, READINGS_MAX
from bot.http.server import READINGS, HttpServer, readings_app
from db.database import Database
from db.registers import SqlRegisters
from planning.metrics.readings import Via
from planning.workspace.keying import make_key, revoke_key
from tests.builders import NOW, TODAY, metric, steward

SECRET = "cx_one-of-a-test"
ONE = {"metric": "Satisfaction", "on": "2027-02-28", "value": 42.5, "respondents": 310}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Caller:
    """A program with a key."""

    address: str

    def send(self, body: object, secret: str | None = SECRET, kind: str = "application/json") -> Answer:
        """POST a body: bytes as they are, everything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {secret}"} if secret else {})
        request = Request(self.address, content, headers, method="POST")
        try:
            with urlopen(request) as answer:
                return Answer(answer.status, dict(answer.headers), json.load(answer))
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), json.load(error))


@contextmanager
def listening(database: Database) -> Iterator[Caller]:
    server = HttpServer(readings_app(database, lambda: NOW), "127.0.0.1", 0)
    server.start()
    try:
        yield Caller(f"http://127.0.0.1:{server.port}{READINGS}")
    finally:
        server.stop()


@pytest.fixture
def caller(database: Database, company: SqlRegisters) -> Iterator[Caller]:
    """A program that may send readings of Satisfaction to a company."""
    with company.writing() as register:
        register.metrics.add(metric(name="Satisfaction", stage=None, owner=None, feeds=None))
        make_key(register, "Survey tool", SECRET, steward(id=1), NOW)
    with listening(database) as caller:
        yield caller


def test_readings_go_in_once_however_often_they_are_sent(caller: Caller, company: SqlRegisters) -> None:
    first, again = caller.send({"readings": [ONE]}), caller.send({"readings": [ONE]})
    amended = caller.send({"readings": [ONE | {"value": 43}]})

    assert first.status == 200
    assert first.body == {"added": 1, "amended": 0, "same": 0, "faults": [], "left_out": [], "unused": []}
    assert (again.body["same"], amended.body["amended"]) == (1, 1)
    with company.reading() as register:
        (reading,) = register.readings.of(1)[1]
        (key,) = register.api_keys.all()
    assert (reading.value, reading.respondents, reading.via, reading.version) == (43, 310, Via.CALL, 2)
    assert key.used_at == NOW


def test_what_is_right_goes_in_and_what_is_wrong_is_told_by_line_and_field(caller: Caller) -> None:
    tomorrow = {"metric": "Satisfaction", "on": TODAY.replace(day=2).isoformat(), "value": 1}
    unknown, missing = ONE | {"metric": "Joy"}, ONE | {"value": None}

    answer = caller.send({"readings": [ONE, tomorrow, unknown, missing]})

    assert (answer.status, answer.body["added"]) == (200, 1)
    faults = [(fault["line"], fault["field"]) for fault in answer.body["faults"]]
    assert faults == [(2, "on"), (3, None), (4, "value")]
    assert "2 March 2027 has not come yet" in answer.body["faults"][0]["message"]


def test_csv_is_taken_too(caller: Caller) -> None:
    answer = caller.send(b"metric,date,score,n\nsatisfaction,2027-02-28,42.5,310\n", kind="text/csv; charset=utf-8")

    assert (answer.status, answer.body["added"]) == (200, 1)


@pytest.mark.parametrize("secret", [None, "", "cx_wrong", SECRET[:-1]], ids=["none", "empty", "wrong", "cut"])
def test_without_a_key_nothing_is_said_but_how_to_get_one(caller: Caller, secret: str | None) -> None:
    answer = caller.send({"readings": [ONE]}, secret)

    assert (answer.status, answer.headers["www-authenticate"]) == (401, 'Bearer realm="concord"')
    assert "/cx setup" in answer.body["message"]


def test_a_revoked_key_is_answered_like_a_wrong_one(caller: Caller, company: SqlRegisters) -> None:
    wrong = caller.send({"readings": [ONE]}, "cx_wrong")
    with company.writing() as register:
        revoke_key(register, 1, steward(id=1), NOW)

    assert caller.send({"readings": [ONE]}).body == wrong.body


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 422),
        (b"{", "application/json", 422),
        (b"\xff", "application/json", 422),
        (b'{"readings": []}', "application/json", 422),
        (b'{"readings": [3]}', "application/json", 422),
        (b'{"readings": [{"metric": true}]}', "application/json", 422),
        (b'{"readings": [{"metric": ' + b"9" * 5_000 + b"}]}", "application/json", 422),
        (b'{"readings": [{"metric": "A"}]}', "application/json", 422),
        (b"metric\n", "text/csv", 422),
        (b"a,b\n1,2\n", "text/csv", 422),
        (b'{"readings": [{"metric": "A", "on": "2027-01-01", "value": 1, "value": 2}]}', "application/json", 422),
        (b'{"readings": [{"' + b"x" * 5_000 + b'": true}]}', "application/json", 422),
        (json.dumps({"readings": [{f"field {n}": 1} for n in range(60)]}).encode(), "application/json", 422),
        (b"metric,on,value" + b"," * 60 + b"\na,b,c\n", "text/csv", 422),
        (b"{}", "application/x-www-form-urlencoded", 415),
        (b" " * (BYTES_MAX + 1), "application/json", 413),
        (b"metric,on,value\n" + b"a,b,c\n" * (READINGS_MAX + 1), "text/csv", 413),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_with_what_to_do(
    caller: Caller, body: bytes, kind: str, status: int
) -> None:
    answer = caller.send(body, kind=kind)

    assert answer.status == status
    assert answer.body["message"].endswith(".")
    assert len(answer.body["message"]) < 500


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", "-1e400", "1e300", "9" * 4_000, '"1,234"'])
def test_a_number_that_is_none_is_told_and_not_taken(caller: Caller, value: str) -> None:
    body = json.dumps({"readings": [ONE | {"value": 0.25}]}).replace("0.25", value)

    answer = caller.send(body.encode())

    assert (answer.status, answer.body["added"]) == (200, 0)
    assert [fault["field"] for fault in answer.body["faults"]] == ["value"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "99999-01-01", "2027-02-30"])
def test_a_day_that_cannot_be_meant_is_told(caller: Caller, day: str) -> None:
    (fault,) = caller.send({"readings": [ONE | {"on": day}]}).body["faults"]

    assert fault["field"] == "on"


def test_a_mark_before_the_body_is_no_fault(caller: Caller) -> None:
    assert caller.send(b"\xef\xbb\xbf" + json.dumps({"readings": [ONE]}).encode()).body["added"] == 1


def test_two_calls_at_once_say_a_thing_once(caller: Caller, company: SqlRegisters) -> None:
    body = {"readings": [ONE | {"on": f"2027-02-{day:02}"} for day in range(1, 29)]}
    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(caller.send, [body] * 4)]

    assert [answer.status for answer in answers] == [200] * 4
    assert sorted(answer.body["added"] for answer in answers) == [0, 0, 0, 28]
    with company.reading() as register:
        assert {one.version for one in register.readings.of(1)[1]} == {1}


def test_neither_the_key_nor_the_words_of_a_call_are_logged(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        caller.send({"readings": [ONE]})
        caller.send({"readings": [ONE]}, "cx_wrong-secret")

    assert SECRET not in caplog.text
    assert "cx_wrong-secret" not in caplog.text


def test_a_port_that_is_taken_is_told_with_what_to_do(database: Database) -> None:
    with listening(database) as caller:
        port = int(caller.address.split(":")[2].split("/")[0])

        with pytest.raises(OSError, match="set CONCORD_HTTP_PORT to a free port"):
            HttpServer(readings_app(database, lambda: NOW), "127.0.0.1", port)
