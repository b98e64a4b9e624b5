"""How fast messages are delivered: `python -m tests.benchmarks.delivery --json`.

The same messages to a thousand channels of a local workspace in a process of its own, by a bare loop over slack_sdk,
by bare loops in as many threads as a workspace gets from us, and by the real outbox, without the pace of the whole
workspace, which measures the machinery. The local workspace answers within a millisecond or two; so a few of them once
more, each answered as late as Slack answers. Then the outbox at its pace. What a second message to the same channels
waits for is read from the workspace's own log of calls. Last, what a claim costs while ten thousand messages wait.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from slack_sdk import WebClient
from structlog.testing import capture_logs

from bot.app import slack_client
from bot.delivery.drawing import drawn
from bot.delivery.lanes import EACH
from bot.delivery.sending import EVENT_TYPE
from bot.delivery.worker import Deliverer
from bot.sandbox.workspace import Channel
from db.database import Database
from planning.outbox.pacing import CONVERSATION_REST, LIFTED, RATES, Method, Rates
from planning.outbox.values import Address, MessageKind, Posting
from tests.benchmarks.claims import claims, new_database
from tests.bot.sandbox.world import BOT, BOT_TOKEN, Control, workspace_file
from tests.builders import NOW

CHANNELS, LATE, PACED, TWICE, WAITING = 1_000, 300, 150, 20, 10_000
ANSWER_S = 0.06
"""How late Slack answers a post, about."""
FOR_EVER = 1_000_000
Report = dict[str, Any]


def run(
    channels: int = CHANNELS, late: int = LATE, paced: int = PACED, waiting: int = WAITING, answer_s: float = ANSWER_S
) -> list[Report]:
    """For each kind of database the throughput beside bare loops, the share of the allowed rate, and the claims."""
    with capture_logs():
        return [_measured(kind, channels, late, paced, waiting, answer_s) for kind in ("sqlite", "postgresql")]


def show(reports: Sequence[Report]) -> None:
    """Print the tables."""
    for one in reports:
        print(f"\n{one['database']}")
        for race in one["races"]:
            _show_race(race)
        print(f"  outbox, paced       {100 * one['share']:6.1f} % of the allowed rate ({one['paced']} messages)")
        print(f"  least rest of a channel {one['least_rest_s']:.2f} s")
        for name, ms in one["claims"].items():
            print(f"  {name:36} {ms:7.1f} ms")


def _show_race(race: Report) -> None:
    print(f"  {race['messages']:,} messages to as many channels, answered {1000 * race['answer_s']:.0f} ms late")
    print(f"    bare slack_sdk loop     {race['bare_s']:7.2f} s")
    print(f"    bare, {EACH} threads         {race['threads_s']:7.2f} s")
    print(f"    outbox, no pace         {race['ours_s']:7.2f} s: {race['times']:.2f} times the bare loop, ", end="")
    print(f"{race['times_threads']:.2f} times the threads")


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs."""
    return json.dumps(list(reports), indent=2)


def _measured(kind: str, channels: int, late: int, paced: int, waiting: int, answer_s: float) -> Report:
    with new_database(kind) as database, _slack(channels) as url:
        client = slack_client(BOT_TOKEN, f"{url}/api/")
        races = [_raced(database, client, range(channels), "at once", 0.0)]
        Control(url).fault("chat.postMessage", "slow", times=FOR_EVER, seconds=answer_s)
        races.append(_raced(database, client, range(min(late, channels)), "late", answer_s))
        Control(url).clear_faults()
        for again in ("second", "third"):
            _queued(database, range(TWICE), again)
        _sent(database, client, LIFTED)
        _queued(database, range(paced), "paced")
        slow = _sent(database, client, RATES)
        rest = _least_rest(url)
    rate = RATES[Method.POST]
    at_best = max(0.0, (paced - rate.burst) * rate.interval.total_seconds())
    with new_database(kind) as database:
        claimed = {**claims(database, waiting, 1), **claims(database, waiting, waiting)}
    told = {"database": kind, "races": races, "paced": paced, "share": at_best / slow}
    return {**told, "least_rest_s": rest, "claims": claimed}


def _raced(database: Database, client: WebClient, channels: Sequence[int], go: str, answer_s: float) -> Report:
    """One message to each channel, in three ways."""
    _queued(database, channels, go)
    post = _bare(database, client)
    bare = _timed_bare(post, channels, 1)
    threads = _timed_bare(post, channels, EACH)
    ours = _sent(database, client, LIFTED)
    told = {"messages": len(channels), "answer_s": answer_s, "bare_s": bare, "threads_s": threads, "ours_s": ours}
    return {**told, "times": ours / bare, "times_threads": ours / threads}


def _queued(database: Database, channels: Sequence[int], go: str) -> None:
    with database.registers(database.ensure_workspace().id).writing() as register:
        for n in channels:
            to = Address.channel(f"C{n:05}")
            register.postings.add(Posting(f"imported:{go}:{n}", MessageKind.IMPORTED, n, to), datetime.now(UTC))


def _bare(database: Database, client: WebClient) -> Callable[[int], object]:
    """Posts the same words with the same metadata to a channel."""
    with database.registers("main").reading() as register:
        shown = drawn(register, Posting("", MessageKind.IMPORTED, 0, Address.channel("C")), NOW).message({})

    def post(n: int) -> object:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_key": f"bare:{n}"}}
        return client.chat_postMessage(channel=f"C{n:05}", **shown.arguments(), metadata=metadata)

    return post


def _timed_bare(post: Callable[[int], object], channels: Sequence[int], threads: int) -> float:
    with ThreadPoolExecutor(threads) as pool:
        start = perf_counter()
        list(pool.map(post, channels))
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


def main() -> None:
    """Measure, and print the table or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--channels", type=int, default=CHANNELS, help="how many channels")
    options.add_argument("--answer-ms", type=float, default=1000 * ANSWER_S, help="how late Slack answers")
    options.add_argument("--json", action="store_true", help="print JSON instead of the table")
    given = options.parse_args()
    reports = run(given.channels, answer_s=given.answer_ms / 1000)
    print(as_json(reports)) if given.json else show(reports)


if __name__ == "__main__":
    main()
