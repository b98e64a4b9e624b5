"""`concord demo`: everything started, the address printed, the page opened, all of it gone at the end."""

import json
import signal
import tempfile
import threading
import webbrowser
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from bot.demo.cast import insurer
from bot.demo.processes import RUN_BOT, Kept, bot_environment, end, start_workspace, wait_connected
from bot.demo.seeding import seed

DEFAULT_PORT = 8765


def show(port: int = DEFAULT_PORT, *, browser: bool = True) -> None:
    """Run the demo until Ctrl-C or SIGTERM; its data is in a temporary folder and goes with it."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    console = Console(stderr=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concord-demo-")))
        url = _start(folder, port, console, stack)
        Console().print(_welcome(url, folder), highlight=False)
        if browser:
            webbrowser.open(url)
        stop.wait()


def _start(folder: Path, port: int, console: Console, stack: ExitStack) -> str:
    cast = insurer()
    file = folder / "workspace.json"
    file.write_text(json.dumps(cast.workspace()), encoding="utf-8")
    workspace, url = start_workspace(file, port)
    stack.callback(end, workspace)
    database_url = f"sqlite:///{folder / 'concord.db'}"
    with console.status("Reading in the sample company: 90 initiatives of ten departments…"):
        seed(database_url, cast)
    stack.callback(_bot(url, database_url, folder).stop)
    with console.status("Starting the bot…"):
        wait_connected(url, next(iter(cast.people.values()))["id"])
    return url


def _bot(url: str, database_url: str, folder: Path) -> Kept:
    return Kept(RUN_BOT, bot_environment(url, database_url, beat_seconds=1), folder / "bot.log")


def _welcome(url: str, folder: Path) -> str:
    return (
        f"\nConcord is running in a local workspace: [bold]{url}[/bold]\n"
        "Open #start-here there for a five-minute tour. Nothing leaves this computer.\n"
        f"The bot's log is in {folder / 'bot.log'}; Ctrl-C ends the demo and clears its data away.\n"
    )
