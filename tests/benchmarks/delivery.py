"""How fast messages are delivered: `python -m tests.benchmarks.delivery --json`.

The same messages to a thousand channels of a local workspace in a process of its own, by a bare loop over slack_sdk
and by the real outbox and its threads: once without the pace of the whole workspace, which measures the machinery, and
once with it. What a second message to the same channels waits for is read from the workspace's own log of calls. Last,
what a claim costs while ten thousand messages wait, for one conversation and for as many.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import URL, insert, text
from structlog.testing import capture_logs

from bot.app import slack_client
from bot.delivery.drawing import drawn
from bot.delivery.sending import EVENT_TYPE
from bot.delivery.worker import Deliverer
from bot.sandbox.workspace import Channel
from db.database import Database, open_database
from db.migrating import upgrade
from db.postings import MessageRow
from planning.outbox.pacing import CONVERSATION_REST, LIFTED, RATES, Method, Rates
from planning.outbox.values import Address, Delivery, MessageKind, Posting
from tests.bot.sandbox.world import BOT, BOT_TOKEN, Control, workspace_file
from tests.builders import ENCODER, NOW
from tests.postgres import postgres

CHANNELS, PACED, TWICE, WAITING = 1_000, 150, 20, 10_000
LEASE = timedelta(minutes=1)
Report = dict[str, Any]


def run(channels: int = CHANNELS, paced: int = PACED, waiting: int = WAITING) -> list[Report]:
    """For each kind of database the throughput beside a bare loop, the share of the allowed rate, and the claims."""
    with capture_logs():
        return [_measured(kind, channels, paced, waiting) for kind in ("sqlite", "postgresql")]


def show(reports: Sequence[Report]) -> None:
    """Print the tables."""
    for one in reports:
        print(f"\n{one['database']}: {one['messages']:,} messages to as many channels")
        print(f"  bare slack_sdk loop {one['bare_s']:7.2f} s")
        print(f"  outbox, no pace     {one['ours_s']:7.2f} s, {one['times']:.2f} times the bare loop")
        print(f"  outbox, paced       {100 * one['share']:6.1f} % of the allowed rate ({one['paced']} messages)")
        print(f"  least rest of a channel {one['least_rest_s']:.2f} s")
        for name, ms in one["claims"].items():
            print(f"  {name:36} {ms:7.1f} ms")


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs."""
    return json.dumps(list(reports), indent=2)


def _measured(kind: str, channels: int, paced: int, waiting: int) -> Report:
    with _database(kind) as database, _slack(channels) as url:
        client = slack_client(BOT_TOKEN, f"{url}/api/")
        _queued(database, range(channels))
        bare = _bare(database, client, channels)
        ours = _sent(database, client, LIFTED)
        _queued(database, range(TWICE), 2)
        _queued(database, range(TWICE), 3)
        _sent(database, client, LIFTED)
        _queued(database, range(paced), 4)
        slow = _sent(database, client, RATES)
        rest = _least_rest(url)
    rate = RATES[Method.POST]
    at_best = max(0.0, (paced - rate.burst) * rate.interval.total_seconds())
    with _database(kind) as database:
        claims = {**_claims(database, waiting, 1), **_claims(database, waiting, waiting)}
    told = {"messages": channels, "bare_s": bare, "ours_s": ours, "times": ours / bare, "paced": paced}
    return {"database": kind, **told, "share": at_best / slow, "least_rest_s": rest, "claims": claims}


def _queued(database: Database, channels: Sequence[int], go: int = 1) -> None:
    with database.registers(database.ensure_workspace().id).writing() as register:
        for n in channels:
            to = Address.channel(f"C{n:05}")
            register.postings.add(Posting(f"imported:{go}:{n}", MessageKind.IMPORTED, n, to), datetime.now(UTC))


def _bare(database: Database, client: WebClient, channels: int) -> float:
    """The same words with the same metadata, one after the other."""
    with database.registers("main").reading() as register:
        shown = drawn(register, Posting("", MessageKind.IMPORTED, 0, Address.channel("C")), NOW).message({})
    start = perf_counter()
    for n in range(channels):
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_key": f"bare:{n}"}}
        client.chat_postMessage(channel=f"C{n:05}", **shown.arguments(), metadata=metadata)
    return perf_counter() - start


def _sent(database: Database, client: WebClient, rates: Rates) -> float:
    sleep(CONVERSATION_REST.total_seconds())
    deliverer = Deliverer(database, lambda _id: client, lambda: datetime.now(UTC), rates=rates)
    start = perf_counter()
    deliverer.start()
    try:
        while database.outbox("main").depth():
            sleep(0.05)
        return perf_counter() - start
    finally:
        deliverer.stop()


def _least_rest(url: str) -> float:
    """The least time between two posts of ours in one channel, by the workspace's log; it may not be under a second."""
    posts = defaultdict[str, list[float]](list)
    for call in Control(url).calls("chat.postMessage"):
        if "bare" not in str(call["args"].get("metadata")):
            posts[call["args"]["channel"]].append(call["ticked"])
    least = min(after - before for times in posts.values() for before, after in pairwise(times))
    if least < CONVERSATION_REST.total_seconds():
        raise RuntimeError(f"A channel had two messages within {least:.3f} s")
    return least


def _claims(database: Database, waiting: int, conversations: int) -> dict[str, float]:
    """Milliseconds of claiming and of asking where something waits, among many."""
    database.ensure_workspace()
    rows = [_row(n, conversations) for n in range(1, waiting + 1)]
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM outbox"))
        connection.execute(insert(MessageRow), rows)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    outbox, among = replace(database.outbox("main"), rates=LIFTED), f"{waiting:,} in {conversations:,}"
    asked = [_ms(lambda: database.waiting_workspaces(NOW)) for _ in range(5)]
    claimed = [_ms(lambda: outbox.claim(NOW, LEASE, 32)) for _ in range(5)]
    return {f"claim, {among}": median(claimed), f"where something waits, {among}": median(asked)}


def _row(n: int, conversations: int) -> dict[str, Any]:
    key = {"workspace_id": "main", "id": n, "delivery_key": f"k{n}", "kind": MessageKind.IMPORTED, "subject": n}
    state = {"state": Delivery.PENDING, "created_at": NOW, "wanted": 1, "shown": 0, "attempts": 0, "payload": {}}
    return {**key, **state, "address": f"channel:C{n % conversations}"}


def _ms(action: Any) -> float:
    start = perf_counter()
    action()
    return 1000 * (perf_counter() - start)


@contextmanager
def _slack(channels: int) -> Iterator[str]:
    """A local workspace with so many channels, in a process of its own; its address."""
    made = tuple(Channel(id=f"C{n:05}", name=f"channel-{n}", members=(BOT,)) for n in range(channels))
    with TemporaryDirectory() as place:
        file = Path(place) / "workspace.json"
        file.write_text(workspace_file().model_copy(update={"channels": made}).model_dump_json())
        command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(file), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            try:
                yield str(json.loads(process.stdout.readline())["url"])
            finally:
                process.terminate()


@contextmanager
def _database(kind: str) -> Iterator[Database]:
    """A new one with all tables."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        file = URL.create("sqlite", database=str(Path(folder) / "delivery.db"))
        url = file if kind == "sqlite" else stack.enter_context(postgres())
        upgrade(url)
        yield stack.enter_context(closing(open_database(url, encoder=ENCODER)))


def main() -> None:
    """Measure, and print the table or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--channels", type=int, default=CHANNELS, help="how many channels")
    options.add_argument("--json", action="store_true", help="print JSON instead of the table")
    given = options.parse_args()
    reports = run(given.channels)
    print(as_json(reports)) if given.json else show(reports)


if __name__ == "__main__":
    main()
