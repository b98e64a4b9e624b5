"""Two replicas of this release start together on what the first release left behind."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from bot.demo.cast import insurer
from bot.demo.processes import RUN_BOT, bot_environment, end, start_workspace
from db.database import open_database
from db.migrating import check, downgrade, upgrade
from planning.outbox.values import Delivery, Message
from tests.bot.sandbox.world import Control, Json, page_user, until
from tests.migrations.first_release import FIRST, columns_of, first_release, stored, tables

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]

MONDAY = "2026-11-23T09:00:30+00:00"
"""A digest has just become due, and the one of a week ago still waits to be sent."""
DIGESTS = ["digest:1:2026-11-16T09:00:00+00:00", "digest:1:2026-11-23T09:00:00+00:00"]
ALERTS = ("alert:8:person:U0TOBIASLARKHI", "alert:9:person:U0SAOIRSEWHITL")
"""One that waited, and one whose sender died before it had posted it."""
UNTOUCHED = ("departments", "people", "stages", "segments", "touchpoints", "initiative_stages", "initiative_contacts")
TEXTS = {"initiatives": ["id", "title", "problem", "serves", "status", "joined_id"], "findings": ["id", "key"]}
READY = '"event": "running"'
STARTED_S = 90.0
SETTLED_S = 60.0
ENDED_S = 15.0


@dataclass(frozen=True)
class Upgraded:
    """Slack, the database, and the two replicas that met there."""

    url: URL
    slack: str
    replicas: tuple["subprocess.Popen[bytes]", ...]
    logs: tuple[Path, ...]

    @property
    def control(self) -> Control:
        """A look behind the scenes."""
        return Control(self.slack)

    def serving(self) -> bool:
        """Whether all replicas have started up."""
        return all(READY in log.read_text() for log in self.logs)

    def outbox(self) -> tuple[Message, ...]:
        """Every message."""
        database = open_database(self.url)
        try:
            return database.outbox("main").page(100).items
        finally:
            database.close()

    def posted(self) -> list[str]:
        """The delivery keys of all that stands in the conversations that the outbox knows, in the order there."""
        channels = {message.channel for message in self.outbox() if message.channel}
        return [key for channel in sorted(channels) for one in self._messages(channel) if (key := key_of(one))]

    def _messages(self, channel: str) -> list[Json]:
        return [] if channel.startswith("D0OLD") else self.control.messages(channel)

    def settled(self) -> bool:
        """Whether nothing waits to be sent, and the digest that has become due is there too."""
        messages = self.outbox()
        digests = [one for one in messages if one.posting.delivery_key.startswith("digest:")]
        return len(digests) == 2 and all(one.state is Delivery.SENT for one in messages)


def key_of(message: Json) -> str:
    """What the bot calls a message; nothing where a person wrote it."""
    payload: dict[str, Any] = message.get("metadata", {}).get("event_payload", {})
    return str(payload.get("delivery_key", ""))


@contextmanager
def upgraded(url: URL, folder: Path) -> Iterator[Upgraded]:
    """Start Slack, then both replicas at once."""
    file = folder / "workspace.json"
    file.write_text(json.dumps({**insurer().workspace(), "starts_at": MONDAY}), encoding="utf-8")
    process, slack = start_workspace(file, 0)
    logs = tuple(folder / f"{name}.log" for name in ("first", "second"))
    replicas = tuple(start_bot(slack, url, log) for log in logs)
    try:
        yield Upgraded(url, slack, replicas, logs)
    finally:
        for replica in replicas:
            replica.kill()
            replica.wait()
        end(process)
        assert process.stdout is not None
        process.stdout.close()


def start_bot(slack: str, url: URL, log: Path) -> "subprocess.Popen[bytes]":
    """One replica."""
    told = bot_environment(slack, url.render_as_string(hide_password=False), beat_seconds=0.3)
    with log.open("wb") as file:
        return subprocess.Popen(RUN_BOT, env={**os.environ, **told}, stdout=file, stderr=file)


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_an_upgrade_under_two_replicas_loses_and_doubles_nothing(empty_url: URL, tmp_path: Path) -> None:
    first_release(empty_url)
    before, columns, texts = stored(empty_url), columns_of(tables(empty_url)), stored(empty_url, columns=TEXTS)

    with upgraded(empty_url, tmp_path) as running:
        until(running.serving, STARTED_S)
        until(running.settled, SETTLED_S)
        assert "CX-1" in answer(running, "/cx find flooded homes")
        posted = running.posted()
        assert ended(running) == [0, 0]
    check(empty_url)
    assert sorted(posted) == sorted({*posted})
    assert [key for key in posted if key.startswith("digest:")] == DIGESTS
    assert {*ALERTS} <= {*posted}

    downgrade(empty_url, FIRST)
    after = stored(empty_url)
    assert columns_of(tables(empty_url)) == columns
    assert {table: after[table] for table in UNTOUCHED} == {table: before[table] for table in UNTOUCHED}
    assert [row for row in before["audit"] if row not in after["audit"]] == []
    assert stored(empty_url, columns=TEXTS) == texts

    upgrade(empty_url)
    check(empty_url)


def ended(running: Upgraded) -> list[int]:
    """Tell all replicas to end; their exit statuses."""
    for replica in running.replicas:
        replica.terminate()
    return [replica.wait(ENDED_S) for replica in running.replicas]


def answer(running: Upgraded, command: str) -> str:
    """What the bot tells somebody privately."""
    channel = str(insurer().channels["start-here"]["id"])
    with page_user(running.slack, str(insurer().people["Hattie Prowse"]["id"])) as hattie:
        before = len(hattie.messages(channel))
        hattie.say(command, channel=channel)
        until(lambda: len(hattie.messages(channel)) > before, SETTLED_S)
        return json.dumps(hattie.messages(channel)[before:])
