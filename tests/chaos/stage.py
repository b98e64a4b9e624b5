"""The real processes of a demo, one by one: a local workspace that lives on, and a bot that can be killed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.cast import Cast, insurer
from bot.demo.processes import RUN_BOT, bot_environment
from db.database import Database, open_database
from planning.outbox.values import Message
from tests.bot.sandbox.world import Control, Json, exchange, until

LEASE_S = 61
"""A message that a killed bot was sending is taken over after this long."""


@dataclass
class Stage:
    """A local workspace with the sample company, and the bot's process while it runs."""

    url: str
    database_url: str
    cast: Cast
    control: Control
    bot: "subprocess.Popen[bytes] | None" = field(default=None)

    def start_bot(self) -> None:
        """Start the bot and wait until it is connected."""
        assert self.bot is None
        settings = bot_environment(self.url, self.database_url, beat_seconds=0.3)
        self.bot = subprocess.Popen(RUN_BOT, env={**os.environ, **settings})
        until(lambda: self.session(self.person("Ruth Calloway"))["connected"], seconds=60)

    def kill_bot(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.bot is not None
        self.bot.kill()
        self.bot.wait()
        self.bot = None

    def kill_bot_while(self, fault: str) -> None:
        """Wait until a request of the bot is held there, then kill it; what was held never goes on."""
        until(lambda: self.control.faults()[fault]["holding"], seconds=60)
        self.kill_bot()
        until(lambda: not self.control.faults()[fault]["holding"], seconds=20)
        self.control.clear_faults()

    def person(self, name: str) -> str:
        """The Slack id of somebody of the company."""
        return str(self.cast.people[name]["id"])

    def channel(self, name: str) -> str:
        """The id of a channel."""
        return str(self.cast.channels[name]["id"])

    def session(self, user: str) -> Json:
        """What the page knows of somebody's workspace."""
        return dict(exchange(f"{self.url}/page/session?user={user}"))

    def move_clock(self, **order: object) -> None:
        """Move the workspace's time forward."""
        self.control.post("clock", order)

    @property
    def database(self) -> Database:
        """The bot's database, as another process sees it."""
        return open_database(self.database_url)

    def stored(self) -> list[Message]:
        """Every message of the outbox."""
        database = self.database
        try:
            return list(database.outbox(database.workspaces()[0].id).page(100).items)
        finally:
            database.close()


@contextmanager
def staged(folder: Path, template: Path) -> Iterator[Stage]:
    """A stage with a fresh copy of the seeded register, and no bot yet."""
    cast = insurer()
    file = folder / "workspace.json"
    file.write_text(json.dumps(cast.workspace()), encoding="utf-8")
    shutil.copyfile(template, folder / "concord.db")
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(file), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as workspace:
        assert workspace.stdout is not None
        url = json.loads(workspace.stdout.readline())["url"]
        stage = Stage(url, f"sqlite:///{folder / 'concord.db'}", cast, Control(url))
        try:
            yield stage
        finally:
            if stage.bot is not None:
                stage.kill_bot()
            workspace.terminate()
