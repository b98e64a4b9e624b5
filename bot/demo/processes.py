"""The demo's two processes: the local workspace, and the bot, which is started again when it dies."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.request import urlopen

from bot.demo.cast import APP_TOKEN, BOT_TOKEN

_PATIENCE_S = 10.0
_PAUSE_S = 1.0
_CONNECTING_S = 60.0
_LOOK_S = 0.2


RUN_BOT = (sys.executable, "-m", "bot", "run")


class NotStarted(Exception):
    """A process of the demo did not come up; the text says why."""


def start_workspace(file: Path, port: int) -> tuple["subprocess.Popen[str]", str]:
    """Start the local workspace; its process and its address."""
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(file), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
    said = process.stdout.readline() if process.stdout else ""
    if not said:
        raise NotStarted(f"The local workspace did not start. Is port {port} taken? Try --port 0 for any free one.")
    return process, str(json.loads(said)["url"])


def bot_environment(url: str, database_url: str, *, beat_seconds: float) -> dict[str, str]:
    """What the bot is told so that it works in the local workspace at that address."""
    return {
        "CONCORD_DATABASE_URL": database_url,
        "CONCORD_SLACK_API_URL": f"{url}/api/",
        "CONCORD_SLACK_BOT_TOKEN": BOT_TOKEN,
        "CONCORD_SLACK_APP_TOKEN": APP_TOKEN,
        "CONCORD_CLOCK_URL": f"{url}/control/clock",
        "CONCORD_BEAT_SECONDS": str(beat_seconds),
        "NO_PROXY": "127.0.0.1",
    }


def wait_connected(url: str, person: str) -> None:
    """Return when the bot answers in the local workspace."""
    for _ in range(int(_CONNECTING_S / _LOOK_S)):
        with urlopen(f"{url}/page/session?user={person}") as answer:  # noqa: S310 - our own server on this machine
            if json.load(answer)["connected"]:
                return
        time.sleep(_LOOK_S)
    raise NotStarted("The bot did not connect to the local workspace. `concord run` against it would say why.")


class Kept:
    """A process that is started again, a second later, whenever it ends by itself."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environment = {**os.environ, **environment}
        self._log = log
        self._stopping = threading.Event()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, name="bot watcher", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End it for good."""
        self._stopping.set()
        end(self._process)
        self._watcher.join()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)  # noqa: S603 - ours

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(_PAUSE_S):
                self._process = self._start()


def end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """Ask the process to stop, and make it when it does not."""
    process.terminate()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
