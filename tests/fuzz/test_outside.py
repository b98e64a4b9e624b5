"""What comes from outside of Slack's forms: files, calls of programs and browsers."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest
from starlette.types import Message

from bot.http.server import READINGS, readings_app
from db.database import Database
from db.registers import SqlRegisters
from planning.transfer.columns import guess_mapping
from planning.transfer.importing import plan_import
from planning.transfer.reading import read_table
from planning.transfer.values import TransferFault
from planning.workspace.keying import make_key
from tests.bot.installing.stub import Office, slack
from tests.builders import NOW, metric, steward
from tests.fuzz.hostile import things, words
from tests.planning.transfer.given import EMPTY, told

SETTINGS = settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
SECRET = "cx_one-of-a-fuzz"
COLUMNS = ("title", "problem", "department", "stages", "start date", "end date", "status", "owner", "links", "id")
READING: Mapping[str, Any] = {"metric": "Satisfaction", "on": "2027-02-28", "value": 42.5, "respondents": 310}
KINDS = ("application/json", "text/csv", "text/csv; charset=utf-16", "text/plain", "")
cells = st.lists(words, max_size=12)


def _csv(rows: list[list[str]], sign: str) -> bytes:
    lines = [sign.join(COLUMNS), *(sign.join(cell.replace('"', '""') for cell in row) for row in rows)]
    return "\n".join(lines).encode("utf-8", "replace")


files = st.one_of(st.binary(max_size=300), st.builds(_csv, st.lists(cells, max_size=6), st.sampled_from(",;\t")))
"""Any bytes, and rows of anything under columns that are known."""


@dataclass
class Called:
    """The app that programs call, with a minute between two calls."""

    database: Database
    minutes: int = 0

    def status(self, body: bytes, kind: str, key: str) -> int:
        """Of the answer to a call, each of whose headers is as it may be on a wire."""
        said = {"content-type": kind, "authorization": f"Bearer {key}"}
        headers = [(name.encode(), text.encode("utf-8", "replace")) for name, text in said.items()]
        scope = {"type": "http", "method": "POST", "path": READINGS, "query_string": b"", "headers": headers}
        heard: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            heard.append(message)

        self.minutes += 1
        asyncio.run(readings_app(self.database, self._now)(scope, receive, send))
        return int(heard[0]["status"])

    def _now(self) -> datetime:
        return NOW + timedelta(minutes=self.minutes)


@pytest.fixture
def called(database: Database, company: SqlRegisters) -> Called:
    """A company that has a key."""
    with company.writing() as register:
        register.metrics.add(metric(name="Satisfaction", stage=None, owner=None, feeds=None))
        make_key(register, "Survey tool", SECRET, steward(id=1), NOW)
    return Called(database)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A replica on a database without workspaces, and a Slack that knows no code."""
    with slack() as told_of:
        yield Office.opened(told_of, database)


@SETTINGS
@given(content=files)
def test_any_file_is_either_refused_in_words_or_previewed(content: bytes) -> None:
    try:
        table = read_table(content)
        plan = plan_import(table, guess_mapping(table, {}), EMPTY, told())
    except TransferFault:
        return
    assert sum(plan.counts().values()) <= len(table.rows) + len(table.issues)


@SETTINGS
@given(name=st.sampled_from((*READING, "else")), thing=things, raw=files, kind=st.sampled_from(KINDS), key=words)
def test_any_call_of_a_program_is_answered(
    called: Called, name: str, thing: Any, raw: bytes, kind: str, key: str
) -> None:
    reading = json.dumps({"readings": [{**READING, name: thing}]}).encode()
    whole = json.dumps({"readings": thing}).encode()
    for body, said in ((reading, KINDS[0]), (whole, KINDS[0]), (raw, KINDS[0]), (raw, kind)):
        assert called.status(body, said, SECRET) in (200, 415, 422)
    assert called.status(reading, key, key) == 401


@SETTINGS
@given(query=st.dictionaries(st.sampled_from(("state", "code", "error", "team")), words), cookie=words, raw=words)
def test_any_browser_that_comes_back_is_shown_a_page(
    office: Office, query: dict[str, str], cookie: str, raw: str
) -> None:
    state = office.desk.flow.settings.state_store.issue()
    for asked in (query, {**query, "state": state}, raw):
        for kept in (f"slack-app-oauth-state={state}", cookie):
            answer = office.desk.flow.handle_callback(BoltRequest(body="", query=asked, headers={"cookie": kept}))
            assert answer.status in (200, 400, 401)
            assert "Traceback" not in answer.body
