"""The stewards' metrics, and which of them pull against each other."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from math import isfinite

from planning.alerts.announcing import announce
from planning.audit.values import Entry
from planning.errors import FieldError
from planning.findings.refreshing import refresh
from planning.metrics.values import Metric, Tension
from planning.naming import free_name
from planning.register import Register
from planning.text import one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

UNIT_MAX = 30


def save_metric(register: Register, metric: Metric, tense: Collection[int], actor: Person, now: datetime) -> Metric:
    """Make a metric (`id` 0) or change it; `tense` are exactly those that it pulls against. Raises FieldError."""
    check_steward(register, actor)
    known = {one.id: one for one in register.metrics.all()}
    name = free_name(metric.name, {id: one.name for id, one in known.items()}, metric.id)
    metric = replace(metric, name=name, unit=one_line(metric.unit))
    _check(register, metric, tense, known)
    if metric.id:
        register.metrics.save(metric)
    else:
        metric = register.metrics.add(metric)
    _save_tensions(register, metric.id, set(tense))
    register.audit.add(Entry(now, "metric.saved", f"metric:{metric.id}", actor.id, {"name": name}))
    announce(register, refresh(register, now), actor, now)
    return metric


def _check(register: Register, metric: Metric, tense: Collection[int], known: Mapping[int, Metric]) -> None:
    numbers = {"baseline": metric.baseline, "target": metric.target}
    errors = {field: "Give a number, or nothing." for field, one in numbers.items() if one and not isfinite(one)}
    if len(metric.unit) > UNIT_MAX:
        errors["unit"] = f"Use at most {UNIT_MAX} characters."
    if metric.stage is not None and metric.stage not in register.journeys.current().stage_names():
        errors["stage"] = "That stage is no longer there; choose another one."
    if not set(tense) <= known.keys() - {metric.id}:
        errors["tensions"] = "Choose other metrics that are still there."
    if metric.feeds is not None and (fault := _misfed(metric, known)):
        errors["feeds"] = fault
    if errors:
        raise FieldError(errors)


def _misfed(metric: Metric, known: Mapping[int, Metric]) -> str | None:
    """Why the metric that it feeds cannot be the one chosen."""
    passed: set[int] = set()
    current = metric.feeds
    while current is not None and current not in passed:
        if current not in known:
            return "That metric is no longer there; choose another one."
        if current == metric.id:
            return "It would feed itself; choose another one."
        passed.add(current)
        current = known[current].feeds
    return None


def _save_tensions(register: Register, id: int, tense: set[int]) -> None:
    """Those of the others stay, and those that stay keep their reason."""
    before = register.metrics.tensions()
    others = [one for one in before if id not in (one.first, one.second)]
    why = {one.first + one.second - id: one.why for one in before if one not in others}
    own = [Tension(min(id, other), max(id, other), why.get(other, "")) for other in sorted(tense)]
    register.metrics.save_tensions([*others, *own])
