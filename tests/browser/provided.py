"""Concord as `concord serve` runs it, and a local Slack of two workspaces and an organisation that may install it."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from cryptography.fernet import Fernet

from bot.manifest import manifest
from tests.browser.demo import WITHOUT_OURS

Json = dict[str, Any]
CLIENT, SECRET, SIGNING = "1.2", "a-client-secret", "a-signing-secret"
BOT = "U0CONCORD"
STARTING_S = 60.0


def _person(id: str, name: str, **more: str) -> Json:
    return {"id": id, "name": name.lower(), "real_name": f"{name} Ash", "tz": "Europe/Lisbon", **more}


def _workspace(id: str, name: str) -> Json:
    return {
        "team": {"id": id, "name": name, "domain": name.lower()},
        "people": [_person("U0ANA", "Ana"), _person("U0BEN", "Ben")],
        "channels": [{"id": "C0GENERAL", "name": "general", "members": ["U0ANA", "U0BEN", BOT]}],
        "bot_user_id": BOT,
    }


ORGANISATION: Json = {
    "enterprise": {"id": "E0CEDAR", "name": "Cedar Group"},
    "team": {"id": "T0NORTH", "name": "Cedar North", "domain": "cedar-north"},
    "more_teams": [{"id": "T0SOUTH", "name": "Cedar South", "domain": "cedar-south"}],
    "people": [_person("U0NORA", "Nora"), _person("U0SAM", "Sam", team="T0SOUTH")],
    "channels": [
        {"id": "C0NORTH", "name": "north", "members": ["U0NORA", BOT]},
        {"id": "C0SOUTH", "name": "south", "members": ["U0SAM", BOT], "team": "T0SOUTH"},
    ],
    "bot_user_id": BOT,
}


def provider_file(public_url: str) -> Json:
    """The app as it is registered, and the places that may install it."""
    app = {"id": "A0CONCORD", "client_id": CLIENT, "client_secret": SECRET, "signing_secret": SIGNING}
    return {
        "app": {**app, "manifest": manifest(public_url), "install_url": f"{public_url}/slack/install"},
        "workspaces": [_workspace("T0ACORN", "Acorn"), _workspace("T0BIRCH", "Birch"), ORGANISATION],
    }


@dataclass(frozen=True)
class Installed:
    """Where everything is."""

    public_url: str
    provider_url: str
    sites: Mapping[str, str]
    """Name of a workspace or organisation → its page."""
    environment: Mapping[str, str]
    """How Concord is set, for other commands of it."""

    @property
    def install_url(self) -> str:
        """Where somebody begins to install Concord."""
        return f"{self.public_url}/slack/install"

    def order(self, deed: str, **body: Any) -> Json:
        """Use the provider's control side."""
        return exchange(f"{self.provider_url}/control/{deed}", body)

    def concord(self, *command: str) -> str:
        """What another command of Concord prints."""
        words = [sys.executable, "-m", "bot", *command]
        done = subprocess.run(words, check=True, env=dict(self.environment), capture_output=True, text=True)
        return done.stdout

    def calls(self, name: str) -> list[Json]:
        """What Concord asked of a workspace."""
        found: list[Json] = exchange(f"{self.sites[name]}/control/calls")["calls"]
        return found


def exchange(url: str, body: Json | None = None) -> Json:
    """Send JSON (or nothing) and read JSON."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=15) as answer:
        return dict(json.load(answer))


@contextmanager
def served(folder: Path) -> Iterator[Installed]:
    """The local Slack and Concord, each a process of its own."""
    public_url = f"http://localhost:{_free_port()}"
    file = folder / "provider.json"
    file.write_text(json.dumps(provider_file(public_url)), encoding="utf-8")
    with _provider(file) as slack:
        environment = _environment(folder, slack, public_url)
        with _concord(environment, slack, folder / "serve.log"):
            sites = {each["name"]: each["url"] for each in slack["workspaces"]}
            yield Installed(public_url, slack["url"], sites, environment)


@contextmanager
def _provider(file: Path) -> Iterator[Json]:
    command = [sys.executable, "-m", "bot.sandbox", "--provider", str(file), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGTERM)


def _environment(folder: Path, slack: Json, public_url: str) -> dict[str, str]:
    return {
        **WITHOUT_OURS,
        "CONCORD_DATABASE_URL": f"sqlite:///{folder / 'concord.db'}",
        "CONCORD_SLACK_API_URL": slack["api_url"],
        "CONCORD_SLACK_AUTHORIZE_URL": slack["authorize_url"],
        "CONCORD_CLOCK_URL": f"{slack['url']}/control/clock",
        "CONCORD_SLACK_CLIENT_ID": CLIENT,
        "CONCORD_SLACK_CLIENT_SECRET": SECRET,
        "CONCORD_SLACK_SIGNING_SECRET": SIGNING,
        "CONCORD_PUBLIC_URL": public_url,
        "CONCORD_TOKEN_KEYS": Fernet.generate_key().decode(),
        "CONCORD_SERVE_PORT": public_url.rpartition(":")[2],
        "CONCORD_BEAT_SECONDS": "1",
        "NO_PROXY": "127.0.0.1,localhost",
    }


@contextmanager
def _concord(environment: dict[str, str], slack: Json, log: Path) -> Iterator[None]:
    words = [sys.executable, "-m", "bot"]
    subprocess.run([*words, "db", "upgrade"], check=True, env=environment, capture_output=True)
    with (
        log.open("wb") as written,
        subprocess.Popen([*words, "serve"], env=environment, stdout=written, stderr=written) as process,
    ):
        try:
            _wait_served(slack["url"], process, log)
            yield
        finally:
            process.send_signal(signal.SIGTERM)


def _wait_served(provider_url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the app takes Slack's challenge."""
    end = time.monotonic() + STARTING_S
    while not exchange(f"{provider_url}/control/verify", {})["ok"]:
        gave_up = process.poll() is not None or time.monotonic() > end
        assert not gave_up, log.read_text(encoding="utf-8")[-2000:]
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
