"""What the tests of readings from files share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planning.metrics.readings import Reading, Via
from planning.metrics.recording import Recorded
from planning.register import Register
from planning.transfer.naming import Known
from planning.transfer.reading import read_table
from planning.transfer.readings.columns import reading_columns
from planning.transfer.readings.deciding import plan_readings
from planning.transfer.readings.values import ReadingOptions, ReadingsPlan
from planning.transfer.readings.writing import IncomingReadings, planned_readings, take_readings
from tests.builders import NOW, TODAY, metric
from tests.planning.transfer.given import EMPTY, JOURNEY

KNOWN = replace(
    EMPTY,
    journey=JOURNEY,
    metrics=(metric(id=1, name="Satisfaction", stage=1), metric(id=2, name="Complaints", stage=2)),
)
Overrides = Mapping[str, str] | None


def planned(
    text: str,
    known: Known = KNOWN,
    overrides: Overrides = None,
    present: Mapping[int, Sequence[Reading]] | None = None,
    **options: Any,
) -> ReadingsPlan:
    """What taking in the text as a file would do."""
    incoming = incoming_of(text, overrides, **options)
    return plan_readings(incoming.table, incoming.mapping, known, lambda _: present or {}, incoming.options)


def incoming_of(text: str, overrides: Overrides = None, **options: Any) -> IncomingReadings:
    """The text as it was read."""
    table, told = read_table(text.encode()), ReadingOptions(TODAY, **options)
    mapping = reading_columns(table.columns, overrides or {}, new_metrics=told.new_metrics)
    return IncomingReadings(table, mapping, told)


def taken(register: Register, text: str, overrides: Overrides = None, **options: Any) -> Recorded:
    """Take the text in as a file."""
    plan = planned_readings(register, incoming_of(text, overrides, **options))
    return take_readings(register, plan, Via.FILE, NOW, "readings.csv")


def issues(plan: ReadingsPlan) -> list[str]:
    """Everything told, with its line."""
    return [f"{issue.line}: {issue.text}" for issue in plan.issues]
