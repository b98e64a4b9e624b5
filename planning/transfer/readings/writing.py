"""Writing readings into the register: the metrics that are new, then the readings."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.audit.values import Entry
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.metrics.readings import Reading, Via
from planning.metrics.recording import Recorded, keep_all
from planning.register import Register
from planning.transfer.naming import company_in
from planning.transfer.readings.deciding import plan_readings
from planning.transfer.readings.values import Outcome, ReadingColumns, ReadingOptions, ReadingsPlan
from planning.transfer.references import folded
from planning.transfer.values import Table


@dataclass(frozen=True, slots=True)
class IncomingReadings:
    """What was read from a file or a call, and how it is to be understood."""

    table: Table
    mapping: ReadingColumns
    options: ReadingOptions


def planned_readings(register: Register, incoming: IncomingReadings) -> ReadingsPlan:
    """What taking them in would do."""
    return plan_readings(
        incoming.table,
        incoming.mapping,
        company_in(register),
        lambda metrics: register.readings.of(*metrics),
        incoming.options,
    )


def take_readings(register: Register, plan: ReadingsPlan, via: Via, now: datetime, source: str) -> Recorded:
    """Write what the plan says and look for what follows; `source` is the file or the key, for the record."""
    recorded = keep_readings(register, plan, via, now, source)
    if plan.changes:
        detect(register, Change(None), now)
    return recorded


def keep_readings(register: Register, plan: ReadingsPlan, via: Via, now: datetime, source: str) -> Recorded:
    """The same for whoever refreshes the findings afterwards; a plan that changes nothing writes nothing."""
    same = plan.counts()[Outcome.SAME]
    if not plan.changes:
        return Recorded(same=same)
    ids = _made(register, plan, now, source)
    readings = [
        Reading(ids[folded(line.metric)], line.on, line.value, line.respondents, via=via)
        for line in (row.line for row in plan.rows if row.outcome is not Outcome.SAME)
    ]
    details: dict[str, object] = {"source": source, **plan.counts()}
    register.audit.add(Entry(now, "readings.taken", f"source:{source}", None, details))
    recorded = keep_all(register, readings, None, now)
    return replace(recorded, same=recorded.same + same)


def _made(register: Register, plan: ReadingsPlan, now: datetime, source: str) -> dict[str, int]:
    """Add the metrics that are new; the numbers of all by how they are looked up."""
    made = [register.metrics.add(metric) for metric in plan.making]
    entries = [
        Entry(now, "metric.imported", f"metric:{each.id}", None, {"name": each.name, "source": source}) for each in made
    ]
    register.audit.add_all(entries)
    return {folded(metric.name): metric.id for metric in register.metrics.all()}
