"""Everything that a run of chaos has: Slack, the database, the replicas and their clocks."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import URL

from bot.demo.processes import bot_environment
from db.database import Database, open_database
from db.registers import SqlRegisters
from tests.bot.sandbox.world import Control, Json
from tests.chaos.clocks import Clocks, ticking
from tests.chaos.company import TEAM, found_company, workspace_file
from tests.chaos.replicas import Replica, Replicas
from tests.postgres import Server, restartable

BEAT_S = 0.3
TIMEOUT_S = 1.0
"""How long a bot waits for Slack's answer; its leases are made of it."""
IDLE_MS = 3000
"""How long PostgreSQL lets a transaction wait for a process that has stopped; shorter than we stop one."""
REPLICAS = {"postgresql": 3, "sqlite": 1}


@dataclass
class World:
    """A company, its Slack and the bots that serve it."""

    url: str
    database_url: URL
    control: Control
    clocks: Clocks
    replicas: Replicas
    postgres: Server | None
    calls: list[Json] = field(default_factory=list)
    """Everything that the bots asked of Slack, as far as it was fetched."""

    @cached_property
    def database(self) -> Database:
        """The bots' database, as another process sees it."""
        return open_database(self.database_url)

    @cached_property
    def registers(self) -> SqlRegisters:
        """The company's."""
        return self.database.workspace(TEAM)

    def fetch_calls(self) -> None:
        """Read on in Slack's log, which forgets old calls."""
        since = self.calls[-1]["seq"] if self.calls else 0
        self.calls += self.control.read(f"calls?since={since}")["calls"]


@contextmanager
def created(kind: str, folder: Path) -> Iterator[World]:
    """A world on a database of a kind, with its replicas started; all of it is gone at the end."""
    with ExitStack() as stack:
        server = stack.enter_context(restartable()) if kind == "postgresql" else None
        database = _impatient(server.url) if server else URL.create("sqlite", database=str(folder / "concord.db"))
        found_company(database)
        slack = stack.enter_context(_slack(folder))
        clocks = stack.enter_context(ticking(Control(slack)))
        names = [f"replica-{number}" for number in range(1, REPLICAS[kind] + 1)]
        replicas = Replicas([_replica(name, slack, database, clocks, folder) for name in names])
        world = World(slack, database, Control(slack), clocks, replicas, server)
        stack.callback(world.database.close)
        stack.callback(replicas.stop)
        replicas.start()
        yield world


def _impatient(url: URL) -> URL:
    return url.update_query_dict({"options": f"-c idle_in_transaction_session_timeout={IDLE_MS}"})


@contextmanager
def _slack(folder: Path) -> Iterator[str]:
    file = folder / "workspace.json"
    file.write_text(json.dumps(workspace_file()), encoding="utf-8")
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(file), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.kill()


def _replica(name: str, slack: str, database: URL, clocks: Clocks, folder: Path) -> Replica:
    environment = bot_environment(slack, database.render_as_string(hide_password=False), beat_seconds=BEAT_S)
    more = {"CONCORD_CLOCK_URL": f"{clocks.url}/{name}", "CONCORD_SLACK_TIMEOUT_SECONDS": str(TIMEOUT_S)}
    return Replica(name, environment | more, folder / f"{name}.log")
