"""What it costs to serve many workspaces: `python -m tests.benchmarks.installed --json`.

A button whose listener only acknowledges is pressed in one of 1, of 100 and of 10,000 workspaces; and in front of a
Bolt app that only acknowledges, what security is made of is added one after the other. Each request is one that was
never seen, in one process, without the network between. “Reached” is the time until the listener may begin, where
security ends; “answered” is the acknowledgement, for which Bolt looks every hundredth of a second. All that is compared
takes turns in one run.
"""

import argparse
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import numpy as np
from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import URL, insert, make_url
from structlog.testing import capture_logs

from bot.app import Listeners
from bot.clock import system_clock
from bot.crew import Tools
from bot.installing.authorizing import Authorizer
from bot.installing.known import Known
from bot.installing.vault import FernetVault
from bot.seeing.meters import Meters
from bot.serving.credentials import credentials_of
from bot.serving.door import Door
from bot.serving.gate import Gate
from bot.serving.replays import Replays
from bot.serving.serving import by_http
from bot.serving.signatures import Signatures
from bot.settings import Settings
from db.database import Database, open_database
from db.installation_rows import InstallationRow
from db.installations import Installations
from db.migrating import upgrade
from db.people import PersonRow
from db.seen_requests import SeenRequests
from db.workspaces import WorkspaceRow
from handlers.ids import Action
from tests.bot.serving.town import KEY, SECRET, knock, signed
from tests.builders import NOW
from tests.handlers.slack import WordEncoder
from tests.postgres import CRASHES, restartable

SIZES = (1, 100, 10_000)
TURNS, EACH, WARM = 40, 10, 3
PORTION = 2_000
NOWHERE = "http://127.0.0.1:9"
SETTINGS = Settings(
    slack_api_url=NOWHERE,
    slack_client_id="1.2",
    slack_client_secret=SecretStr("x"),
    slack_signing_secret=SecretStr(SECRET),
    public_url="https://concord.example",
    token_keys=SecretStr(KEY),
)
Report = dict[str, Any]


class AnySignature(Signatures):
    """Takes whatever comes."""

    def is_right(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Always."""
        return True


@dataclass
class Side:
    """Something measured: a door, and in how many workspaces there is somebody who knocks."""

    door: Door
    workspaces: int = 1
    reached: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    _at: float = 0.0

    def __post_init__(self) -> None:
        self.door.app.middleware(self._mark)

    def knock(self, body: bytes) -> None:
        """Press the button once, signed before the time begins."""
        headers = signed(body)
        began = perf_counter()
        status, _ = knock(self.door, body, headers)
        self.answered.append(1000 * (perf_counter() - began))
        self.reached.append(1000 * (self._at - began))
        if status != 200:
            raise RuntimeError(f"A request of the benchmark was answered with {status}.")

    def forget(self) -> None:
        """What was measured until now was to become warm."""
        self.reached.clear()
        self.answered.clear()

    def _mark(self, next_: Callable[[], None]) -> None:
        self._at = perf_counter()
        next_()


def run(sizes: Sequence[int] = SIZES, turns: int = TURNS) -> list[Report]:
    """The figures on each database."""
    with capture_logs():
        return [_kind(kind, sizes, turns) for kind in ("SQLite", "PostgreSQL")]


def show(reports: Sequence[Report]) -> None:
    """Print the tables."""
    for report in reports:
        print(f"\n{report['database']}, milliseconds {'':22} reached p50 {'p95':>7} {'answered p50':>13} {'p95':>7}")
        for row in (*report["installed"], *report["layers"]):
            reached, answered = row["reached"], row["answered"]
            figures = f"{reached['p50']:11.2f} {reached['p95']:7.2f} {answered['p50']:13.2f} {answered['p95']:7.2f}"
            print(f"  {row['what']:42} {figures}")
        last, share = report["installed"][-1]["what"], report["share"]
        print(f"  {last} beside the first: {report['growth']:.2f} times as long until the listener")
        print(f"  security is {share['added_ms']:.2f} ms of {share['answered_ms']:.2f} ms: {share['of_it']:.0%}")


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs."""
    return json.dumps(list(reports), indent=2)


def _kind(kind: str, sizes: Sequence[int], turns: int) -> Report:
    with ExitStack() as stack:
        urls = stack.enter_context(_addresses(kind, len(sizes)))
        databases = [stack.enter_context(_filled(url, size)) for url, size in zip(urls, sizes, strict=True)]
        installed = {_counted(size): Side(_whole(one), size) for size, one in zip(sizes, databases, strict=True)}
        layers = {what: Side(door) for what, door in _layers(databases[0]).items()}
        _measure([*installed.values(), *layers.values()], turns)
    rows, parts = [_row(*one) for one in installed.items()], [_row(*one) for one in layers.items()]
    added = rows[0]["reached"]["p50"] - parts[0]["reached"]["p50"]
    answered = rows[0]["answered"]["p50"]
    return {
        "database": kind,
        "installed": rows,
        "layers": parts,
        "growth": round(rows[-1]["reached"]["p50"] / rows[0]["reached"]["p50"], 3),
        "share": {"added_ms": round(added, 3), "answered_ms": answered, "of_it": round(added / answered, 3)},
    }


def _measure(sides: Sequence[Side], turns: int) -> None:
    random, numbers = Random(1), count()
    for turn in range(turns):
        for side in sides:
            if turn == WARM:
                side.forget()
            for _ in range(EACH):
                side.knock(_press(_team(random.randrange(side.workspaces)), next(numbers)))


def _layers(database: Database) -> Mapping[str, Door]:
    """The bare app, and before it one thing more each time."""
    hurried = Database(database.engine, in_hurry=True).everywhere
    known = Authorizer(Known(Installations(hurried, FernetVault([KEY]))))
    anybody = AuthorizeResult(enterprise_id=None, team_id=_team(0), bot_token="xoxb-1")
    replays, seal = Replays(SeenRequests(hurried)), {"signing_secret": SECRET}
    return {
        "bare: it only acknowledges": _door(AnySignature(SECRET), authorize=lambda: anybody, **_UNSIGNED),
        "+ signature": _door(Signatures(SECRET), authorize=lambda: anybody, **seal),
        "+ replays": _door(Signatures(SECRET), authorize=lambda: anybody, before_authorize=replays, **seal),
        "+ authorisation": _door(Signatures(SECRET), authorize=known, before_authorize=replays, **seal),
    }


_UNSIGNED: Mapping[str, Any] = {"signing_secret": SECRET, "request_verification_enabled": False}


def _door(signatures: Signatures, **arguments: Any) -> Door:
    logger = logging.getLogger("slack_bolt")
    app = App(client=WebClient(), logger=logger, listener_executor=Listeners(), **arguments)
    app.action(Action.OPEN_LINK)(lambda ack: ack())
    return Door(app, signatures)


def _whole(database: Database) -> Door:
    """What a replica has: also the workspace and the person are looked up, behind the wall."""
    tools = Tools(SETTINGS, database, WordEncoder(), system_clock, Meters())
    return by_http(tools, credentials_of(SETTINGS), Gate(), lambda: None)[0]


def _row(what: str, side: Side) -> Report:
    return {"what": what, "reached": _percentiles(side.reached), "answered": _percentiles(side.answered)}


def _percentiles(values: Sequence[float]) -> Mapping[str, float]:
    p50, p95 = np.percentile(values, (50, 95)).tolist()
    return {"p50": round(p50, 3), "p95": round(p95, 3)}


def _counted(size: int) -> str:
    return f"whole, {size:,} workspace{'s' if size > 1 else ''}"


def _team(number: int) -> str:
    return f"T{number:08}"


def _press(team: str, number: int) -> bytes:
    """Somebody of a team presses a button that opens a link."""
    body = {
        "type": "block_actions",
        "team": {"id": team, "domain": team.lower()},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": "U1", "username": "ana", "team_id": team},
        "trigger_id": f"1.{number}.abc",
        "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1"},
        "channel": {"id": "C1", "name": "cx"},
        "actions": [{"type": "button", "action_id": Action.OPEN_LINK, "block_id": "b", "action_ts": str(number)}],
    }
    return urlencode({"payload": json.dumps(body)}).encode()


@contextmanager
def _addresses(kind: str, wanted: int) -> Iterator[list[URL]]:
    """So many empty databases; PostgreSQL as a company has it, which says only what it has written."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        if kind == "SQLite":
            yield [make_url(f"sqlite:///{Path(folder) / f'{number}.db'}") for number in range(wanted)]
            return
        yield [stack.enter_context(restartable(CRASHES[1:])).url for _ in range(wanted)]


@contextmanager
def _filled(url: URL, workspaces: int) -> Iterator[Database]:
    """A database in which Concord is installed in so many workspaces, each with one person."""
    upgrade(url)
    database = open_database(url)
    sealed = FernetVault([KEY]).seal("xoxb-1")
    for start in range(0, workspaces, PORTION):
        rows = [_tenant(number, sealed) for number in range(start, min(workspaces, start + PORTION))]
        with database.everywhere.writing() as session:
            for table, values in zip((WorkspaceRow, InstallationRow, PersonRow), zip(*rows, strict=True), strict=True):
                session.execute(insert(table), list(values))
    yield database
    database.close()


def _tenant(number: int, sealed: bytes) -> tuple[Report, Report, Report]:
    team = _team(number)
    workspace = {"id": team, "name": team, "zone": "UTC", "slack_id": team, "extras": {}, "journey_version": 1}
    bot = {"slack_id": team, "workspace_id": team, "name": team, "team_id": team, "app_id": "A1", "bot_id": "B1"}
    token = {"token": sealed, "scopes": ["commands"], "installed_by": "U1", "installed_at": NOW, "revision": 1}
    person = {"workspace_id": team, "id": 1, "name": "Ana", "folded": "ana", "slack_id": "U1", "zone": "UTC"}
    return workspace, {**bot, **token, "bot_user_id": "U0BOT"}, {**person, "roles": []}


def main() -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many workspaces")
    options.add_argument("--turns", type=int, default=TURNS, help="how often each takes its turn")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    reports = run(given.sizes, given.turns)
    print(as_json(reports)) if given.json else show(reports)


if __name__ == "__main__":
    main()
