"""What a company measures, shares and wants to fix, laid over what the register knows of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from planning.journey.values import Journey
from planning.metrics.checking import SOURCE_MAX, UNIT_MAX
from planning.metrics.feeding import chain_from
from planning.metrics.values import Metric, Tension
from planning.problems.values import Problem
from planning.resources.values import Leave, Pool
from planning.text import PROBLEM_MAX, clean, clip, one_line
from planning.transfer.company import MetricPart, PoolPart, ProblemPart, TensionPart
from planning.transfer.references import Numbered, References, by_name, folded
from planning.window import Window

T = TypeVar("T")


def metrics_over(
    known: Sequence[Metric], parts: Sequence[MetricPart], journey: Journey, references: References
) -> tuple[Metric, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    found = by_name(known)
    stages, segments = _ids(journey.stages), _ids(journey.segments)
    for part in parts:
        found.setdefault(folded(part.name), Metric(-len(found) - 1, part.name))
    ids = _ids(found.values())
    for at, part in enumerate(parts):
        before, place = found[folded(part.name)], f"metrics.{at}"
        stage = references.find(part.stage, stages, "journey", f"{place}.stage")
        segment = references.find(part.segment, segments, "segments", f"{place}.segment")
        feeds = references.find(part.feeds, ids, "metrics", f"{place}.feeds")
        if part.stage and part.segment:
            references.fault(f"{place}.segment", "a metric is of a stage or of customers; name one of them")
        owner = references.owner(part.owner, before.owner)
        placed = replace(before, owner=owner, feeds=_or(feeds, before.feeds))
        if stage is not None or segment is not None:
            placed = replace(placed, stage=stage, segment=segment)  # one takes the place of the other
        found[folded(part.name)] = _metric(placed, part)
    _tell_circles(parts, found, references)
    return tuple(found.values())


def _ids(things: Iterable[Numbered]) -> dict[str, int]:
    return {folded(thing.name): thing.id for thing in things}


def _tell_circles(parts: Sequence[MetricPart], metrics: Mapping[str, Metric], references: References) -> None:
    """Each circle once, at the first of its metrics in the file."""
    by_id, told = {metric.id: metric for metric in metrics.values()}, set[int]()
    for at, part in enumerate(parts):
        start = metrics[folded(part.name)]
        chain = chain_from(start.id, by_id)
        if chain[-1].feeds == start.id and start.id not in told:
            told |= {metric.id for metric in chain}
            references.fault(f"metrics.{at}.feeds", _circle(chain))
        elif start.financial and start.feeds is not None:
            references.fault(f"metrics.{at}.feeds", "a chain ends with money; leave it out, or say that it is no money")


def _circle(chain: Sequence[Metric]) -> str:
    if len(chain) == 1:
        return "a metric does not feed itself; name another or leave it out"
    named = " → ".join(f"“{clip(metric.name, 60)}”" for metric in (*chain, chain[0]))
    return f"{named}: they feed each other in a circle; take one out"


def _metric(before: Metric, part: MetricPart) -> Metric:
    return replace(
        before,
        unit=clip(one_line(part.unit), UNIT_MAX) or before.unit,
        direction=part.direction or before.direction,
        baseline=_or(part.baseline, before.baseline),
        baseline_on=part.baseline_date or before.baseline_on,
        target=_or(part.target, before.target),
        target_on=part.target_date or before.target_on,
        cadence=part.cadence or before.cadence,
        source=clip(one_line(part.source), SOURCE_MAX) or before.source,
        financial=before.financial if part.financial is None else part.financial,
    )


def _or(told: T | None, before: T | None) -> T | None:
    return before if told is None else told


def tensions_over(
    known: Sequence[Tension], parts: Sequence[TensionPart], metrics: Sequence[Metric], references: References
) -> tuple[Tension, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    ids = _ids(metrics)
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


def problems_over(
    known: Sequence[Problem], parts: Sequence[ProblemPart], references: References
) -> tuple[Problem, ...]:
    """The known ones with what the file says of them, then the file's new ones."""
    found = by_name(known)
    for part in parts:
        before = found.get(folded(part.name)) or Problem(-len(found) - 1, part.name)
        statement = clip(clean(part.statement), PROBLEM_MAX) or before.statement
        needs = tuple(dict.fromkeys(part.needs)) or before.needs
        owner = references.owner(part.owner, before.owner)
        found[folded(part.name)] = replace(before, statement=statement, needs=needs, owner=owner)
    return tuple(found.values())
