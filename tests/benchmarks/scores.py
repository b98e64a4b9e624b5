"""`python -m tests.benchmarks.scores`: the real survey results and indicators, taken in by the importer of readings.

Nothing is converted beforehand: each file goes in as it lies there, with the mapping that a person would give
`concord readings`. Every line ends in exactly one of added, the same, rejected.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from bot.importing import incoming_readings
from db.database import open_database
from db.migrating import upgrade
from db.registers import SqlRegisters
from planning.metrics.readings import Via
from planning.metrics.standing import Standing, Status, standing
from planning.register import Register
from planning.transfer.readings.values import ReadingOptions, ReadingsPlan
from planning.transfer.readings.writing import IncomingReadings, planned_readings, take_readings
from planning.transfer.values import Issue, IssueKind
from tests.shared_data import FOLDER

US_FISCAL_YEAR = 10
"""The month in which the fiscal year of the United States government begins."""


@dataclass(frozen=True)
class Source:
    """A file, the mapping that a person would say, and the day as of which its metrics are looked at."""

    name: str
    file: str
    mapping: Mapping[str, str]
    seen_on: date


SOURCES = (
    Source(
        "survey",
        "D1_us_cx_survey_results_fy21_23.csv",
        {
            "metric": "{question} – {provider}: {service}, {service_provided}, {touchpoint} ({channel}) {question_no}",
            "on": "FY{fiscal_year} Q{quarter}",
            "value": "mean",
            "respondents": "answers",
            "unit": "'mean, 1 to 5'",
            "cadence": "'quarterly'",
        },
        date(2023, 10, 1),
    ),
    Source(
        "indicators",
        "A2_us_performance_goal_kpis_fy22.csv",
        {
            "metric": "{indicator} – {target} ({department}, {goal_id})",
            "on": "FY{fiscal_yr} Q{fiscal_qtr}",
            "value": "value_current",
            "direction": "indicator_type",
            "baseline": "value_start",
            "baseline_date": "'2021-10-01'",
            "target": "value_target",
            "target_date": "'2023-09-30'",
            "cadence": "'quarterly'",
        },
        date(2022, 12, 31),
    ),
)


@dataclass
class Report:
    """What became of the lines of a file, and where its metrics stand."""

    name: str
    lines: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    again: dict[str, int] = field(default_factory=dict)
    """What the same file does a second time."""
    seconds: float = 0.0
    metrics: int = 0
    told: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Kind → reason, values taken out → lines."""
    statuses: dict[str, int] = field(default_factory=dict)
    trends: dict[str, int] = field(default_factory=dict)
    noisy: int = 0
    """Metrics whose last reading has a known noise."""
    stale: int = 0


@contextmanager
def empty_register() -> Iterator[SqlRegisters]:
    """The registers of a workspace in which nothing is registered, for as long as it is looked at."""
    with TemporaryDirectory() as place:
        url = URL.create("sqlite", database=str(Path(place) / "scores.db"))
        upgrade(url)
        database = open_database(url)
        try:
            yield database.registers(database.ensure_workspace().id)
        finally:
            database.close()


def measured(source: Source, content: bytes) -> Report:
    """Take the file in twice and look at what is there."""
    now = datetime.combine(source.seen_on, datetime.min.time(), UTC)
    options = ReadingOptions(source.seen_on, new_metrics=True, fiscal_start=US_FISCAL_YEAR)
    incoming = incoming_readings(content, options, source.mapping)
    report = Report(source.name, len(incoming.table.rows) + len(incoming.table.issues))
    with empty_register() as registers:
        begun = time.perf_counter()
        plan = _taken(registers, incoming, now)
        report.seconds = time.perf_counter() - begun
        report.counts, report.told = plan.counts(), _told(plan)
        if sum(report.counts.values()) != report.lines:
            raise AssertionError(f"{report.lines} lines became {report.counts}")
        report.again = _taken(registers, incoming, now).counts()
        with registers.reading() as register:
            _look(report, register, source.seen_on)
    return report


def _taken(registers: SqlRegisters, incoming: IncomingReadings, now: datetime) -> ReadingsPlan:
    with registers.writing() as register:
        plan = planned_readings(register, incoming)
        take_readings(register, plan, Via.FILE, now, "the file")
    return plan


def _told(plan: ReadingsPlan) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = {str(kind): defaultdict(list) for kind in IssueKind}
    for issue in plan.issues:
        found[issue.kind][_kind(issue)].append(issue.line)
    return found


def _kind(issue: Issue) -> str:
    """The reason without what is only true of its line."""
    known = next((words for words in _REASONS if words in issue.reason), issue.reason)
    return f"{issue.column}: {known}" if issue.column else known


def _look(report: Report, register: Register, today: date) -> None:
    metrics = register.metrics.all()
    readings = register.readings.of(*(metric.id for metric in metrics))
    standings = [standing(metric, readings[metric.id], today) for metric in metrics]
    report.metrics = len(metrics)
    report.statuses = {str(status): sum(one.status is status for one in standings) for status in Status}
    report.trends = dict(Counter(map(_trend, standings)))
    report.noisy = sum(one.noise is not None for one in standings)
    report.stale = sum(one.stale_since is not None for one in standings)


def _trend(one: Standing) -> str:
    if one.trend is None:
        return "fewer than three readings"
    if one.trend.way is None:
        return "may be level"
    return f"{one.trend.way}, {'better' if one.trend.better else 'worse'}"


def show(reports: list[Report]) -> None:
    """Print the tables."""
    for report in reports:
        print(f"\n{report.name}: {report.lines:,} lines, {report.metrics:,} metrics, {report.seconds:.1f} s")
        print("  first time ", _row(report.counts))
        print("  second time", _row(report.again))
        print("  statuses   ", _row(report.statuses))
        print("  trends     ", _row(report.trends))
        print(f"  noise known of {report.noisy:,}, stale {report.stale:,}")
        for kind, reasons in report.told.items():
            for reason, lines in sorted(reasons.items(), key=lambda each: -len(each[1])):
                shown = ", ".join(map(str, lines[:3]))
                print(f"  {kind}: {len(lines):,} × {reason} (lines {shown}{', …' if len(lines) > 3 else ''})")


def _row(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items())


def run() -> list[Report]:
    """Every file; ends the program, saying so, where they are not there."""
    if not FOLDER.is_dir():
        sys.exit("The real data is not beside this checkout.")
    return [measured(source, (FOLDER / source.file).read_bytes()) for source in SOURCES]


def as_json(reports: list[Report]) -> str:
    """The reports for programs."""
    return json.dumps([asdict(report) for report in reports], indent=1)


_REASONS = (
    "none is taken: keep the right one",
    "is too long a name",
    "on the other side of its baseline",
    "several baselines",
    "several targets",
    "says the same as line",
)

if __name__ == "__main__":
    show(run())
