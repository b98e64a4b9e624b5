"""The stewards' metrics."""

from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.metrics.checking import faults_of
from planning.metrics.tensions import known_tensions
from planning.metrics.values import Metric
from planning.naming import free_name
from planning.register import Register
from planning.text import one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person


def save_metric(register: Register, metric: Metric, actor: Person, now: datetime) -> Metric:
    """Make a metric (`id` 0), with the tensions that everybody knows of, or change it. Raises FieldError."""
    check_steward(register, actor)
    known = {one.id: one for one in register.metrics.all()}
    name = free_name(metric.name, {id: one.name for id, one in known.items()}, metric.id)
    metric = replace(metric, name=name, unit=one_line(metric.unit), source=one_line(metric.source))
    metric = _promised(register, metric, known.get(metric.id), now)
    if faults := faults_of(metric, known, register.journeys.current()):
        raise FieldError(faults)
    if metric.id:
        register.metrics.save(metric)
    else:
        metric = register.metrics.add(metric)
        register.metrics.save_tensions([*register.metrics.tensions(), *known_tensions(metric, known.values())])
    register.audit.add(Entry(now, "metric.saved", f"metric:{metric.id}", actor.id, {"name": name}))
    detect(register, Change(None, actor.id), now)
    return metric


def _promised(register: Register, metric: Metric, before: Metric | None, now: datetime) -> Metric:
    """Who first promises how often it is read, without saying since when, promises it from that day on."""
    if metric.cadence is None or metric.baseline_on or (before and before.cadence):
        return metric
    read = before is not None and register.readings.of(before.id)[before.id]
    return metric if read else replace(metric, baseline_on=now.date())
