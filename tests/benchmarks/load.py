"""How long Slack waits for an acknowledgement: `python -m tests.benchmarks.load --json`.

`/cx find` and the form of a new initiative, with 10,000 stored, at 1, 10 and 50 people at once; beside a Bolt app that
only acknowledges, served by the same server in the same run. However many they are, together they do about as much: ten
searches a second, or five forms in two seconds, each of which is sent once or twice. Fifty people who fill in a form in
twenty seconds are busier than a company is.
"""

import argparse
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import URL, make_url

from bot.encoder import open_encoder
from db.database import open_database
from db.migrating import upgrade
from tests.benchmarks.clients import Act, Times, find, register, timed
from tests.benchmarks.served import TEAM
from tests.benchmarks.stored import Made, store
from tests.postgres import postgres

STORED = 10_000
SHORT = 8
PEOPLE = (1, 10, 50)
SECONDS = {"find": 10.0, "new": 20.0}
EVERY_S = {"find": 0.1, "new": 0.4}
"""Between two things that people do, all together."""
BARE_SHARE = 3
"""The bare app is measured for a part of the time: it is as quick with one as with another."""
SLACK_WAITS_MS = 3_000
WORKERS, THREADS = 2, 32
WORDS = ("customer", "renewal", "invoice", "claims", "service", "portal", "onboarding", "data", "letters", "digital")
SIDES = ("bare", "concord")
Report = dict[str, Any]


def run(stored: int = STORED, people: Sequence[int] = PEOPLE, share: float = 1) -> Report:
    """The figures on each database; `share` of the time makes it shorter."""
    encoder = open_encoder()
    made = Made.of(stored, encoder)
    with TemporaryDirectory() as folder, postgres() as server:
        urls = {"SQLite": make_url(f"sqlite:///{Path(folder) / 'load.db'}"), "PostgreSQL": server}
        for url in urls.values():
            upgrade(url)
            database = open_database(url, encoder=encoder.version)
            store(database.registers(database.ensure_workspace(name="Load", slack_id=TEAM).id), made)
            database.close()
        return {name: measured(url, made, people, share) for name, url in urls.items()}


def show(report: Report) -> None:
    """Print a table for each database."""
    print("\nAcknowledged within, in milliseconds; “later”: forms whose answer followed in the modal")
    for name, rows in report.items():
        print(f"\n  {name:40} {'p50':>8} {'p99':>8} {'most':>9} {'requests':>10} {'later':>6} {'beside bare: p50':>18}")
        for row in rows:
            bare, ours = row["bare"], row["concord"]
            _show_line(f"{row['what']}, {row['people']} people, bare", bare, "")
            _show_line(f"{row['what']}, {row['people']} people", ours, f"{ours['p50'] / bare['p50']:.1f} times")


def refuse_late(report: Report) -> None:
    """End the program, saying so, when something was acknowledged too late for Slack, or not at all."""
    late = [row for rows in report.values() for row in rows if _is_late(row["concord"])]
    if late:
        sys.exit(f"Slack would not have waited: {late}")


def as_json(report: Report) -> str:
    """The report for programs."""
    return json.dumps(report, indent=2)


def _is_late(times: Report) -> bool:
    return bool(times["most"] > SLACK_WAITS_MS or times["refused"])


def _show_line(what: str, times: Report, beside: str) -> None:
    within = f"{times['p50']:8.1f} {times['p99']:8.1f} {times['most']:9.1f}"
    print(f"  {what:40} {within} {times['count']:10} {times['later']:6} {beside:>18}")


def measured(url: URL, made: Made, people: Sequence[int], share: float) -> list[Report]:
    """The figures on a database in which it is stored."""
    told = [text for text in made.words if len(text.split()) > SHORT]
    with _stub() as slack:
        new = partial(register, slack, made.portfolio.journey, told)
        acts: dict[str, Act] = {"find": partial(find, f"{slack}/hook", WORDS), "new": new}
        rows: list[Report] = [{"what": what, "people": count} for what in acts for count in people]
        for side in SIDES:
            with _server(side, url.render_as_string(hide_password=False), slack) as port:
                for act in acts.values():  # each process reads the portfolio and the model first
                    timed(port, act, 8, 2, 0.1)
                for row in rows:
                    what, pause_s = row["what"], row["people"] * EVERY_S[row["what"]]
                    seconds = share * SECONDS[what] / (BARE_SHARE if side == "bare" else 1)
                    row[side] = _as_row(timed(port, acts[what], row["people"], seconds, pause_s))
                    print(f"{side}, {what}, {row['people']} people: {row[side]}", file=sys.stderr, flush=True)
                    row["a_second"] = round(row["people"] / pause_s, 1)
    return rows


def _as_row(times: Times) -> Report:
    return {name: getattr(times, name) for name in times.__slots__}


@contextmanager
def _stub() -> Iterator[str]:
    port = _free_port()
    with _running([sys.executable, "-m", "tests.benchmarks.stub", str(port)], port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _server(side: str, url: str, slack: str) -> Iterator[int]:
    port = _free_port()
    options = ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--timeout", "120"]
    app = f"tests.benchmarks.served:{side}({url!r}, {slack!r})"
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", *options]
    with _running(command, port):
        yield port


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("A server of the load benchmark did not start.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stored", type=int, default=STORED, help="how many initiatives")
    options.add_argument("--share", type=float, default=1, help="of the time that it takes otherwise")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    report = run(given.stored, share=given.share)
    print(as_json(report)) if given.json else show(report)
    refuse_late(report)


if __name__ == "__main__":
    main()
