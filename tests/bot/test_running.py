"""The real process: it says how it is, and its log holds nothing that people wrote, at any level."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from bot.demo.processes import RUN_BOT, bot_environment
from bot.sandbox.server import Sandbox, running
from bot.sandbox.workspace import WorkspaceFile
from tests.bot.http.test_server import free_port
from tests.bot.sandbox.world import APP_TOKEN, BOT_TOKEN, Control, page_user, until
from tests.bot.town import ADA, MARKET, workspace_file

SECRETS = (
    "Projektgeheimnis",
    "xoxb-999-typed-by-somebody",
    "{Klammergeheimnis",
    "Zeilen\nGeheimnis",
    "<!channel> Rundruf",
)
LEAKS = ("geheimnis", "Geheimnis", "Rundruf", "typed-by-somebody", BOT_TOKEN, APP_TOKEN)


@dataclass
class Started:
    """A bot's process, where its health is asked for, and what it logs."""

    process: "subprocess.Popen[bytes]"
    address: str
    log: Path
    sandbox: Sandbox

    def status(self, path: str) -> int:
        try:
            with urlopen(f"{self.address}{path}", timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            with error:
                return error.code
        except (URLError, ConnectionError):
            return 0

    def meters(self) -> str:
        with urlopen(f"{self.address}/metrics", timeout=10) as answer:
            return str(answer.read().decode())

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Started]:
    """A bot that tells the log all that it knows."""
    file: WorkspaceFile = workspace_file()
    with running(file) as sandbox:
        port, log = free_port(), tmp_path / "bot.log"
        settings = {
            **bot_environment(sandbox.url, f"sqlite:///{tmp_path / 'concord.db'}", beat_seconds=0.5),
            "CONCORD_SLACK_BOT_TOKEN": BOT_TOKEN,
            "CONCORD_SLACK_APP_TOKEN": APP_TOKEN,
            "CONCORD_HEALTH_PORT": str(port),
            "CONCORD_LOG_LEVEL": "debug",
        }
        with log.open("wb") as written:
            process = subprocess.Popen(RUN_BOT, env={**os.environ, **settings}, stdout=written, stderr=written)
        started = Started(process, f"http://127.0.0.1:{port}", log, sandbox)
        until(lambda: started.status("/healthz/ready") == 200, seconds=60)
        yield started
        process.terminate()
        process.wait(30)


def test_it_says_how_it_is_from_start_to_stop(bot: Started) -> None:
    assert (bot.status("/healthz"), bot.status("/healthz/live")) == (200, 200)
    until(lambda: "concord_sockets_connected 2.0" in bot.meters())

    Control(bot.sandbox.url).post("socket", {"action": "refuse"})
    until(lambda: bot.status("/healthz/ready") == 503)
    assert bot.status("/healthz/live") == 200
    bot.process.terminate()
    assert bot.process.wait(30) == 0
    assert bot.status("/healthz/live") == 0


def test_the_log_holds_nothing_that_people_wrote_and_the_key_of_each_request(bot: Started) -> None:
    control = Control(bot.sandbox.url)
    control.fault("views.open", "error", error="internal_error")
    control.fault("views.open", "error", error="expired_trigger_id")
    with page_user(bot.sandbox.url, ADA) as ada:
        for word in ("new", "new", "find", "new", "setup", "show", "propose", ""):
            for secret in SECRETS:
                ada.say(f"/cx {word} {secret}", MARKET)
        ada.look("home")
    until(lambda: sum(line["event"] == "answered" for line in bot.lines()) >= 8 * len(SECRETS))

    written = bot.log.read_text()
    assert [leak for leak in LEAKS if leak in written] == []
    answered = [line for line in bot.lines() if line["event"] == "answered" and line["kind"] == "slash_command"]
    assert len({line["request"] for line in answered}) == len(answered) == 8 * len(SECRETS)
    assert {line["user"] for line in answered} == {ADA}
    assert 'concord_ack_seconds_count{kind="slash_command"}' in bot.meters()
