"""Metrics that lines name and the register does not know, made of what the lines say of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from planning.metrics.checking import SOURCE_MAX
from planning.metrics.values import Direction, Metric
from planning.text import clip
from planning.transfer.doubting import wrong_side
from planning.transfer.naming import Known
from planning.transfer.readings.values import About, Line, ReadingField
from planning.transfer.references import folded
from planning.transfer.values import Issue, IssueKind


def metrics_of(lines: Iterable[Line], known: Known) -> tuple[tuple[Metric, ...], list[Issue]]:
    """The metrics, each as its latest line tells of it, and what there is to tell."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.metric.casefold()].append(line)
    made, issues = [], []
    for group in grouped.values():
        metric, told = _metric(sorted(group, key=lambda line: line.on), known)
        made.append(metric)
        issues += told
    return tuple(made), issues


def _metric(lines: Sequence[Line], known: Known) -> tuple[Metric, list[Issue]]:
    last, about = lines[-1], _latest(lines)
    ids, missed = _places(last, about, known)
    metric = Metric(
        0,
        last.metric,
        about.unit,
        about.direction or _way(about),
        stage=ids["stage"],
        segment=ids["segment"],
        owner=ids["owner"],
        baseline=about.baseline,
        baseline_on=about.baseline_on,
        target=about.target,
        target_on=about.target_on,
        cadence=about.cadence,
        source=about.source or (clip(last.full, SOURCE_MAX) if last.full != last.metric else ""),
    )
    return metric, [*missed, *_shortened(lines[0]), *_differing(lines), *_doubted(last, metric)]


def _places(last: Line, about: About, known: Known) -> tuple[dict[str, int | None], list[Issue]]:
    """The numbers of what the metric is of and of its owner, and what of these cannot be."""
    named = {
        "stage": (about.stage, known.journey.stage_names()),
        "segment": (about.segment, known.journey.segment_names()),
        "owner": (about.owner, known.people_names),
    }
    ids = {field: _id(name, names) for field, (name, names) in named.items()}
    if ids["stage"] is not None:
        ids["segment"] = None  # a metric is of a stage or of customers
    missed = [
        Issue(last.line, IssueKind.LEFT_OUT, f"{_WHY_NOT[field]}; the metric is made without", field, name)
        for field, (name, _) in named.items()
        if name and ids[field] is None
    ]
    return ids, missed


_WHY_NOT = {
    "stage": "is no stage of the journey",
    "segment": "is no segment that we know, or the metric is of a stage already",
    "owner": "is nobody whom we know",
}


def _latest(lines: Sequence[Line]) -> About:
    """What the lines say last of each field: a target is moved, and the latest one counts."""
    said: dict[str, Any] = {}
    for line in lines:
        said |= {
            each.name: value for each in fields(About) if (value := getattr(line.about, each.name)) not in ("", None)
        }
    return About(**said)


def _way(about: About) -> Direction:
    """Towards the target, when nobody said which way is better."""
    down = about.baseline is not None and about.target is not None and about.target < about.baseline
    return Direction.DOWN if down else Direction.UP


def _id(name: str, names: Mapping[int, str]) -> int | None:
    return next((id for id, known in names.items() if folded(known) == folded(name)), None) if name else None


def _shortened(line: Line) -> list[Issue]:
    if line.full == line.metric:
        return []
    reason = "is too long a name; the metric gets its beginning with a mark, and keeps the whole as its source"
    return [Issue(line.line, IssueKind.NOTED, reason, str(ReadingField.METRIC))]


def _differing(lines: Sequence[Line]) -> list[Issue]:
    """A metric has one baseline and one target; lines that differ are told."""
    told = []
    for field in ("baseline", "target"):
        said = {getattr(line.about, field): line.line for line in lines if getattr(line.about, field) is not None}
        if len(said) > 1:
            each = ", ".join(f"{value:g} (line {line})" for value, line in said.items())
            reason = f"has several {field}s: {each}; the latest is taken"
            told.append(Issue(lines[-1].line, IssueKind.NOTED, reason, "", lines[-1].full))
    return told


def _doubted(line: Line, metric: Metric) -> list[Issue]:
    doubt = wrong_side(metric)
    return [Issue(line.line, IssueKind.NOTED, doubt, "", line.full)] if doubt else []
