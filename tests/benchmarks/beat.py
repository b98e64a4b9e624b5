"""What a beat costs: `python -m tests.benchmarks.beat --json`.

Personal lists, of which ten are due in ten workspaces, among a thousand and among a hundred thousand, each with a due
time that is done with; and a beat with nothing due. The people are not in Slack, so that noticing, claiming and noting
what became of it is measured, and not the making of lists. On SQLite and PostgreSQL, the median of several beats.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import URL, insert, text, update
from structlog.testing import capture_logs

from bot.scheduling.beat import beat
from db.database import Database, open_database
from db.migrating import upgrade
from db.people import PersonRow
from db.schedule_rows import OccurrenceRow, ScheduleRow
from planning.schedules.values import OccurrenceState, ScheduleKind
from tests.builders import ENCODER, NOW
from tests.postgres import postgres
from tests.scheduled import ENCODER as WORDS
from tests.scheduled import still

SIZES = (1_000, 100_000)
WORKSPACES = 100
DUE, BEATS, WARM = 10, 8, 2
PORTION = 5_000
DAY = timedelta(days=1)
Report = dict[str, Any]


def run(sizes: Sequence[int] = SIZES, beats: int = BEATS) -> list[Report]:
    """For each kind of database the milliseconds of a beat at each size."""
    with capture_logs():
        return [_kind(kind, sizes, beats) for kind in ("sqlite", "postgresql")]


def show(reports: Sequence[Report]) -> None:
    """Print the table."""
    for report in reports:
        print(f"\n{report['database']}: a beat with {DUE} due, and with nothing due")
        for row in report["sizes"]:
            print(f"  {row['schedules']:9,} schedules  {row['due_ms']:9.1f} ms  {row['idle_ms']:9.2f} ms")
        grown = report["growth"]
        print(f"  {grown['times']:g} times as many: {grown['due']:.2f} times as long; idle {grown['idle']:.2f} times")


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs."""
    return json.dumps(list(reports), indent=2)


def filled(database: Database, schedules: int) -> list[str]:
    """Workspaces with as many schedules, the last of each day of which is done; their ids."""
    ids = [database.ensure_workspace(f"w{n:03}").id for n in range(WORKSPACES)]
    each = schedules // WORKSPACES
    with database.engine.begin() as connection:
        for row in (PersonRow, ScheduleRow, OccurrenceRow):
            rows = [_columns(row, id, number) for id in ids for number in range(1, each + 1)]
            for start in range(0, len(rows), PORTION):
                connection.execute(insert(row), rows[start : start + PORTION])
        for id in ids:
            counter = "INSERT INTO counters (workspace_id, name, last) VALUES (:id, 'occurrences', :last)"
            connection.execute(text(counter), {"id": id, "last": each})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return ids


def _columns(row: type[Any], workspace: str, number: int) -> dict[str, Any]:
    key = {"workspace_id": workspace, "id": number}
    if row is PersonRow:
        return {**key, "name": f"Person {number}", "folded": f"person {number}", "zone": "UTC", "roles": []}
    if row is OccurrenceRow:
        done = {"state": OccurrenceState.DONE, "reason": "", "attempts": 1}
        return {**key, "schedule_id": number, "due_at": NOW - DAY, "claimed_at": NOW - DAY, **done}
    wanted = {"kind": ScheduleKind.PERSONAL, "subject": number, "cron": "0 9 * * *", "zone": "UTC"}
    return {**key, **wanted, "channel": "", "due_at": NOW + DAY, "paused": False}


def _kind(kind: str, sizes: Sequence[int], beats: int) -> Report:
    rows = [_measured(kind, size, beats) for size in sizes]
    first, last = rows[0], rows[-1]
    growth = {name: last[f"{name}_ms"] / first[f"{name}_ms"] for name in ("due", "idle")}
    times = last["schedules"] / first["schedules"]
    return {"database": kind, "sizes": rows, "growth": {"times": times, **growth}}


def _measured(kind: str, size: int, beats: int) -> Report:
    with _database(kind) as database:
        ids = filled(database, size)
        due = [_due_beat(database, ids, number) for number in range(1, beats + WARM + 1)][WARM:]
        idle = [_seconds(database, 0) for _ in range(beats)]
    return {"schedules": size, "due_ms": 1000 * median(due), "idle_ms": 1000 * median(idle)}


def _due_beat(database: Database, ids: Sequence[str], number: int) -> float:
    """The seconds that a beat takes in which one schedule is due in each of ten workspaces."""
    with database.engine.begin() as connection:
        mine = (ScheduleRow.workspace_id.in_(ids[:: len(ids) // DUE]), ScheduleRow.id == number)
        connection.execute(update(ScheduleRow).where(*mine).values(due_at=NOW))
    return _seconds(database, DUE)


def _seconds(database: Database, due: int) -> float:
    start = perf_counter()
    done = beat(database, WORDS, still(NOW))
    seconds = perf_counter() - start
    if done != due:
        raise RuntimeError(f"{done} of {due} were done")
    return seconds


@contextmanager
def _database(kind: str) -> Iterator[Database]:
    """A new one with all tables."""
    with ExitStack() as stack:
        if kind == "sqlite":
            url = URL.create("sqlite", database=str(Path(stack.enter_context(TemporaryDirectory())) / "beat.db"))
        else:
            url = stack.enter_context(postgres())
        upgrade(url)
        database = open_database(url, encoder=ENCODER)
        stack.callback(database.close)
        yield database


def main() -> None:
    """Measure, and print the table or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many schedules")
    options.add_argument("--json", action="store_true", help="print JSON instead of the table")
    given = options.parse_args()
    reports = run(given.sizes)
    print(as_json(reports)) if given.json else show(reports)


if __name__ == "__main__":
    main()
