"""What a company measures, shares and wants to fix, laid over what the register knows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from planning.metrics.arranging import UNIT_MAX
from planning.metrics.values import Metric, Tension
from planning.problems.values import Problem
from planning.resources.values import Leave, Pool
from planning.text import PROBLEM_MAX, clean, clip, one_line
from planning.transfer.company import MetricPart, PoolPart, ProblemPart, TensionPart
from planning.transfer.references import References, by_name, folded
from planning.window import Window

T = TypeVar("T")


def metrics_over(
    known: Sequence[Metric], parts: Sequence[MetricPart], stages: Mapping[str, int], references: References
) -> tuple[Metric, ...]:
    """The known ones with what the file says of them, then the file's new ones; `stages` are ids by folded name."""
    found = by_name(known)
    for part in parts:
        found.setdefault(folded(part.name), Metric(-len(found) - 1, part.name))
    ids = {name: metric.id for name, metric in found.items()}
    for at, part in enumerate(parts):
        before, place = found[folded(part.name)], f"metrics.{at}"
        stage = references.find(part.stage, stages, "journey", f"{place}.stage")
        feeds = references.find(part.feeds, ids, "metrics", f"{place}.feeds")
        if feeds == before.id:
            references.fault(f"{place}.feeds", "a metric does not feed itself; name another or leave it out")
        owner = references.owner(part.owner, before.owner)
        found[folded(part.name)] = _metric(replace(before, owner=owner), part, stage, feeds)
    return tuple(found.values())


def _metric(before: Metric, part: MetricPart, stage: int | None, feeds: int | None) -> Metric:
    return replace(
        before,
        unit=clip(one_line(part.unit), UNIT_MAX) or before.unit,
        direction=part.direction or before.direction,
        stage=_or(stage, before.stage),
        baseline=_or(part.baseline, before.baseline),
        target=_or(part.target, before.target),
        target_on=part.target_date or before.target_on,
        feeds=_or(feeds, before.feeds),
    )


def _or(told: T | None, before: T | None) -> T | None:
    return before if told is None else told


def tensions_over(
    known: Sequence[Tension], parts: Sequence[TensionPart], metrics: Sequence[Metric], references: References
) -> tuple[Tension, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    ids = {name: metric.id for name, metric in by_name(metrics).items()}
    found = {frozenset((tension.first, tension.second)): tension for tension in known}
    for at, part in enumerate(parts):
        place = f"tensions.{at}"
        names = ((part.first, f"{place}.0"), (part.second, f"{place}.1"))
        ends = [id for name, where in names if (id := references.find(name, ids, "metrics", where)) is not None]
        if len(set(ends)) == 2:
            before = found.get(frozenset(ends)) or Tension(min(ends), max(ends))
            found[frozenset(ends)] = replace(before, why=one_line(part.why or "") or before.why)
        elif len(ends) == 2:
            references.fault(place, "names one metric twice; name two")
    return tuple(found.values())


def pools_over(known: Sequence[Pool], parts: Sequence[PoolPart]) -> tuple[Pool, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    found = by_name(known)
    for part in parts:
        before = found.get(folded(part.name)) or Pool(-len(found) - 1, part.name, part.capacity)
        leave = {Leave(Window(each.start, each.end), each.share): None for each in part.leave or ()}
        ordered = tuple(sorted(leave, key=lambda each: (each.window, each.share)))
        found[folded(part.name)] = replace(before, capacity=part.capacity, leave=ordered or before.leave)
    return tuple(found.values())


def problems_over(known: Sequence[Problem], parts: Sequence[ProblemPart]) -> tuple[Problem, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    found = by_name(known)
    for part in parts:
        before = found.get(folded(part.name)) or Problem(-len(found) - 1, part.name)
        statement = clip(clean(part.statement), PROBLEM_MAX) or before.statement
        needs = tuple(dict.fromkeys(part.needs)) or before.needs
        found[folded(part.name)] = replace(before, statement=statement, needs=needs)
    return tuple(found.values())
