"""Deciding what lines of readings do, from what the register knows; nothing is written here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from planning.metrics.readings import Reading
from planning.metrics.values import Metric
from planning.transfer import dates
from planning.transfer.naming import Known
from planning.transfer.readings.making import metrics_of
from planning.transfer.readings.rows import LineReader
from planning.transfer.readings.values import (
    Line,
    Outcome,
    PlannedReading,
    ReadingColumns,
    ReadingField,
    ReadingOptions,
    ReadingsPlan,
)
from planning.transfer.references import by_name
from planning.transfer.values import Issue, IssueKind, Table

Present = Callable[[Collection[int]], Mapping[int, Sequence[Reading]]]
"""The readings that count of metrics, by their numbers."""
_DATES = (ReadingField.ON, ReadingField.BASELINE_ON, ReadingField.TARGET_ON)


def plan_readings(
    table: Table, mapping: ReadingColumns, known: Known, present: Present, options: ReadingOptions
) -> ReadingsPlan:
    """What taking the lines in does: each with its outcome, and an issue for each thing to tell."""
    metrics = by_name(known.metrics)
    lines, issues = _read(table, mapping, metrics, options)
    unknown = Counter(line.metric for line in lines if line.metric.casefold() not in metrics)
    if not options.new_metrics:
        issues += [_stranger(line) for line in lines if line.metric in unknown]
        lines = [line for line in lines if line.metric not in unknown]
    single, doubles = _distinct(lines)
    new = [line for line, _ in single if line.metric in unknown]
    making, told = metrics_of(new, known)
    ids = {metrics[line.metric.casefold()].id for line, _ in single if line.metric not in unknown}
    there = present({id for id in ids if id > 0})  # one that a company's file brings has none yet
    by_day = {(metric, one.on): one for metric, readings in there.items() for one in readings}
    rows = [_planned(line, metrics, by_day, repeated=repeated) for line, repeated in single]
    ordered = sorted((*table.issues, *issues, *doubles, *told), key=lambda issue: issue.line)
    return ReadingsPlan(table.columns, mapping, tuple(rows), tuple(ordered), making, unknown)


def _read(
    table: Table, mapping: ReadingColumns, metrics: Mapping[str, Metric], options: ReadingOptions
) -> tuple[list[Line], list[Issue]]:
    places = [place for each in _DATES if each in mapping.templates for place in mapping.templates[each].places]
    order = dates.order_in(row.cells[place] for row in table.rows for place in places)
    names = {folded: metric.name for folded, metric in metrics.items()}
    reader = LineReader(table.columns, mapping, names, dates.Reading(order, options.fiscal_start), options)
    read = [reader.read(row) for row in table.rows]
    return [line for line, _ in read if line is not None], [issue for _, issues in read for issue in issues]


def _stranger(line: Line) -> Issue:
    reason = "is not a metric; correct the name, or add it in /cx setup first"
    return Issue(line.line, IssueKind.REJECTED, reason, "", line.full)


def _distinct(lines: Iterable[Line]) -> tuple[list[tuple[Line, bool]], list[Issue]]:
    """Each line with whether an earlier one says it already; of lines that contradict each other none."""
    grouped: dict[tuple[str, date], list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.metric.casefold(), line.on].append(line)
    kept, issues = [], []
    for group in grouped.values():
        if len({line.said for line in group}) > 1:
            issues += [_contradiction(line, group) for line in group]
            continue
        kept += [(line, line is not group[0]) for line in group]
        issues += [_repeated(line, group[0]) for line in group[1:]]
    return kept, issues


def _contradiction(line: Line, group: Sequence[Line]) -> Issue:
    others = [other for other in group if other is not line]
    said = ", ".join(f"line {other.line} says {_value(other)}" for other in others[:3])
    more = f" and {len(others) - 3} more lines differ" if len(others) > 3 else ""
    reason = f"says {_value(line)} for {line.on}, but {said}{more}; none is taken: keep the right one"
    return Issue(line.line, IssueKind.REJECTED, reason, "", line.full)


def _value(line: Line) -> str:
    answers = "" if line.respondents is None else f" ({line.respondents:,} respondents)"
    return f"{line.value:g}{answers}"


def _repeated(line: Line, first: Line) -> Issue:
    return Issue(line.line, IssueKind.NOTED, f"says the same as line {first.line}; taken once")


def _planned(
    line: Line, metrics: Mapping[str, Metric], by_day: Mapping[tuple[int, date], Reading], *, repeated: bool
) -> PlannedReading:
    metric = metrics.get(line.metric.casefold())
    before = by_day.get((metric.id, line.on)) if metric is not None else None
    if repeated or (before is not None and _says(before, line)):
        return PlannedReading(line, Outcome.SAME)
    if before is None:
        return PlannedReading(line, Outcome.ADDED)
    return PlannedReading(line, Outcome.AMENDED, before.value)


def _says(before: Reading, line: Line) -> bool:
    """Whether it is on record; a line that names no respondents takes none away."""
    return before.value == line.value and line.respondents in (None, before.respondents)
