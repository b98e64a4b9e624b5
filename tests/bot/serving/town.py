"""Replicas of `concord serve`, signed requests to them, and a Slack that says yes and writes down what it is asked."""

import hmac
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from socket import create_server
from typing import Any
from urllib.parse import parse_qs, urlencode

from cryptography.fernet import Fernet

from bot.addresses import EVENTS
from bot.installing.vault import FernetVault
from bot.serving.door import Door
from bot.serving.signatures import SIGNATURE, TIMESTAMP
from db.database import Database
from db.directory import Directory
from db.installations import OwnInstallation
from planning.installations.values import Installation
from tests.bot.answering import answering
from tests.bot.sandbox.world import until
from tests.builders import NOW

SECRET = "a signing secret of tests"
KEY = Fernet.generate_key().decode()
UP_S = 90.0
FORM = "application/x-www-form-urlencoded"
ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def install(database: Database, team: str) -> Installation:
    """Concord is installed in a team, as if by OAuth; its token tells which team's it is."""
    workspace = Directory(database.everywhere).workspace_for(team, team, NOW)
    token, scopes = f"xoxb-{team}", frozenset({"commands", "chat:write"})
    new = Installation(team, workspace, team, "A1", "B1", "U0BOT", token, scopes, "U1", NOW, team_id=team)
    with database.registers(workspace).writing() as register:
        return OwnInstallation.of(register, FernetVault([KEY])).keep(new)


@dataclass(frozen=True, slots=True)
class Asked:
    """A call of Slack's Web API, or an answer to a `response_url`."""

    path: str
    team: str
    """Whose token it was made with."""
    text: str


@dataclass
class Slack:
    """Says yes to everything; who a person is it says by the team of the token."""

    asked: list[Asked] = field(default_factory=list)
    pause_s: float = 0.0
    """Before each answer."""
    url: str = ""

    def answer(self, path: str, team: str, text: str) -> dict[str, Any]:
        """What is answered, a little later."""
        time.sleep(self.pause_s)
        self.asked.append(Asked(path, team, text))
        user = parse_qs(text).get("user", ["U1"])[0]
        return {"ok": True, "user": {"id": user, "team_id": team, "name": user}, "ts": "1.1", "channel": "D1"}

    def said(self, path: str) -> list[Asked]:
        """What was asked there."""
        return [one for one in self.asked if one.path.startswith(path)]


@contextmanager
def slack() -> Iterator[Slack]:
    """The Slack, at its address."""
    told = Slack()
    with answering(lambda path, token, text: told.answer(path, token.removeprefix("xoxb-"), text)) as told.url:
        yield told


@dataclass
class Replica:
    """A process of `concord serve`."""

    process: "subprocess.Popen[bytes]"
    port: int
    health: int
    log: Path

    def ready(self) -> bool:
        """Whether work may be sent its way."""
        assert self.process.poll() is None, self.log.read_text()
        return get(self.health, "/healthz/ready")[0] == 200

    def stop(self) -> tuple[int, float]:
        """SIGTERM; its exit status, and after how many seconds it was gone."""
        began = time.monotonic()
        self.process.terminate()
        return self.process.wait(60), time.monotonic() - began


@contextmanager
def replica(url: str, slack_url: str, folder: Path, **more: str) -> Iterator[Replica]:
    """A replica that is up."""
    port, health = free_port(), free_port()
    told = {**serve_environment(url, slack_url, port), "CONCORD_HEALTH_PORT": str(health), **more}
    log = folder / f"{port}.log"
    with log.open("wb") as lines:
        command = (sys.executable, "-W", "error", "-m", "bot", "serve")
        path = {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, env={**os.environ, **path, **told}, cwd=folder, stdout=lines, stderr=lines)
    try:
        found = Replica(process, port, health, log)
        until(found.ready, seconds=UP_S)
        yield found
    finally:
        process.kill()
        process.wait()


def serve_environment(url: str, slack_url: str, port: int) -> dict[str, str]:
    """What a replica is told."""
    return {
        "CONCORD_DATABASE_URL": url,
        "CONCORD_SLACK_API_URL": f"{slack_url}/api/",
        "CONCORD_SLACK_CLIENT_ID": "1.2",
        "CONCORD_SLACK_CLIENT_SECRET": "a client secret of tests",
        "CONCORD_SLACK_SIGNING_SECRET": SECRET,
        "CONCORD_PUBLIC_URL": "https://concord.example",
        "CONCORD_TOKEN_KEYS": KEY,
        "CONCORD_SERVE_PORT": str(port),
        "CONCORD_BEAT_SECONDS": "0.5",
        "NO_PROXY": "127.0.0.1",
    }


def command(slack_url: str, team: str, text: str, **more: str) -> bytes:
    """`/cx` and what is typed after it, by somebody of a team."""
    told = {
        "command": "/cx",
        "text": text,
        "team_id": team,
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": "1.2.abc",
        "response_url": f"{slack_url}/response/{team}",
        "is_enterprise_install": "false",
    }
    return urlencode({**told, **more}).encode()


def signed(body: bytes, at: float = 0.0, secret: str = SECRET) -> dict[str, str]:
    """The headers by which Slack says that it is its request, so many seconds from now."""
    stamp = str(int(time.time() + at))
    digest = hmac.new(secret.encode(), b"v0:%b:%b" % (stamp.encode(), body), sha256).hexdigest()
    return {"Content-Type": FORM, TIMESTAMP: stamp, SIGNATURE: f"v0={digest}"}


def knock(
    door: Door, body: bytes, headers: Mapping[str, str], method: str = "POST", path: str = EVENTS, **more: str
) -> tuple[int, str]:
    """What a door answers in this process; `more` stands over what gunicorn would say of the request."""
    statuses = list[str]()

    def start(status: str, _headers: list[tuple[str, str]], *_error: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return lambda _: None

    told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    fixed = {"REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": FORM}
    environ: dict[str, Any] = {**fixed, "CONTENT_LENGTH": str(len(body)), **told, **more}
    answer = b"".join(door({**environ, "wsgi.input": BytesIO(body)}, start)).decode()
    return int(statuses[0].split()[0]), answer


def post(port: int, body: bytes, headers: Mapping[str, str], path: str = EVENTS) -> tuple[int, str]:
    """What is answered to it."""
    return _asked(port, "POST", path, body, headers)


def get(port: int, path: str) -> tuple[int, str]:
    """What is answered there; nothing, as 0, where nobody listens."""
    try:
        return _asked(port, "GET", path, b"", {})
    except ConnectionError:
        return 0, ""


def _asked(port: int, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
